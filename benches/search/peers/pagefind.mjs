// Pagefind: reads the built pages, and leaves an index in pieces, which WebAssembly searches.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { arch, platform } from "node:process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ORIGIN } from "../host.mjs";
import { folder as packages } from "../packages.mjs";

// The program that `npx pagefind` starts.
const program = process.env.PAGEFIND ?? join(packages, `@pagefind/${platform}-${arch}/bin/pagefind_extended`);

const run = (...more) => execFileSync(program, more, { encoding: "utf8" });

export const name = run("--version").trim().replace("pagefind", "Pagefind");

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
  for (const document of documents) {
    mkdirSync(join(folder, document.id), { recursive: true });
    writeFileSync(join(folder, document.id, "index.html"), page(document));
  }
  const began = performance.now();
  run("--silent", "--site", folder);
  const seconds = (performance.now() - began) / 1000;
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
