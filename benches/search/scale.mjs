// What search costs as a library grows, Casebook beside its peers, in one Markdown table.
//
//   node scale.mjs [--sizes 1400,10000,100000] [--peers-to 10000] [--engines casebook,pagefind]
//                  [--shared DIR] [--work DIR] [--limit SECONDS]
//
// Name a folder to work in, and the libraries, which take a while to write, are there for the next time.
import * as corpus from "./corpus.mjs";
import { measure } from "./engines.mjs";
import { settings } from "./settings.mjs";
import { costColumns, kilobytes, measured, table } from "./table.mjs";

const options = settings({
  sizes: { type: "string", default: "1400,10000,100000" },
  "peers-to": { type: "string", default: "10000" },
});
const { shared, work, limit } = options;
const sizes = options.sizes.split(",").map(Number);
const peersTo = Number(options["peers-to"]);

function task(pages, engines) {
  const library = corpus.library(pages, { shared, work });
  const queries = corpus.twoWordQueries(corpus.documents(library), 200);
  return {
    name: `${pages.toLocaleString("en")} pages`,
    library,
    // Casebook reads the library itself; without peers nobody needs the texts.
    documents: engines.some((engine) => engine !== "casebook") ? [...corpus.documents(library)] : [],
    cold: queries.slice(0, 40),
    warm: queries,
    facets: true,
  };
}

const rows = sizes.flatMap((pages) => {
  const engines = options.engines.filter((engine) => engine === "casebook" || pages <= peersTo);
  const made = task(pages, engines);
  return measure(made, { engines, work, limit }).map((figures) => ({ size: made.name, ...figures }));
});

console.log(`${measured()}\n`);
console.log(
  table(
    [
      ["library", (row) => row.size],
      ["engine", (row) => row.engine],
      ...costColumns,
      ["facets add", (row) => kilobytes(row.facets)],
    ],
    rows,
  ),
);
if (sizes.some((pages) => pages > peersTo)) {
  console.log(`\nPeers were measured up to ${peersTo.toLocaleString("en")} pages.`);
}
