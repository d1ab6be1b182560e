// elasticlunr, the search of Zola and mdBook: the whole index is one file, the texts in it, as is its default.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { file, require, version } from "../packages.mjs";

export const name = `elasticlunr ${version("elasticlunr")}`;
export const loadsAll = true;

export async function build({ documents }, folder) {
  const elasticlunr = require("elasticlunr");
  const began = performance.now();
  const index = elasticlunr(function () {
    this.setRef("id");
    this.addField("title");
    this.addField("text");
  });
  documents.forEach(({ id, title, text }) => index.addDoc({ id, title, text }));
  writeFileSync(join(folder, "index.json"), JSON.stringify(index));
  const seconds = (performance.now() - began) / 1000;
  writeFileSync(join(folder, "elasticlunr.min.js"), file("elasticlunr/elasticlunr.min.js"));
  return { seconds, root: folder };
}

export async function open(host) {
  await host.fetch("/elasticlunr.min.js");
  const elasticlunr = require("elasticlunr");
  const index = elasticlunr.Index.load(await (await host.fetch("/index.json")).json());
  const fields = { title: { boost: 2 }, text: { boost: 1 } };
  return {
    search: async (text, { limit }) =>
      index
        .search(text, { fields })
        .slice(0, limit)
        .map(({ ref }) => ({ id: ref, title: index.documentStore.getDoc(ref).title })),
  };
}
