// The gaps of a Word document, filled without a browser.
import { test } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const library = process.env.LIBRARY ?? join(import.meta.dirname, "../..");
const script = (name) => import(pathToFileURL(join(library, "themes/civic/static/js", name)));
const { fill, filled, kept } = await script("docx.js");
const zip = await script("zip.js");

const run = (text, look = "") => `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
const control = (tag, content) =>
  `<w:sdt><w:sdtPr><w:alias w:val="Name of the council"/><w:tag w:val="${tag}"/></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;

test("a control is filled by its tag, and no other", () => {
  const xml = `<w:p>${control("council", run("[Council]"))}${run(" and ")}${control("link", run("[Link]"))}</w:p>`;
  const out = filled(xml, { council: "Exampleshire" });
  assert.equal(out, `<w:p>${control("council", run("Exampleshire"))}${run(" and ")}${control("link", run("[Link]"))}</w:p>`);
  assert.equal(filled(xml, {}), xml);
  assert.equal(filled(xml, { council: "" }), xml);
});

test("what a reader writes stays text", () => {
  const out = filled(control("a", run("[A]")), { a: `<w:t>&amp; "quoted" $& $1 \u0007\u000b` });
  assert.ok(out.includes(`>&lt;w:t&gt;&amp;amp; "quoted" $&amp; $1 </w:t>`), out);
});

test("a new line is a break, and a label in several runs is replaced as a whole", () => {
  const out = filled(control("a", `${run("[What the")}${run(" council says]", "<w:b/>")}<w:r><w:t/></w:r>`), { a: "one\ntwo\r\nthree" });
  const text = (line) => `<w:t xml:space="preserve">${line}</w:t>`;
  const lines = `<w:r><w:rPr></w:rPr>${text("one")}<w:br/>${text("two")}<w:br/>${text("three")}</w:r>`;
  assert.equal(out, control("a", `${lines}<w:r><w:rPr><w:b/></w:rPr></w:r><w:r></w:r>`));
});

test("what is filled in no longer looks like a gap", () => {
  const gap = control("a", run("[A]", '<w:rStyle w:val="Placeholder"/><w:b/><w:highlight w:val="yellow"/><w:shd w:val="clear" w:fill="fff3d9"/>'));
  const xml = gap.replace("</w:sdtPr>", "<w:showingPlcHdr/></w:sdtPr>");
  assert.equal(filled(xml, { a: "x" }), control("a", run("x", "<w:b/>")));
});

test("a control within another, and one around whole paragraphs", () => {
  const inner = control("a", run("[A]"));
  const outer = control("b", `<w:p>${inner}</w:p>`);
  assert.equal(filled(outer, { a: "x" }), control("b", `<w:p>${control("a", run("x"))}</w:p>`));
  assert.equal(filled(control("b", `<w:p>${run("[B]")}</w:p>`), { b: "y" }), control("b", `<w:p>${run("y")}</w:p>`));
});

test("what the controls are bound to is filled too, or Word would show the gap again", () => {
  const xml = (one) => `<placeholders xmlns="urn:casebook:placeholders"><placeholder name="link"/>${one}</placeholders>`;
  const gap = '<placeholder name="council"/>';
  assert.equal(kept(xml(gap), { council: "A & B\nC" }), xml('<placeholder name="council">A &amp; B\nC</placeholder>'));
  assert.equal(kept(xml('<placeholder name="council">Old</placeholder>'), { council: "New" }), xml('<placeholder name="council">New</placeholder>'));
  const other = xml(gap).replace("casebook", "other");
  assert.equal(kept(other, { council: "A" }), other);
});

test("a document keeps all its parts, and only those with text are changed", async () => {
  const part = (name, text) => ({ name, bytes: new TextEncoder().encode(text) });
  const gap = control("council", run("[Council]"));
  const files = [part("[Content_Types].xml", "<Types/>"), part("word/document.xml", gap), part("word/styles.xml", gap), part("word/header1.xml", gap)];
  const out = await zip.read(await fill(zip.write(files), { council: "Exampleshire" }, zip));
  const text = ({ bytes }) => new TextDecoder().decode(bytes);
  assert.deepEqual(out.map(({ name }) => name), files.map(({ name }) => name));
  assert.deepEqual(out.map((file) => text(file).includes("Exampleshire")), [false, true, false, true]);
  assert.equal(text(out[2]), gap);
});
