// lunr: the whole index is one file. Beside it lie the titles, which lunr leaves to the page to keep.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { file, require, version } from "../packages.mjs";

export const name = `lunr ${version("lunr")}`;
export const loadsAll = true;

export async function build({ documents }, folder) {
  const lunr = require("lunr");
  const began = performance.now();
  const index = lunr(function () {
    this.ref("id");
    this.field("title", { boost: 2 });
    this.field("text");
    documents.forEach((document) => this.add(document));
  });
  writeFileSync(join(folder, "index.json"), JSON.stringify(index));
  writeFileSync(join(folder, "titles.json"), JSON.stringify(documents.map(({ id, title }) => [id, title])));
  const seconds = (performance.now() - began) / 1000;
  writeFileSync(join(folder, "lunr.min.js"), file("lunr/lunr.min.js"));
  return { seconds, root: folder };
}

export async function open(host) {
  await host.fetch("/lunr.min.js");
  const lunr = require("lunr");
  const [index, titles] = await Promise.all(
    ["/index.json", "/titles.json"].map(async (address) => (await host.fetch(address)).json()),
  );
  const loaded = lunr.Index.load(index);
  const titled = new Map(titles);
  // Signs are of lunr's query language, in which many an everyday sentence is an error.
  const plain = (text) => text.replace(/[^\p{L}\p{N}]+/gu, " ");
  return {
    search: async (text, { limit }) =>
      loaded
        .search(plain(text))
        .slice(0, limit)
        .map(({ ref }) => ({ id: ref, title: titled.get(ref) })),
  };
}
