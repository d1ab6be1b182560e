// Suggestions below a search box: a combobox by the ARIA practices, loaded by those who use it.
import { test } from "node:test";
import assert from "node:assert/strict";
import { equip, faultsOf } from "./axe.mjs";
import { none, until } from "./expectation.mjs";
import { findable, types, unfindable } from "./site.mjs";
import { enter, STATES } from "./states.mjs";
import { ofIndex, stage } from "./visit.mjs";

const { server, visit, open } = await stage();

// The home page has a box of its own; all others have the one below the header.
const pages = [types.find(({ name }) => name === "home"), types.find(({ name }) => name.endsWith(", one"))];
const beginning = findable.slice(0, 4);

const box = (page) => page.getByRole("combobox");
const list = (page) => page.getByRole("listbox", { name: "Suggestions" });
const options = (page) => page.getByRole("option");
const status = (page) => page.getByRole("search").getByRole("status");
const expanded = (page) => box(page).getAttribute("aria-expanded");
const active = async (page) => {
  const id = await box(page).getAttribute("aria-activedescendant");
  return id && page.locator(`#${id}`).textContent();
};

async function offer(page, text = beginning) {
  await box(page).fill(text);
  await until(`something is suggested for ${text}`, async () => (await options(page).count()) > 0);
}

const suggesting = (work, settings = {}, type = pages[1]) =>
  visit(type, settings, async (page) => {
    await offer(page);
    return work(page);
  });

for (const type of pages) {
  test(`nothing is loaded before the box has the focus: ${type.address}`, () =>
    open({}, async (page) => {
      const loaded = [];
      page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
      await page.goto(server.url(type.address), { waitUntil: "networkidle" });
      const ours = () => loaded.filter((path) => /\/search\/|suggest/.test(path));
      assert.deepEqual(ours(), []);
      await box(page).focus();
      await until("the focus loads the reader", () => ours().some((path) => path.endsWith("/search/reader.js")));
    }));

  test(`titles and terms are suggested, and nothing moves: ${type.address}`, () =>
    visit(type, {}, async (page) => {
      const places = () => page.locator("main, footer, [role=search]").evaluateAll((all) => all.map((part) => JSON.stringify(part.getBoundingClientRect())));
      assert.equal(await expanded(page), "false");
      const before = await places();
      await offer(page);
      assert.deepEqual(await places(), before);
      assert.equal(await expanded(page), "true");
      assert.equal(await box(page).getAttribute("aria-controls"), await list(page).getAttribute("id"));
      const titles = await options(page).locator(":first-child").allTextContents();
      assert.ok(titles.some((title) => title.toLowerCase().includes(beginning.toLowerCase())), titles.join(", "));
      assert.equal((await status(page).textContent()).trim(), `Suggestions: ${titles.length}`);
    }));

  test(`axe: suggestions: ${type.address}`, { timeout: 120_000 }, () =>
    suggesting(
      async (page) => {
        await equip(page);
        const faults = [];
        // What is opened by a click takes the focus, and so the list, away.
        for (const state of STATES.map((each) => ({ ...each, opened: false }))) {
          await enter(page, state);
          await page.keyboard.press("ArrowDown");
          assert.ok(await options(page).first().isVisible(), state.name);
          faults.push(...(await faultsOf(page, state.without)).map((fault) => `${type.address}: ${fault} (${state.name})`));
        }
        none(faults);
      },
      {},
      type,
    ));
}

test("the arrows go round, by way of the box, and Escape closes", () =>
  suggesting(async (page) => {
    const titles = await options(page).allTextContents();
    const selected = () => page.getByRole("option", { selected: true }).count();
    for (const title of [...titles, null, titles[0]]) {
      await page.keyboard.press("ArrowDown");
      assert.equal(await active(page), title);
      assert.equal(await selected(), title === null ? 0 : 1);
    }
    for (const title of [null, titles.at(-1)]) {
      await page.keyboard.press("ArrowUp");
      assert.equal(await active(page), title);
    }
    await page.keyboard.press("Escape");
    assert.equal(await expanded(page), "false");
    assert.equal(await active(page), null);
    assert.equal(await list(page).isVisible(), false);
    assert.equal(await box(page).inputValue(), beginning, "Escape empties the box while it closes the list");
    assert.ok(await box(page).evaluate((input) => input === document.activeElement));
    await page.keyboard.press("ArrowDown");
    await until("an arrow opens it again", async () => (await expanded(page)) === "true");
  }));

test("Enter follows what is chosen", () =>
  suggesting(async (page) => {
    await page.keyboard.press("ArrowDown");
    const title = await options(page).first().locator(":first-child").textContent();
    await page.keyboard.press("Enter");
    await until(`the page "${title}" opens`, async () => (await page.getByRole("heading", { level: 1 }).textContent()).includes(title));
  }));

test("Enter searches where nothing is chosen", () =>
  suggesting(async (page) => {
    await page.keyboard.press("Enter");
    await page.waitForURL(server.url(`/search/?q=${beginning}`));
  }));

for (const [how, settings, press] of [
  ["a mouse", {}, (option) => option.click()],
  ["a finger", { hasTouch: true }, (option) => option.tap()],
]) {
  test(`${how} follows what it is pressed on`, () =>
    suggesting(async (page) => {
      const title = await options(page).last().locator(":first-child").textContent();
      await press(options(page).last());
      await until(`the page "${title}" opens`, async () => (await page.getByRole("heading", { level: 1 }).textContent()).includes(title));
    }, settings));
}

test("the list closes when the box is left, or finds nothing", () =>
  suggesting(async (page) => {
    await box(page).fill(unfindable);
    await until("nothing is suggested", async () => (await expanded(page)) === "false");
    assert.equal(await status(page).textContent(), "");
    await offer(page);
    await page.keyboard.press("Tab");
    assert.equal(await expanded(page), "false");
    assert.equal(await list(page).isVisible(), false);
  }));

for (const width of [320, 1440]) {
  test(`options are at least 44 px high, and within a window of ${width} px`, () =>
    suggesting(
      async (page) => {
        for (const place of await options(page).evaluateAll((all) => all.map((option) => option.getBoundingClientRect().toJSON()))) {
          assert.ok(place.height >= 44 && place.left >= 0 && place.right <= width, JSON.stringify(place));
        }
      },
      { viewport: { width, height: 640 } },
    ));
}

test("an index that fails suggests nothing, and the form still searches", () =>
  open({}, async (page) => {
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.route(ofIndex, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(server.url(pages[1].address));
    const asked = page.waitForResponse((response) => ofIndex(new URL(response.url())));
    await box(page).pressSequentially(beginning);
    await asked;
    assert.equal(await options(page).count(), 0);
    await page.keyboard.press("Enter");
    await page.waitForURL(server.url(`/search/?q=${beginning}`));
    assert.deepEqual(faults, []);
  }));
