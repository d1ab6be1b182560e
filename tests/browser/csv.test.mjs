// The theme's CSV, without a browser.
import { test } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const library = process.env.LIBRARY ?? join(import.meta.dirname, "../..");
const { read, write } = await import(pathToFileURL(join(library, "themes/civic/static/js/csv.js")));

test("cells with quotes, commas and lines come back as they were", () => {
  const rows = [
    ["Statement", "Notes"],
    ['He said "yes", twice', "one\ntwo"],
    ["", "'tis"],
    ["Llanfair – £5", "ünïcode 👍"],
  ];
  assert.deepEqual(read(write(rows)), rows);
});

test("every line ends with CR LF, and every cell stands in quotes", () => {
  assert.equal(write([["a", 'b "c"'], ["", "d"]]), '\ufeff"a","b ""c"""\r\n"","d"\r\n');
});

for (const cell of ["=1+1", "+44", "-2", "@x", "\t=1", "  =1", "\r=1", "＝1", "'=1", "''=1"]) {
  test(`a spreadsheet does not run ${JSON.stringify(cell)}`, () => {
    const text = write([[cell]]);
    assert.ok(text.startsWith(`\ufeff"'`), text);
    assert.deepEqual(read(text), [[cell]]);
  });
}

test("what a spreadsheet saves again is read: no quotes, either end of line, no end at all", () => {
  assert.deepEqual(read("a,b\nc,\r\n\r\n\"d\r\ne\",f"), [["a", "b"], ["c", ""], ["d\ne", "f"]]);
  assert.deepEqual(read(""), []);
});
