// The reader of the site's search, with the site's own files: bad questions, bad files, a site published anew.
import { test } from "node:test";
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { findable, folder as site } from "./site.mjs";

const { open } = await import(pathToFileURL(path.join(site, "search", "reader.js")));
const BASE = "https://example.org/search/";

/** A fetch of the site's files, of which `change` may make something else: bytes, or null for a missing file. */
const files = (change = (_, bytes) => bytes) => async (address) => {
  const file = path.join(site, new URL(address).pathname);
  const bytes = fs.existsSync(file) ? change(path.basename(file), fs.readFileSync(file)) : null;
  return bytes === null ? new Response("", { status: 404 }) : new Response(bytes);
};
const index = await open(BASE, { fetch: files() });
const urls = async (text, options) => (await index.search(text, options)).results.map(({ url }) => url);

const questions = {
  "10,000 characters": "abcdefghi ".repeat(1000),
  "one word of 10,000 characters": "x".repeat(10_000),
  "regular expressions": `(a+)+$ [a-z]{2,} .* \\b ^${findable}|`,
  "markup": `<img src=x onerror=alert(1)> ${findable}`,
  "emoji": "👩‍👩‍👧 🏳️‍🌈",
  "right to left": "رعاية الأطفال \u202e abc",
  "only words that say nothing": "the of and",
  "only a minus": "-",
  "only what is not wanted": `-${findable}`,
  "quotes that do not close": `"${findable}`,
  "empty quotes": '"" ""',
  "half a letter": "\ud83d abc \udc00",
  "names of objects": "constructor __proto__ toString hasOwnProperty",
  "nothing": "",
};
for (const [name, text] of Object.entries(questions)) {
  test(`a question of ${name} has an answer`, async () => {
    for (const options of [{}, { filters: {}, sort: "newest" }]) {
      const { total, results, near } = await index.search(text, options);
      assert.ok(Number.isInteger(total) && total >= results.length && results.length <= 10 && Array.isArray(near));
    }
    assert.ok(Array.isArray(await index.suggest(text)));
  });
}

test("filters and limits that make no sense do no harm", async () => {
  const { total } = await index.search(findable, { filters: { kind: ["no-such"], nothing: ["x"], constructor: [] } });
  assert.equal(total, 0);
  assert.deepEqual(await urls(findable, { offset: 1_000_000 }), []);
  assert.deepEqual(await urls(findable, { limit: 0 }), []);
  assert.deepEqual(await urls(findable, { sort: "constructor" }), await urls(findable));
});

test("facets follow the question, and a filter leaves what its count says", async () => {
  const { total, facets } = await index.search(findable, { filters: {} });
  for (const [name, values] of Object.entries(facets)) {
    for (const { value, count } of values.slice(0, 5)) {
      const narrowed = await index.search(findable, { filters: { [name]: [value] } });
      assert.equal(narrowed.total, count, `${name}=${value}`);
      assert.ok(count <= total);
    }
  }
});

test("pages of results follow each other", async () => {
  const all = await urls(findable, { limit: 9, sort: "title" });
  const parts = [0, 3, 6].map((offset) => urls(findable, { limit: 3, offset, sort: "title" }));
  assert.deepEqual((await Promise.all(parts)).flat(), all);
});

test("marks are where the words are", async () => {
  const { results } = await index.search(findable);
  const marked = results.flatMap(({ excerpt, marks }) => marks.map(([start, end]) => excerpt.slice(start, end)));
  assert.ok(marked.length > 0);
  assert.ok(marked.every((word) => /^[\p{L}\p{N}]/u.test(word)), marked.join(", "));
});

// Whatever happens to a file: a fault with a plain message, or an answer that did not need it.
const faults = {
  missing: () => null,
  empty: () => Buffer.alloc(0),
  "cut in half": (bytes) => bytes.subarray(0, bytes.length >> 1),
  "of other bytes": (bytes) => Buffer.from(bytes).fill(0x5a),
  "a page of HTML": () => Buffer.from("<!doctype html><title>Not found</title>"),
};
for (const [name, damage] of Object.entries(faults)) {
  for (const kind of ["index.json", "t", "d", "facets", "newest", "s", "e"]) {
    test(`a file ${kind} that is ${name} is told of`, async () => {
      const hit = (file) => file === kind || (file.endsWith(".bin") && file.replace(/\d*\.bin$/, "") === kind);
      const fetch = files((file, bytes) => (hit(file) ? damage(bytes) : bytes));
      const ask = async () => {
        const broken = await open(BASE, { fetch });
        await broken.search(findable, { filters: {}, sort: "newest" });
        await broken.search(`${findable.slice(0, -2)}qq`, {});
      };
      await assert.rejects(ask, (error) => error instanceof Error && error.message.length > 0);
    });
  }
}

test("a fault of the network may pass", async () => {
  let down = true;
  const whole = files();
  const flaky = await open(BASE, { fetch: async (address) => (down && address.endsWith(".bin") ? new Response("", { status: 503 }) : whole(address)) });
  await assert.rejects(flaky.search(findable));
  down = false;
  assert.ok((await flaky.search(findable)).total > 0);
});

test("an index published anew is opened again, and two states are never mixed", async () => {
  const root = JSON.parse(fs.readFileSync(path.join(site, "search", "index.json")));
  let served = "aaaaaaaaaaaa";
  const asked = [];
  const fetch = async (address) => {
    const at = new URL(address).pathname;
    if (at.endsWith("index.json")) {
      return Response.json({ ...root, state: served });
    }
    asked.push(at);
    const [, state, file] = at.match(/^\/search\/(\w+)\/(.*)$/);
    return state === served ? files()(`${BASE}${root.state}/${file}`) : new Response("", { status: 404 });
  };
  const reader = await open(BASE, { fetch });
  assert.ok((await reader.search(findable)).total > 0);
  served = "bbbbbbbbbbbb";
  const other = `${findable.slice(0, 3)} guide council`;
  const both = await Promise.all([reader.search(other, { filters: {} }), reader.search(other)]);
  assert.ok(both.every(({ total }) => total > 0));
  const last = asked.findLastIndex((at) => at.includes("aaaaaaaaaaaa"));
  assert.ok(asked.slice(last + 1).every((at) => at.includes("bbbbbbbbbbbb")), asked.join("\n"));
});

test("an index of another version is refused", async () => {
  const fetch = async () => Response.json({ version: 1, entries: [] });
  await assert.rejects(open(BASE, { fetch }), /another version/);
});
