// Charts: what assistive technology is told, that no words are cut or lie on others, and that all of it is there without
// colour, on the narrowest screen and on paper: every chart of the site, and samples of every type made by CASEBOOK.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { none } from "./expectation.mjs";
import { serve } from "./server.mjs";
import { folder, pages } from "./site.mjs";
import { stage } from "./visit.mjs";

const { open, server } = await stage();

const program = process.env.CASEBOOK && resolve(process.env.CASEBOOK);
const library = resolve(process.env.LIBRARY ?? join(import.meta.dirname, "../.."));

const years = (count, figures) => Array.from({ length: count }, (_, year) => `{label: "${2000 + year}", ${figures(year)}}`);
const long = "A label that goes on and on, as those of official statistics do, with a subordinate clause or two, ".repeat(3).slice(0, 200);
const word = "Unabbreviated".repeat(6);
const SAMPLES = {
  bar: [["type: bar", [`{label: "${long}", value: 8750}`, `{label: ${word}, value: -1234.5}`, "{label: Nothing, value: 0}"]]],
  noughts: [["type: bar", ["{label: One row, value: 0}"]]],
  many: [["type: bar", years(60, (year) => `value: ${year * 7}`)]],
  paired: [["type: paired\nseries: [Children in care, All children]", ["{label: GCSEs, value: 13, second: 58}", `{label: "${long}", value: 7, second: 31.6}`]]],
  line: [
    ["type: line", years(20, (year) => `value: ${9800 + ((year * 37) % 90)}`)],
    ["type: line\nseries: [Children in care, All children]", years(8, (year) => `value: ${30 - 2 * year}, second: ${8 + 3 * year}`)],
    ["type: line\nseries: [Children in care, All children]", years(60, (year) => `value: ${(year * 37) % 23}, second: ${1e9 - ((year * 17) % 29) * 1e7}`)],
    [`type: line\nseries: ["${long.slice(0, 80)}", B]`, [`{label: "${long}", value: -3, second: 2}`, `{label: "${long}", value: 5, second: 2}`]],
  ],
  waffle: [
    ["type: waffle", ["{label: children in care, value: 13}", `{label: "${long}", value: 31.6}`]],
    ["type: waffle\nout_of: 12000", ["{label: of very many, value: 3250}"]],
  ],
};

// A site of samples, and where it is served; nothing without the program.
async function samples() {
  if (!program) {
    return [];
  }
  const root = mkdtempSync(join(tmpdir(), "casebook-charts-"));
  if (existsSync(join(library, "themes"))) {
    cpSync(join(library, "themes"), join(root, "themes"), { recursive: true });
  }
  mkdirSync(join(root, "content/guides"), { recursive: true });
  writeFileSync(join(root, "casebook.yaml"), "title: Samples\nbase_url: https://example.org/\n");
  for (const [name, charts] of Object.entries(SAMPLES)) {
    const blocks = charts.map(
      ([type, rows], place) =>
        `\`\`\`chart\n${type}\ntitle: Sample ${place + 1} of ${name}, made up\nunit: Per cent\nrows:\n${rows.map((row) => `  - ${row}\n`).join("")}as_of: 2011\nsource: Made up\n\`\`\`\n`,
    );
    writeFileSync(join(root, `content/guides/${name}.md`), `---\ntitle: ${name}\nsummary: Samples.\n---\n\n${blocks.join("\n")}`);
  }
  execFileSync(program, ["build", "--root", root], { stdio: "pipe" });
  const sampled = await serve(join(root, "public"), "/");
  after(async () => {
    await sampled.close();
    rmSync(root, { recursive: true, force: true });
  });
  return Object.keys(SAMPLES).map((name) => sampled.url(`/guides/${name}/`));
}

const html = (address) => readFileSync(join(folder, address, "index.html"), "utf8");
const charted = pages.filter((page) => page.endsWith("/") && html(page).includes('class="chart '));
const urls = [...charted.map((page) => server.url(page)), ...(await samples())];

test("some pages have charts", () => assert.ok(charted.length > 0));

const visit = (url, options, work) =>
  open(options, async (page) => {
    await page.goto(url);
    return work(page);
  });

// A drawing with what is said of it, and the figures that its table has.
const told = (page) =>
  page.locator("figure.chart").evaluateAll((figures) =>
    figures.map((figure) => ({
      title: figure.querySelector(".chart-title").textContent,
      cells: [...figure.querySelectorAll("tbody td")].map((cell) => cell.textContent),
      rows: figure.querySelectorAll("tbody tr").length,
      isLine: figure.matches(".chart-line"),
      words: figure.querySelector(".chart-drawing").textContent,
    })),
  );

for (const url of urls) {
  const address = new URL(url).pathname;
  test(`a chart is a picture with a name, a description and a table: ${address}`, () =>
    visit(url, {}, async (page) => {
      const client = await page.context().newCDPSession(page);
      const { nodes } = await client.send("Accessibility.getFullAXTree");
      const images = nodes.filter((node) => node.role?.value === "image" || node.role?.value === "img");
      for (const { title, cells, rows, isLine, words } of await told(page)) {
        const image = images.find((node) => node.name?.value.endsWith(`: ${title}`));
        assert.ok(image, `no picture is called “${title}”`);
        const figures = cells.filter((cell) => /\d/.test(cell));
        assert.ok(figures.length > 0);
        // Of many figures it says how many there are: the table has them.
        for (const said of rows > 12 ? [String(rows)] : figures) {
          assert.ok(image.description?.value.includes(said), `“${image.description?.value}” does not say ${said}`);
        }
        assert.ok(isLine || figures.every((figure) => words.includes(figure)), "a figure is told by the length of its mark alone");
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

for (const url of urls) {
  const address = new URL(url).pathname;
  test(`no words of a chart meet or are cut: ${address}`, () =>
    visit(url, {}, async (page) => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        none((await page.evaluate(collisions)).map((fault) => `${address}: ${width} px: ${fault}`));
      }
      // The spacing of text that a reader may set.
      await page.setViewportSize({ width: 320, height: 900 });
      await page.evaluate(() => {
        const spacing = new CSSStyleSheet();
        spacing.replaceSync("* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }");
        document.adoptedStyleSheets = [spacing];
      });
      none((await page.evaluate(collisions)).map((fault) => `${address}: spaced: ${fault}`));
    }));

  test(`a chart keeps its text size at every width: ${address}`, () =>
    visit(url, {}, async (page) => {
      const sizes = new Set();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const heights = await page.locator(".chart-drawing text, .chart-drawing p").evaluateAll((all) => all.slice(0, 1).map((one) => getComputedStyle(one).fontSize));
        heights.forEach((height) => sizes.add(height));
      }
      assert.equal(sizes.size, 1, [...sizes].join(", "));
    }));

  test(`paper shows a chart with its table: ${address}`, () =>
    visit(url, {}, async (page) => {
      await page.emulateMedia({ media: "print" });
      const table = await page.locator(".chart-data tbody td").first().boundingBox();
      assert.ok(table && table.height > 0, "the table is not printed");
      assert.equal(await page.locator(".chart-data summary").first().isVisible(), false);
    }));
}

test("each mark differs from the ground in forced colours", () =>
  visit(urls.at(-1), { forcedColors: "active" }, async (page) => {
    const faults = await page.locator(".chart-mark-1, .chart-mark-2, .waffle-filled, .chart-line-1").evaluateAll((marks) =>
      marks.flatMap((mark) => {
        const { fill, stroke } = getComputedStyle(mark);
        const ground = getComputedStyle(document.body).backgroundColor;
        return fill === ground && stroke === ground ? [mark.getAttribute("class")] : [];
      }),
    );
    none(faults);
  }));

