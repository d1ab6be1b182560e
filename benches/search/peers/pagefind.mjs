// Pagefind: reads the built pages, and leaves an index in pieces, which WebAssembly searches.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ORIGIN } from "../host.mjs";
import { version } from "../packages.mjs";

export const name = `Pagefind ${version("pagefind")}`;

// Its ready-made interfaces are the site's choice, and no part of the index.
export const notIndex = /-ui\.(js|css)$|pagefind-highlight\.js$|wasm\.unknown\.pagefind$/;

const escaped = (text) => text.replace(/[&<]/g, (sign) => (sign === "&" ? "&amp;" : "&lt;"));

const page = ({ title, text, facets = {} }) => {
  const filters = Object.entries(facets).flatMap(([facet, values]) =>
    values.map((value) => `<span data-pagefind-filter="${facet}">${escaped(value)}</span>`),
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body><main data-pagefind-body><h1>${escaped(title)}</h1><p>${escaped(text)}</p></main>${filters.join("")}</body>
</html>`;
};

export async function build({ documents }, folder) {
  const { close, createIndex } = await import("pagefind");
  for (const document of documents) {
    mkdirSync(join(folder, document.id), { recursive: true });
    writeFileSync(join(folder, document.id, "index.html"), page(document));
  }
  const began = performance.now();
  const { index } = await createIndex();
  const added = await index.addDirectory({ path: folder });
  const written = await index.writeFiles({ outputPath: join(folder, "pagefind") });
  const seconds = (performance.now() - began) / 1000;
  await close();
  const faults = [...added.errors, ...written.errors];
  if (faults.length) {
    throw new Error(faults.join("; "));
  }
  return { seconds, root: folder, index: join(folder, "pagefind") };
}

export async function open(host, { root }) {
  await host.fetch("/pagefind/pagefind.js");
  // A browser runs the search in a worker, whose script comes next; Node has no such worker, and searches without it.
  await host.fetch("/pagefind/pagefind-worker.js");
  globalThis.fetch = host.fetch;
  const { createInstance } = await import(pathToFileURL(join(root, "pagefind/pagefind.js")));
  const pagefind = createInstance({ basePath: `${ORIGIN}pagefind/` });
  return {
    async search(text, { limit, filters }) {
      if (filters) {
        await pagefind.filters();
      }
      const { results } = await pagefind.search(text);
      const shown = await Promise.all(results.slice(0, limit).map((result) => result.data()));
      return shown.map(({ url, meta }) => ({ id: url.split("/").at(-2), title: meta.title }));
    },
  };
}
