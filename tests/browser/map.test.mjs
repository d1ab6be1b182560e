// The maps of councils: the large one as a list of links for keyboard, touch and screen reader, and the small one of a
// case study. The site needs `/councils/` with pages, and a case study of a council on the map.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { none } from "./expectation.mjs";
import { folder, pages } from "./site.mjs";
import { stage } from "./visit.mjs";

const { visit } = await stage();

const hasMap = (page) => page.endsWith("/") && readFileSync(join(folder, page, "index.html"), "utf8").includes('class="map-small"');
const placed = pages.filter(hasMap);

test("there is an index of councils, and a case study with a map", () => {
  assert.ok(pages.includes("/councils/") && placed.length > 0);
});

test("the map of councils is a list of links with names, and its table has the same", () =>
  visit({ address: "/councils/" }, {}, async (page) => {
    const map = page.getByRole("group", { name: "Map of councils" });
    const links = map.getByRole("listitem").getByRole("link");
    const names = await links.evaluateAll((all) => all.map((link) => link.getAttribute("aria-label")));
    assert.ok(names.length > 0);
    for (const name of names) {
      assert.match(name, /^.+: [\d,]+ pages?$/);
    }
    await page.locator(".map-table").evaluate((details) => {
      details.open = true;
    });
    const rows = await page.locator(".map-table tbody tr").evaluateAll((all) => all.map((row) => [row.cells[0].textContent, row.cells[2].textContent]));
    const fromMap = names.map((name) => name.match(/^(.+): ([\d,]+) /).slice(1)).sort();
    assert.deepEqual(rows.sort(), fromMap);
    // The council that others have made way for is in the tree once: the hexagons without a page are not.
    const client = await page.context().newCDPSession(page);
    const { nodes } = await client.send("Accessibility.getFullAXTree");
    const group = nodes.find((node) => node.name?.value === "Map of councils");
    assert.equal(group.role.value, "group");
  }));

test("the keyboard reaches the councils from north to south, and each shows its name and a ring", () =>
  visit({ address: "/councils/" }, { viewport: { width: 1024, height: 900 } }, async (page) => {
    const links = page.locator(".map-drawing [role=list] a");
    const count = await links.count();
    await links.first().focus();
    let last = -Infinity;
    for (let place = 0; place < count; place += 1) {
      const state = await page.evaluate(() => {
        const link = document.activeElement;
        return {
          inMap: Boolean(link.closest(".map-drawing")),
          top: link.querySelector("use").getBoundingClientRect().top + scrollY,
          label: getComputedStyle(link.querySelector(".map-label")).display,
          ring: parseFloat(getComputedStyle(link.querySelector("use")).strokeWidth),
        };
      });
      assert.ok(state.inMap);
      assert.ok(state.top >= last - 1, "the order is not that of reading");
      assert.notEqual(state.label, "none");
      assert.ok(state.ring >= 3);
      last = state.top;
      await page.keyboard.press("Tab");
    }
    assert.equal(await page.evaluate(() => Boolean(document.activeElement.closest(".map-drawing"))), false, "the map is a trap");
  }));

test("a council on the map is a target of 24 px on a phone", () =>
  visit({ address: "/councils/" }, { viewport: { width: 390, height: 844 } }, async (page) => {
    const sizes = await page.locator(".map-drawing [role=list] a").evaluateAll((all) => all.map((link) => link.querySelector(".map-target").getBoundingClientRect().width));
    none(sizes.filter((size) => size < 24).map((size) => `${size} px`));
  }));

test(`a case study's map says where its council is: ${placed[0]}`, () =>
  visit({ address: placed[0] }, {}, async (page) => {
    const map = page.getByRole("img", { name: /^Where .+ (is|are) on the map of councils$/ });
    assert.equal(await map.count(), 1);
    assert.equal(await map.locator("path").count(), 2);
  }));

