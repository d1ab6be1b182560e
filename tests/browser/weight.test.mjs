// What a page costs a reader: its HTML, style and script together, compressed. Pictures and the council map are
// on top of that.
import { test } from "node:test";
import assert from "node:assert/strict";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { types } from "./site.mjs";
import { arrive, stage } from "./visit.mjs";

const MOST = 30 * 1024;
const COUNTED = ["document", "stylesheet", "script"];

const { server, open } = await stage();

const gzip = (body) => gzipSync(body, { level: 9 }).length;
const brotli = (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

// The page without its map: a drawing of 151 councils, on the page because its links must work without script.
const withoutMap = (html) => html.replace(/<svg\b[^>]*\bclass="[^"]*\bmap\b[^"]*"[\s\S]*?<\/svg>/g, "");

// What the browser asked for: [{type, body}], the page first.
const load = (type) =>
  open({}, async (page) => {
    const answers = [];
    page.on("response", (response) => answers.push(response));
    await arrive(page, server.url(type.address), type);
    const counted = answers.filter((response) => COUNTED.includes(response.request().resourceType()));
    return Promise.all(counted.map(async (response) => ({ type: response.request().resourceType(), body: await response.body() })));
  });

const weigh = (parts) => {
  const sum = (size, type) => parts.filter((part) => part.type === type).reduce((total, { body }) => total + size(body), 0);
  const sizes = (size) => COUNTED.map((type) => sum(size, type));
  return { gzip: sizes(gzip), brotli: sizes(brotli) };
};

const total = (sizes) => sizes.reduce((sum, size) => sum + size, 0);

test("no page weighs more than 30 KB compressed", { timeout: 120_000 }, async () => {
  const weights = [];
  // A search that has failed or not come yet has loaded no more than one that has.
  for (const type of types.filter(({ index }) => !index)) {
    const [page, ...rest] = await load(type);
    weights.push({ type, ...weigh([{ ...page, body: Buffer.from(withoutMap(page.body.toString())) }, ...rest]) });
  }
  weights.sort((one, other) => total(other.gzip) - total(one.gzip));
  const line = ([name, ...cells]) => `  ${cells.map((cell) => String(cell).padStart(7)).join("")}  ${name}`;
  const table = [
    line(["page", "gzip", "brotli", "html", "css", "js"]),
    ...weights.map(({ type, gzip, brotli }) => line([type.address, total(gzip), total(brotli), ...gzip])),
  ].join("\n");
  if (process.env.SHOW_WEIGHTS) {
    console.log(table);
  }
  const heavy = weights.filter(({ gzip }) => total(gzip) > MOST);
  assert.equal(heavy.length, 0, `More than ${MOST} bytes: ${heavy.map(({ type }) => type.address).join(" ")}. Bytes of each, compressed (html, css and js by gzip -9):\n${table}`);
});
