// How the web editor reads and writes pages, without the editor: what nobody changed stays as it stood, to the byte.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const source = join(import.meta.dirname, "../../src/editors/decap");
const module = (name) => import(`data:text/javascript,${encodeURIComponent(readFileSync(join(source, name), "utf8"))}`);
const { pages } = await module("pages.js");
const { twins } = await module("twins.js");

const field = (name, type = "text", fields = undefined) => ({ name, type, fields });
const FIELDS = [
  field("title"), field("summary"), field("themes", "reference"), field("published", "date"), field("sure", "yes-no"),
  field("count", "number"), field("code"), field("body"), field("words"),
  field("sources", "group", [field("title"), field("url", "url"), field("text", "markdown")]), field("story", "markdown"),
];
const ASKED = ["title", "body"];
const { fromFile, toFile } = pages(parse, [{ name: "other", asked: ["title"], fields: [] }, { name: "note", asked: ASKED, fields: FIELDS }]);

// A page after somebody changed it.
const after = (text, change) => {
  const data = fromFile(text);
  change(data);
  return toFile(data, ASKED);
};

const ODD = `---
# About this page

title: 'It''s "here"'   # as agreed
summary: >-
  One
  two
themes: [ mentoring,   care ]

# When
published: "2026-01-02"
code:
sources:
- url: https://example.org/a
  title: "A"
story: |
  One *two* __three__.

  * a
  * b
# below
---


Text with  two blanks.


* a
`;

test("a page that nobody changed is the file that it was", () => {
  const library = join(import.meta.dirname, "../../content");
  const files = readdirSync(library, { recursive: true }).filter((name) => name.endsWith(".md"));
  const texts = files.map((name) => readFileSync(join(library, name), "utf8")).filter((text) => text.startsWith("---"));
  assert.ok(texts.length > 50);
  for (const text of [...texts, ODD, "---\ntitle: T\n---", "---\n---\nText\n"]) {
    for (const written of [text, text.replaceAll("\n", "\r\n"), `\ufeff${text}`]) {
      assert.equal(after(written, () => {}).replace(/\r?\n$/, ""), written.replace(/\r?\n$/, ""));
    }
  }
});

test("what somebody changed is all that differs", () => {
  for (const [what, change, from, to] of [
    ["a text, with the comment above it", (data) => (data.title = "Other"), /title: .*/, "title: Other"],
    ["a list", (data) => data.themes.push("new"), /themes: .*/, "themes: [mentoring, care, new]"],
    ["a day", (data) => (data.published = "2026-02-03"), /published: .*/, "published: 2026-02-03"],
    ["a value that is gone", (data) => (data.published = ""), /\n# When\npublished: .*\n/, ""],
    ["a list that is gone", (data) => (data.sources = []), /sources:\n.*\n.*\n/, ""],
    ["a new value, in its place", (data) => (data.sure = true), /(published: .*\n)/, "$1sure: yes\n"],
    ["a field that is called like the text", (data) => (data.front_body = "Who"), "code:\n", "code:\nbody: Who\n"],
    ["a list with an empty box", (data) => (data.words = ["", "a"]), "sources:", "words:\n  - a\nsources:"],
    ["an item of a list of groups", (data) => (data.sources[0].title = "B: C"), /sources:\n.*\n.*\n/, 'sources:\n  - title: "B: C"\n    url: https://example.org/a\n'],
    ["a paragraph", (data) => (data.story = data.story.replace("two", "more")), "One *two* __three__.", "One *more* __three__."],
    ["a paragraph above a list with other marks", (data) => (data.story = "New.\n\n- a\n- b"), "One *two* __three__.", "New."],
    ["the text below", (data) => (data.body += "\n\nMore."), /\n\n\nText[^]*/, "\n\nText with  two blanks.\n\n* a\n\nMore.\n"],
    ["a field that no kind has", (data) => (data.extra = "x"), /# below\n/, "extra: x\n# below\n"],
    ["what the editor turns over", (data) => (data.story = "One _two_ **three**.\n\n- a\n- b"), "", ""],
    ["nothing filled in", (data) => Object.assign(data, { sure: null, words: [], code: " ", count: undefined }), "", ""],
  ]) {
    for (const ending of ["\n", "\r\n"]) {
      const lines = (text) => text.replaceAll("\n", ending);
      const given = after(lines(ODD), change);
      assert.equal(given, lines(ODD.replace(from, to)), `${what}: ${JSON.stringify(given)}`);
    }
  }
});

test("front matter that is not written line by line is written anew, and nothing is lost", () => {
  const change = (data) => (data.summary = "New");
  for (const [front, expected] of [
    ["{title: T, summary: S}", "title: T\nsummary: New"],
    ["'title': T\nsummary: S # why", "title: T\nsummary: New"],
    ["title: T\nstraße: x\nsummary: S", "title: T\nsummary: New\nstraße: x"],
  ]) {
    assert.equal(after(`---\n${front}\n---\n\nText\n`, change), `---\n${expected}\n---\n\nText\n`);
  }
});

test("a value is written so that it is read again, in quotes only where it has to be", () => {
  const texts = [
    ["What works, and why", "What works, and why"], ["Yes: no", '"Yes: no"'], ["a #b", '"a #b"'], ["#b", '"#b"'], ["yes", '"yes"'],
    ["null", '"null"'], ["2027", '"2027"'], ["1.50", '"1.50"'], ["2027-11-21", '"2027-11-21"'], ["12:30", '"12:30"'],
    ["0x1F", '"0x1F"'], ['She: "no"', `'She: "no"'`], [`It's: "no"`, `"It's: \\"no\\""`], ["ends:", '"ends:"'], ["- a", '"- a"'],
    ["{{council}} acts", '"{{council}} acts"'], ["one\ntwo", "|-\n  one\n  two"], ["one\ntwo\n", "|\n  one\n  two"],
    [" one\ntwo", "|2-\n   one\n  two"], ["a\tb", '"a\\tb"'], ["£5", "£5"], ["1_000", '"1_000"'], ["~", '"~"'],
  ];
  for (const [text, written] of texts) {
    const page = toFile({ code: text }, ASKED);
    assert.equal(page, `---\ncode: ${written}\n---\n`);
    assert.equal(fromFile(page).code, text);
  }
  const themes = (items) => toFile({ themes: items }, ASKED);
  assert.equal(themes(["a", "b, c"]), '---\nthemes: [a, "b, c"]\n---\n');
  const many = Array.from({ length: 30 }, (_, at) => `term-${at}`);
  assert.match(themes(many), /^---\nthemes:\n {2}- term-0\n {2}- term-1\n/);
  assert.equal(toFile({ words: ["a, b", "c"] }, ASKED), "---\nwords:\n  - a, b\n  - c\n---\n");
  assert.equal(toFile({ sure: "no", count: 7, body: "Text" }, ASKED), "---\nsure: no\ncount: 7\n---\n\nText\n");
});

test("Markdown that the editor does not know is written as it was, and what is new as this library writes it", () => {
  const before = "> [!NOTE]\n> Mind.\n\nA[^1] note.\n\n[^1]: See *it*.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```chart\ntype: bar\n\n\nrows: *a*\n```\n\n1. x\n2. y\n\nA line  \nand one.";
  const turned = "> \\[!NOTE]\n> Mind.\n\nA\\[^1] note.\n\n\\[^1]: See _it_.\n\n| a   | b   |\n| --- | --- |\n| 1   | 2   |\n\n```chart\ntype: bar\n\nrows: *a*\n```\n\n1. x\n2. y\n\nA line\nand one.";
  const page = `---\ntitle: T\n---\n\n${before}\n`;
  assert.equal(after(page, (data) => (data.body = turned)), page);
  const more = (data) => (data.body = `${turned}\n\n> \\[!TIP]\n> New\\[^2].\n\n* one\n* two\n\n| c     |\n| ----- |\n| three |`);
  assert.equal(after(page, more), `---\ntitle: T\n---\n\n${before}\n\n> [!TIP]\n> New[^2].\n\n- one\n- two\n\n| c |\n| --- |\n| three |\n`);
});

test("pages in the main language have no language in their names, and twins without a title are not written", async () => {
  const said = [];
  const store = {
    async getEntry(path) {
      said.push(path);
      return { file: { path }, list: [{ path: "content/a.cy.md" }], data: "content/x.md" };
    },
    async persistEntry(entry) {
      said.push(...entry.dataFiles.map(({ path }) => path));
    },
    async getFiles() {
      return [{ path: "content/d.en.md" }, { path: "content/d.cy.md" }];
    },
    place: () => ({ path: "content/a.md" }),
    name: "store",
  };
  const spoken = twins(store, ["en", "cy"]);
  assert.equal(spoken.name, "store");
  assert.deepEqual(spoken.place(), { path: "content/a.md" });
  const found = await spoken.getEntry("content/a.en.md");
  assert.deepEqual(found, { file: { path: "content/a.en.md" }, list: [{ path: "content/a.cy.md" }], data: "content/x.md" });
  const file = (path, raw) => ({ path, raw });
  await spoken.persistEntry({
    dataFiles: [file("content/b.en.md", "---\n---\n"), file("content/b.cy.md", "---\ntitle: B\n---\n"), file("content/c.cy.md", "---\ndate: 2027\n---\n")],
  });
  // A file that has the main language in its name keeps it.
  await spoken.getFiles();
  await spoken.getEntry("content/d.en.md");
  assert.deepEqual(said, ["content/a.md", "content/b.md", "content/b.cy.md", "content/d.en.md"]);
});
