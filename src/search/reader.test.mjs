// Run with: node --test src/search/
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./reader.js";

const data = {
  version: 1,
  kinds: ["Case study", "Guide"],
  terms: ["Mentoring", "Luton", "Fostering"],
  entries: [
    ["/a/", "Independent visitors in Luton", "A mentor until 25.", 0, [0, 1], "2027-01-01"],
    ["/b/", "Mentoring", "How to begin.", 1, [], null],
    ["/c/", "Café tŷ: children's voice", "Fostering and mentoring, in a summary.", 1, [2], null],
    ["/d/", "Another title", "Mentoring, in a summary.", 1, [], null],
  ],
};
const fetch = async (url) => {
  assert.equal(url, "/search/index.json");
  return new Response(JSON.stringify(data));
};
const index = await open("/search/", { fetch });
const found = async (text, options) => (await index.search(text, options)).results.map(({ url }) => url);

test("title comes before terms, terms before summary, and ties go by title", async () => {
  assert.deepEqual(await found("mentoring"), ["/b/", "/a/", "/d/", "/c/"]);
});

test("more matching words rank higher, and none is required", async () => {
  assert.deepEqual(await found("fostering mentoring nowhere"), ["/c/", "/b/", "/a/", "/d/"]);
});

test("the last word may be a beginning, the others not", async () => {
  assert.deepEqual(await found("luton ment"), ["/a/", "/b/", "/d/", "/c/"]);
  assert.deepEqual(await found("ment luton"), ["/a/"]);
});

test("case, accents and apostrophes do not matter", async () => {
  assert.deepEqual(await found("CAFE TY"), ["/c/"]);
  assert.deepEqual(await found("childrens"), ["/c/"]);
  assert.deepEqual(await found("children’s"), ["/c/"]);
});

test("a result has what a list shows, and the total counts them all", async () => {
  const { results, total } = await index.search("mentor", { limit: 1 });
  assert.equal(total, 4);
  const { url, title, summary, kind, terms } = results[0];
  assert.deepEqual([url, title, summary, kind, terms], ["/b/", "Mentoring", "How to begin.", "Guide", []]);
});

test("odd questions have no answers and do no harm", async () => {
  for (const odd of ["", "   ", "-", "(.*)[", "<img onerror>", "🙂", null, "x ".repeat(5000), "constructor"]) {
    assert.equal((await index.search(odd)).total, 0, String(odd));
  }
});

test("an index that is not there or of another version is refused", async () => {
  await assert.rejects(open("/", { fetch: async () => new Response("", { status: 404 }) }), /404/);
  await assert.rejects(open("/", { fetch: async () => new Response('{"version": 2}') }), /version/);
});
