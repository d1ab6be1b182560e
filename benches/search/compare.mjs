// How good the answers are and what they cost, Casebook beside its peers, in one Markdown table.
//
//   node compare.mjs [COLLECTION.json …] [--engines casebook,pagefind] [--shared DIR] [--work DIR] [--limit SECONDS]
//
// Without names: Cranfield and CISI of the shared folder.
import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { measure } from "./engines.mjs";
import { python, settings } from "./settings.mjs";
import { costColumns, measured, score, share, table } from "./table.mjs";

const { shared, work, engines, limit, positionals } = settings();
const relevance = (name) => join(shared, "relevance", name);

/** The first two words of a question that say something. */
const twoWords = (text) =>
  text
    .split(/\s+/)
    .filter((word) => word.length > 3)
    .slice(0, 2)
    .join(" ");

/** Two-word queries that each should find one page, as spelt or misspelt. */
function knownItems(file, name, ...more) {
  const out = join(work, name);
  python(relevance("known_item.py"), file, "--out", out, ...more);
  return JSON.parse(readFileSync(out, "utf8"));
}

function task(file) {
  const collection = JSON.parse(readFileSync(file, "utf8"));
  const { name, documents, queries, relevant } = collection;
  const library = join(work, `${name}-library`);
  rmSync(library, { recursive: true, force: true });
  python(relevance("make_site.py"), file, "--out", library);
  return {
    name,
    documents,
    library,
    cold: queries.slice(0, 40).map(({ text }) => twoWords(text)),
    judged: { queries, relevant },
    clean: knownItems(file, `${name}-clean.json`),
    typo: knownItems(file, `${name}-typo.json`, "--typo"),
  };
}

const files = positionals.length ? positionals.map((file) => resolve(file)) : ["cran.json", "cisi.json"].map(relevance);
const rows = files.flatMap((file) => {
  const made = task(file);
  const collection = `${made.name} (${made.documents.length})`;
  return measure(made, { engines, work, limit }).map((figures) => ({ collection, ...figures }));
});

console.log(`${measured()}\n`);
console.log(
  table(
    [
      ["collection", (row) => row.collection],
      ["engine", (row) => row.engine],
      ["nDCG@10", (row) => score(row.ndcg)],
      ["empty answers", (row) => share(row.empty)],
      ["success@10, clean", (row) => score(row.clean)],
      ["one typo", (row) => score(row.typo)],
      ...costColumns,
    ],
    rows,
  ),
);
