// What nobody should write and somebody will: nothing sticks out of the window, and nobody is shut out. Builds a
// library of its own with the program that CASEBOOK names, in the theme of the library at LIBRARY.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { equip, faultsOf } from "./axe.mjs";
import { none } from "./expectation.mjs";

const program = process.env.CASEBOOK && resolve(process.env.CASEBOOK);
const theme = join(resolve(process.env.LIBRARY ?? join(import.meta.dirname, "../..")), "themes");
const skip = !program && "CASEBOOK does not say where the program is";

const WIDTHS = [1440, 320, 390];
const WORD = "Kinderfürsorge".repeat(6).slice(0, 80);
const TITLE = "A very long title about what works for children in care and for care leavers, ".repeat(4).slice(0, 300);
const TAGS = Array.from({ length: 40 }, (_, n) => `tag-${n + 1}`);
const numbers = (count) => Array.from({ length: count }, (_, n) => n + 1);

const page = (front, body = "Text.") => `---\n${front.trim()}\n---\n\n${body}\n`;
const row = (cell) => `|${numbers(30).map((n) => ` ${cell} ${n} |`).join("")}`;

const FILES = {
  "casebook.yaml": "title: Bad input\ndescription: What nobody should write.\nbase_url: https://example.org/\nlanguages: [en, ar]\npage_size: 5\n",
  "content/_data/themes.yaml": [...TAGS, WORD.toLowerCase().replace(/ü/g, "u")].map((id) => `- id: ${id}\n  label: ${id === id.toLowerCase() && id.startsWith("tag") ? `Label of ${id}` : WORD}\n`).join(""),
  "content/_data/councils.csv": `id,label\nlong,${WORD}\n`,
  "content/index.md": page(`title: ${TITLE}\nsummary: ${WORD} ${WORD}`),
  "content/case-studies/title.md": page(`title: "${TITLE}"\nsummary: ${TITLE.slice(0, 200)}\ncouncils: [long]\nthemes: [tag-1]`, `## ${TITLE}\n\nText.\n\n## Two\n\nText.`),
  "content/case-studies/word.md": page(
    `title: ${WORD}\nsummary: ${WORD}\ncouncils: [long]\nthemes: [tag-1]\nproblem: ${WORD}\nawards: [${WORD}]\nsources:\n  - title: ${WORD}\n    url: https://example.org/${WORD}\nstatistics:\n  - {value: "${WORD}", unit: ${WORD}, text: ${WORD}, as_of: 2020, source: ${WORD}}`,
    `## ${WORD}\n\n${WORD} \`${WORD}\` [${WORD}](title.md)\n\n- ${WORD}\n\n> ${WORD}\n\n| ${WORD} | ${WORD} |\n| --- | --- |\n| ${WORD} | b |\n\n\`\`\`quote\ntext: ${WORD}\nname: ${WORD}\nsource: ${WORD}\n\`\`\``,
  ),
  "content/no-summary.md": page("title: No summary"),
  "content/guides/tags.md": page(`title: Forty tags\nsummary: Forty.\nthemes: [${TAGS.join(", ")}]\nquestions: [${WORD}]`),
  "content/guides/sources.md": page(`title: Sources\nsummary: Many.\nsources:\n${numbers(500).map((n) => `  - title: Source ${n}\n    url: https://example.org/${n}`).join("\n")}`),
  "content/guides/table.md": page("title: Table\nsummary: Wide.", `## Figures\n\n${row("Column")}\n${"| --- ".repeat(30)}|\n${row("")}\n\nAfter.\n\n## More figures\n\n${row("Column")}\n${"| --- ".repeat(30)}|\n${row("")}`),
  "content/guides/housing.md": page("title: Housing\nsummary: An Arabic word, السكن, in an English page.\nthemes: [tag-1]", "السكن حق لكل طفل. Text.\n\n- السكن"),
  "content/guides/housing.ar.md": page("title: السكن حق لكل طفل\nsummary: ما الذي ينجح.\nthemes: [tag-1]\nquestions: [هل لكل طفل سكن؟]", "## العنوان\n\nنص عن السكن.\n\n- واحد\n- اثنان\n\n> اقتباس\n\n| أ | ب |\n| --- | --- |\n| ١ | ٢ |"),
  "content/guides/arabic-title.md": page("title: دليل السكن (2027)\nsummary: ملخص قصير.\nthemes: [tag-1]", "English text below an Arabic title."),
  "content/guides/emoji.md": page('title: "👩‍👩‍👧 Care 🏳️‍🌈"\nsummary: "👍🏽"', "## 🎓\n\n🎓"),
};

const root = mkdtempSync(join(tmpdir(), "casebook-bad-"));
after(() => rmSync(root, { recursive: true, force: true }));

async function built() {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  if (existsSync(theme)) {
    cpSync(theme, join(root, "themes"), { recursive: true });
  }
  execFileSync(program, ["build", "--no-downloads", "--root", root, "--quiet"], { stdio: ["ignore", "ignore", "pipe"] });
  process.env.SITE = join(root, "public");
  const { pages } = await import("./site.mjs");
  const { each, stage } = await import("./visit.mjs");
  return { pages, each, ...(await stage()) };
}

// What sticks out of the window at either side. What lies inside a part that scrolls by itself does not count.
function overflowing() {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => element && element !== document.documentElement && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  const outside = (element) => {
    const { left, right, width: own } = element.getBoundingClientRect();
    return own > 1 && (right > width + 0.5 || left < -0.5) && getComputedStyle(element).position !== "absolute";
  };
  const wide = [...document.body.querySelectorAll("*")].filter((element) => outside(element) && !scrolls(element.parentElement));
  const outermost = wide.filter((element) => !wide.includes(element.parentElement));
  const faults = outermost.slice(0, 5).map((element) => `<${element.localName} class="${element.className}"> from ${Math.round(element.getBoundingClientRect().left)} to ${Math.round(element.getBoundingClientRect().right)} px`);
  return document.scrollingElement.scrollWidth > width ? [`the page is ${document.scrollingElement.scrollWidth} px wide`, ...faults] : faults;
}

// Parts that scroll sideways and can't be reached or have no name.
function unreachable() {
  const scrolling = [...document.body.querySelectorAll("*")].filter((element) => element.scrollWidth > element.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(element).overflowX));
  return scrolling.filter((element) => element.tabIndex < 0 || !(element.getAttribute("aria-label") || element.getAttribute("aria-labelledby"))).map((element) => `<${element.localName} class="${element.className}"> scrolls and can't be reached`);
}

// The direction in which the words of an element are read: where its first letter stands, and where its last.
const directionOf = (selector) => {
  const walk = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
  const text = walk.nextNode();
  const words = text.data.trim();
  const start = text.data.indexOf(words);
  const at = (offset) => {
    const range = document.createRange();
    range.setStart(text, offset);
    range.setEnd(text, offset + 1);
    return range.getBoundingClientRect().left;
  };
  return at(start) < at(start + words.length - 1) ? "ltr" : "rtl";
};

if (skip) {
  test("bad input", { skip }, () => {});
} else {
  const { pages, each, visit } = await built();

  // One page of a tag is like another.
  const alike = /\/tag-(?!1\/)/;
  const chosen = pages.filter((page) => !alike.test(page)).map((address) => ({ name: "page", address }));
  each("bad input", chosen, ({ address }) =>
    visit({ address }, {}, async (page) => {
      const faults = new Set();
      await equip(page);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        for (const fault of [...(await page.evaluate(overflowing)), ...(await page.evaluate(unreachable))]) {
          faults.add(`${address} at ${width} px: ${fault}`);
        }
      }
      (await faultsOf(page)).forEach((fault) => faults.add(`${address}: ${fault}`));
      none([...faults]);
    }),
  );

  test("bad input: text goes the way of its own letters", async () => {
    const directions = (address, selectors) =>
      visit({ address }, { viewport: { width: 1440, height: 900 } }, (page) => Promise.all(selectors.map((selector) => page.evaluate(directionOf, selector))));
    assert.deepEqual(await directions("/guides/arabic-title/", ["h1", ".crumbs [aria-current]", ".prose p", "h2"]), ["rtl", "rtl", "ltr", "ltr"]);
    assert.deepEqual(await directions("/themes/tag-1/", ["a[href*=arabic-title]", "a[href*=housing]"]), ["rtl", "ltr"]);
    assert.deepEqual(await directions("/ar/guides/housing/", ["h1", ".prose p", ".site-title a"]), ["rtl", "rtl", "ltr"]);
  });
}
