// MiniSearch: the whole index is one file, the titles in it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { file, require, version } from "../packages.mjs";

export const name = `MiniSearch ${version("minisearch")}`;
export const loadsAll = true;

// The example of default options in its manual.
const settings = {
  fields: ["title", "text"],
  storeFields: ["title"],
  searchOptions: { boost: { title: 2 }, fuzzy: 0.2 },
};

export async function build({ documents }, folder) {
  const MiniSearch = require("minisearch");
  const began = performance.now();
  const index = new MiniSearch(settings);
  index.addAll(documents);
  writeFileSync(join(folder, "index.json"), JSON.stringify(index));
  const seconds = (performance.now() - began) / 1000;
  writeFileSync(join(folder, "minisearch.js"), file("minisearch/dist/es/index.js"));
  return { seconds, root: folder };
}

export async function open(host) {
  await host.fetch("/minisearch.js");
  const MiniSearch = require("minisearch");
  const index = MiniSearch.loadJSON(await (await host.fetch("/index.json")).text(), settings);
  return {
    search: async (text, { limit }) => index.search(text).slice(0, limit),
  };
}
