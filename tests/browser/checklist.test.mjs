// Questions as boxes to tick: kept in the browser, cleared, and printed alone.
import { test } from "node:test";
import assert from "node:assert/strict";
import { types } from "./site.mjs";
import { stage } from "./visit.mjs";

const guide = types.find(({ name }) => name === "guides, one");
const { visit } = await stage();
const open = (options, work) => visit(guide, options, work);

const boxes = (page) => page.getByRole("region").or(page.locator("[data-checklist]")).getByRole("checkbox");
// The label covers its box, so that a finger finds both.
const tick = (page, place) => page.locator("[data-checklist] label").nth(place).click();
const ticked = (page) => boxes(page).evaluateAll((all) => all.map((box) => box.checked));

test("ticks are kept, and can be cleared", () =>
  open({}, async (page) => {
    await tick(page, 1);
    await page.reload();
    assert.deepEqual((await ticked(page)).slice(0, 3), [false, true, false]);
    await page.getByRole("button", { name: "Clear the ticks" }).press("Enter");
    assert.ok((await ticked(page)).every((tick) => !tick));
    await page.locator("[data-checklist]").getByRole("status").getByText("The ticks are cleared.").waitFor();
    await page.reload();
    assert.ok((await ticked(page)).every((tick) => !tick), "the ticks come back");
  }));

test("each box is named by its question", () =>
  open({}, async (page) => {
    const names = await page.locator("[data-checklist] li").allTextContents();
    assert.ok(names.length > 2);
    for (const name of names) {
      assert.ok(await page.getByRole("checkbox", { name: name.trim(), exact: true }).isVisible(), name);
    }
  }));

test("the questions can be printed alone, and the page comes back after that", () =>
  open({}, async (page) => {
    await page.evaluate(() => (window.print = () => {}));
    await page.getByRole("button", { name: "Print the questions" }).click();
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.getByRole("heading", { level: 1 }).isVisible(), "nothing says what the questions belong to");
    assert.ok(await boxes(page).first().isVisible());
    assert.ok(await page.locator(".entry-text > .prose").first().isHidden(), "the text is printed too");
    assert.ok(await page.locator("#section_sources").isHidden(), "the sources are printed too");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.ok(await page.locator(".entry-text > .prose").first().isVisible(), "the text is lost after printing");
  }));

for (const [name, options, prepare] of [
  ["without JavaScript", { javaScriptEnabled: false }, () => {}],
  ["with storage blocked", {}, (page) => page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("blocked", "SecurityError"); } }))],
]) {
  test(`${name} the boxes can be ticked, and nothing says that they are kept`, () =>
    open(options, async (page) => {
      await prepare(page);
      await page.reload();
      await tick(page, 0);
      assert.ok((await ticked(page))[0], "the box is not ticked");
      assert.equal(await page.locator("[data-checklist] [data-kept]").filter({ visible: true }).count(), 0);
    }));
}
