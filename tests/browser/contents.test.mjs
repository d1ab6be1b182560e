// The contents of a page: folded on a phone, beside the text on a desk, and always knowing where the reader is.
import { test } from "node:test";
import assert from "node:assert/strict";
import { until } from "./expectation.mjs";
import { types } from "./site.mjs";
import { stage } from "./visit.mjs";

const guide = types.find(({ name }) => name === "guides, one");
const { visit } = await stage();

const currentOf = (page) => page.locator(".contents [aria-current=location]").evaluateAll((links) => links.map((link) => link.hash));
const scrollTo = (page, hash) => page.evaluate((id) => document.getElementById(id).scrollIntoView(), hash.slice(1));

test("the section that is read is marked, one at a time, forwards and backwards", () =>
  visit(guide, { viewport: { width: 1440, height: 700 } }, async (page) => {
    const hashes = await page.locator(".contents a").evaluateAll((links) => links.map((link) => link.hash));
    assert.ok(hashes.length > 3, `only these sections: ${hashes}`);
    for (const hash of [...hashes, ...hashes.toReversed()]) {
      await scrollTo(page, hash);
      await until(`${hash} is marked`, async () => {
        const current = await currentOf(page);
        return current.length === 1 && current[0] === hash;
      }, { seconds: 5 });
    }
    await page.evaluate(() => scrollTo(0, 0));
    await until("nothing is marked above the first heading", async () => (await currentOf(page)).length === 0, { seconds: 5 });
  }));

test("on a desk the contents stay in view and stand open, without a script as well", async () => {
  for (const javaScriptEnabled of [true, false]) {
    await visit(guide, { viewport: { width: 1440, height: 700 }, javaScriptEnabled }, async (page) => {
      const contents = page.getByRole("navigation", { name: "On this page" });
      assert.ok(await contents.getByRole("heading", { name: "On this page" }).isVisible());
      assert.ok(await contents.locator("summary").isHidden(), "there is something to fold on a desk");
      const links = contents.getByRole("link");
      await links.last().click();
      await page.waitForURL(/#/);
      assert.ok(await links.first().evaluate((link) => link.getBoundingClientRect().top >= 0), "the contents do not follow");
      assert.match(await contents.ariaSnapshot(), /- link/, "the open contents are kept from assistive technology");
    });
  }
});

test("on a phone the contents are folded above the text, and open with a keyboard", () =>
  visit(guide, { viewport: { width: 320, height: 640 } }, async (page) => {
    const contents = page.getByRole("navigation", { name: "On this page" });
    const links = contents.getByRole("link");
    assert.equal(await links.count(), 0, "folded contents are given to assistive technology");
    await contents.locator("summary").press("Enter");
    await links.first().waitFor();
    const small = await links.evaluateAll((all) => all.filter((link) => link.getBoundingClientRect().height < 24).length);
    assert.equal(small, 0, "links are too small to hit");
    const below = await page.evaluate(() => document.querySelector(".contents").getBoundingClientRect().bottom <= document.querySelector(".entry-text").getBoundingClientRect().top);
    assert.ok(below, "the contents are not above the text");
  }));

test("contents higher than the window scroll to the section that is read", () =>
  visit(types.find(({ name }) => name === "self-assessments, one"), { viewport: { width: 1440, height: 400 } }, async (page) => {
    const last = await page.locator(".contents a").last().evaluate((link) => link.hash);
    await scrollTo(page, last);
    await until("the marked link is in sight", async () => {
      const box = await page.locator(".contents [aria-current]").boundingBox();
      return (await currentOf(page))[0] === last && box.y >= 0 && box.y + box.height <= 400;
    }, { seconds: 5 });
  }));
