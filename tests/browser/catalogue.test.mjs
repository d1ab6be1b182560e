// The library as data: is it what its own schema says?
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { folder, published } from "./site.mjs";

const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const schema = read("catalogue.schema.json");
const catalogue = read("catalogue.json");

const isAddress = (text) => URL.canParse(text);
const formats = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  "date-time": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([+-]\d{2}:\d{2}|Z)$/,
  uri: isAddress,
  iri: isAddress,
  "idn-email": /^\S+@\S+$/,
};
const validate = new Ajv2020({ allErrors: true, strict: true, formats }).compile(schema);

test("the catalogue is what its schema says", () => {
  assert.ok(catalogue.entries.length > 0);
  assert.ok(validate(catalogue), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
  assert.equal(catalogue.$schema, new URL("catalogue.schema.json", published).href);
});

test("the schema refuses what the kinds do not have", () => {
  const wrong = (change) => {
    const copy = structuredClone(catalogue);
    change(copy.entries.find((entry) => entry.fields.themes));
    return !validate(copy);
  };
  assert.ok(wrong((entry) => { entry.kind = "no-such-kind"; }));
  assert.ok(wrong((entry) => { entry.fields.no_such_field = 1; }));
  assert.ok(wrong((entry) => { entry.fields.themes = "mentoring"; }));
  assert.ok(wrong((entry) => { delete entry.title; }));
  assert.ok(wrong((entry) => { entry.fields.published = "1 May 2027"; }));
});

test("every entry of the catalogue is a page of the site", () => {
  for (const { url } of catalogue.entries) {
    const path = new URL(url).pathname.slice(published.pathname.length);
    assert.ok(readFileSync(join(folder, decodeURIComponent(path), "index.html"), "utf8").includes("<h1"), url);
  }
});
