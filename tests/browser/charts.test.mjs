// Charts and the maps of councils: what assistive technology is told, that nothing is cut, and that all of it is
// there without colour, on the narrowest screen and on paper. The site needs a chart, `/councils/` and a case study.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { none } from "./expectation.mjs";
import { folder, pages } from "./site.mjs";
import { stage } from "./visit.mjs";

const { visit } = await stage();

const html = (address) => readFileSync(join(folder, address, "index.html"), "utf8");
const holding = (mark) => pages.filter((page) => page.endsWith("/") && html(page).includes(mark));
const charted = holding('class="chart ');
const placed = holding('class="map-small"');

test("some pages have charts, and some a map", () => {
  assert.ok(charted.length > 0 && placed.length > 0 && pages.includes("/councils/"));
});

// A drawing with what is said of it, and the figures that its table has.
const told = (page) =>
  page.locator("figure.chart").evaluateAll((figures) =>
    figures.map((figure) => ({
      title: figure.querySelector(".chart-title").textContent,
      cells: [...figure.querySelectorAll("tbody td")].map((cell) => cell.textContent),
      words: figure.querySelector(".chart-drawing").textContent,
    })),
  );

for (const address of charted) {
  test(`a chart is a picture with a name, a description and a table: ${address}`, () =>
    visit({ address }, {}, async (page) => {
      const client = await page.context().newCDPSession(page);
      const { nodes } = await client.send("Accessibility.getFullAXTree");
      const images = nodes.filter((node) => node.role?.value === "image" || node.role?.value === "img");
      for (const { title, cells, words } of await told(page)) {
        const image = images.find((node) => node.name?.value.endsWith(`: ${title}`));
        assert.ok(image, `no picture is called “${title}”`);
        const figures = cells.filter((cell) => /\d/.test(cell));
        assert.ok(figures.length > 0);
        for (const figure of figures.slice(0, 6)) {
          assert.ok(image.description?.value.includes(figure), `“${image.description?.value}” does not say ${figure}`);
        }
        assert.ok(figures.length > 20 || figures.every((figure) => words.includes(figure)), "a figure is told by its colour or length alone");
      }
      const opened = page.locator(".chart-data summary").first();
      await opened.focus();
      await page.keyboard.press("Enter");
      await page.locator(".chart-data table").first().waitFor({ state: "visible" });
      assert.ok((await page.locator(".chart-data").first().getByRole("row").count()) > 1);
      assert.ok((await page.locator(".chart-data").first().getByRole("rowheader").count()) > 0);
    }));
}

// Words of charts that lie on other words, or stick out of their chart or the window.
function collisions() {
  const faults = [];
  for (const figure of document.querySelectorAll("figure.chart, figure.stat")) {
    const { left, right } = figure.getBoundingClientRect();
    const leaves = [...figure.querySelectorAll("p, span, strong, li, text, summary, figcaption")].filter(
      (element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()),
    );
    // The boxes of the letters, not of the elements.
    const boxes = leaves.flatMap((element) => {
      const range = document.createRange();
      return [...element.childNodes]
        .filter((node) => node.nodeType === 3 && node.textContent.trim())
        .flatMap((node) => {
          range.selectNodeContents(node);
          return [...range.getClientRects()].map((box) => ({ element, box, words: node.textContent.trim() }));
        });
    });
    for (const { box, words } of boxes) {
      if (box.left < left - 1 || box.right > right + 1) {
        faults.push(`“${words}” sticks out of its chart`);
      }
    }
    boxes.forEach((one, index) => {
      for (const other of boxes.slice(index + 1)) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // Lines of text touch: their boxes are higher than their letters.
        if (across > 1 && down > 6 && one.element !== other.element) {
          faults.push(`“${one.words}” lies on “${other.words}”`);
        }
      }
    });
  }
  return faults;
}

const WIDTHS = [320, 390, 768, 1440];

for (const address of charted) {
  test(`no words of a chart meet or are cut: ${address}`, () =>
    visit({ address }, {}, async (page) => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        none((await page.evaluate(collisions)).map((fault) => `${address}: ${width} px: ${fault}`));
      }
      // Text spacing as a reader may set it, and text twice as large.
      await page.setViewportSize({ width: 320, height: 900 });
      await page.addStyleTag({ content: "* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }" });
      none((await page.evaluate(collisions)).map((fault) => `${address}: spaced: ${fault}`));
    }));

  test(`a chart keeps its text size at every width: ${address}`, () =>
    visit({ address }, {}, async (page) => {
      const sizes = new Set();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const heights = await page.locator(".chart-drawing text, .chart-drawing p").evaluateAll((all) => all.slice(0, 1).map((one) => getComputedStyle(one).fontSize));
        heights.forEach((height) => sizes.add(height));
      }
      assert.equal(sizes.size, 1, [...sizes].join(", "));
    }));

  test(`paper shows a chart with its table: ${address}`, () =>
    visit({ address }, {}, async (page) => {
      await page.emulateMedia({ media: "print" });
      const table = await page.locator(".chart-data tbody td").first().boundingBox();
      assert.ok(table && table.height > 0, "the table is not printed");
      assert.equal(await page.locator(".chart-data summary").first().isVisible(), false);
    }));
}

test("each mark differs from the ground in forced colours", () =>
  visit({ address: charted[0] }, { forcedColors: "active" }, async (page) => {
    const faults = await page.locator(".chart-mark-1, .chart-mark-2, .waffle-filled, .chart-line-1").evaluateAll((marks) =>
      marks.flatMap((mark) => {
        const { fill, stroke } = getComputedStyle(mark);
        const ground = getComputedStyle(document.body).backgroundColor;
        return fill === ground && stroke === ground ? [mark.getAttribute("class")] : [];
      }),
    );
    none(faults);
  }));

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
    const links = page.locator(".map-drawing a");
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
    const sizes = await page.locator(".map-drawing a").evaluateAll((all) => all.map((link) => link.querySelector(".map-target").getBoundingClientRect().width));
    none(sizes.filter((size) => size < 24).map((size) => `${size} px`));
  }));

test(`a case study's map says where its council is: ${placed[0]}`, () =>
  visit({ address: placed[0] }, {}, async (page) => {
    const map = page.getByRole("img", { name: /^Where .+ (is|are) on the map of councils$/ });
    assert.equal(await map.count(), 1);
    assert.equal(await map.locator("path").count(), 2);
  }));

