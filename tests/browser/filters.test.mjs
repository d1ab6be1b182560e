// The filters of the search page and their chips, and the order of its results.
import { test } from "node:test";
import assert from "node:assert/strict";
import { asked, asking, EVERYTHING, focused, ready, results, status, titles, total } from "./asking.mjs";
import { until } from "./expectation.mjs";
import { findable, kind } from "./site.mjs";

const { server, search } = await asking();

const chips = (page) => page.getByRole("group", { name: "Chosen filters" }).getByRole("listitem").getByRole("button");
const ticks = (page) => page.getByRole("checkbox");

// Ticks the first box of the filters, and gives the number that stands beside it.
async function tickFirst(page) {
  await ticks(page).first().check();
  await ready(page);
  return Number((await page.locator(".filter [data-count]").first().textContent()).replaceAll(",", ""));
}

test("a filter narrows down, stands in the address, and the way back takes it away", () =>
  search(EVERYTHING, async (page) => {
    const all = await total(page);
    const count = await tickFirst(page);
    assert.equal(await total(page), count, "the count beside the box is not what it finds");
    assert.ok(count > 0 && count < all);
    assert.equal(await chips(page).count(), 1);
    assert.ok(await ticks(page).first().evaluate((tick) => tick === document.activeElement), "the box has lost the focus");

    const [shown, shared] = [await titles(page), page.url()];
    await page.goBack();
    await until("the way back takes the filter away", async () => (await total(page)) === all && (await chips(page).count()) === 0);
    assert.equal(await ticks(page).first().isChecked(), false);
    await page.goto(shared);
    await ready(page);
    assert.deepEqual(await titles(page), shown, "a shared address finds something else");
    assert.equal(await ticks(page).first().isChecked(), true);
  }));

test("what is typed just before a filter is chosen is not lost", () =>
  search(EVERYTHING, async (page) => {
    await page.getByRole("main").getByRole("searchbox").first().fill(findable);
    const value = await ticks(page).first().evaluate((tick) => (tick.click(), tick.value));
    await ready(page);
    assert.equal(asked(page).get("q"), findable);
    assert.deepEqual([...asked(page).values()], [findable, value, "title"]);
  }));

test("two boxes ticked at once are both chosen", () =>
  search(EVERYTHING, async (page) => {
    await ticks(page).evaluateAll(([first, second]) => (first.click(), second.click()));
    await until("both are in words", async () => (await chips(page).count()) === 2);
  }));

test("chips take filters away, and the focus goes on", () =>
  search(EVERYTHING, async (page) => {
    const all = await total(page);
    for (const place of [0, 1]) {
      await ticks(page).nth(place).check();
      await ready(page);
    }
    assert.equal(await chips(page).count(), 2);
    const second = await chips(page).nth(1).getAttribute("aria-label");
    await chips(page).first().focus();
    await page.keyboard.press("Enter");
    await until("one chip is left", async () => (await chips(page).count()) === 1);
    assert.equal(await chips(page).first().getAttribute("aria-label"), second);
    assert.ok(await chips(page).first().evaluate((chip) => chip === document.activeElement), `the focus is at ${await focused(page)}`);
    await page.getByRole("button", { name: "Clear all" }).focus();
    await page.keyboard.press("Enter");
    await until("all is found again", async () => (await total(page)) === all);
    assert.equal(await focused(page), "Results");
  }));

test("filters that leave nothing are told of, with what is found without them", () =>
  search(EVERYTHING, async (page) => {
    const kinds = () => page.locator(".filter").first().getByRole("checkbox").evaluateAll((all) => all.map(({ value }) => value));
    const all = await kinds();
    await page.goto(server.url(`/search/?q=${findable}`));
    await ready(page);
    const there = await kinds();
    const without = all.find((each) => !there.includes(each));
    await page.goto(server.url(`/search/?q=${findable}&kind=${without}`));
    await ready(page);
    assert.match(await status(page).textContent(), /with these filters\..*[1-9]\d* pages? (is|are) found without/);
    assert.ok(await page.locator("[data-browse] a").first().isVisible());
    await chips(page).first().click();
    await until("without the filter it is found", async () => (await results(page).count()) > 0);
  }));

test("results in three orders", () =>
  search(`/search/?kind=${kind}`, async (page) => {
    const before = await titles(page);
    await page.getByLabel("Sort by").selectOption("title");
    await ready(page);
    assert.equal(asked(page).get("sort"), "title");
    const sorted = await titles(page);
    assert.deepEqual(sorted, [...sorted].sort((a, b) => a.localeCompare(b, "en")));
    await page.goBack();
    await until("the way back restores the order", async () => (await page.getByLabel("Sort by").inputValue()) === "relevance");
    await ready(page);
    assert.deepEqual(await titles(page), before);
  }));

test("filters stand beside the results on a desk, and fold on a phone", async () => {
  for (const [width, folds] of [[1440, false], [390, true]]) {
    await search(EVERYTHING, async (page) => assert.equal(await ticks(page).first().isVisible(), !folds, `${width} px`), { viewport: { width, height: 800 } });
  }
});

test("on a phone a button leads from the filters to the results", () =>
  search(
    EVERYTHING,
    async (page) => {
      await page.locator("[data-panel] > summary").click();
      await tickFirst(page);
      await page.getByRole("button", { name: "Show the results" }).click();
      assert.equal(await focused(page), "Results");
      assert.equal(await ticks(page).first().isVisible(), false);
      assert.match(await page.locator("[data-panel] > summary").textContent(), /1 chosen/);
    },
    { viewport: { width: 390, height: 800 } },
  ));

test("a long list of values is short at first", () =>
  search(EVERYTHING, async (page) => {
    const long = page.locator(".filter", { has: page.locator("[data-all]:not([hidden])") }).first();
    await long.evaluate((details) => (details.open = true));
    const button = long.locator("[data-all]");
    const shown = () => long.getByRole("checkbox").filter({ visible: true }).count();
    assert.equal(await shown(), 8);
    assert.equal(await button.getAttribute("aria-expanded"), "false");
    await button.click();
    assert.ok((await shown()) > 8);
    assert.equal(await button.getAttribute("aria-expanded"), "true");
  }));
