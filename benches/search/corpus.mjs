// The synthetic library of corpus.py, as a library for Casebook and as documents for its peers: the same text.
import { existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { python } from "./settings.mjs";

const KINDS = ["case-studies", "guides", "packs"];

/** The folder of a library of so many pages; one that was made before serves again. */
export function library(pages, { shared, work }) {
  const folder = join(work, `corpus-${pages}`);
  if (!existsSync(folder)) {
    const half = `${folder}.part`;
    python(join(shared, "bench/corpus.py"), "--pages", pages, "--system", "casebook", "--out", half);
    renameSync(half, folder);
  }
  return folder;
}

const field = (front, name) => front.match(new RegExp(`^${name}: (.*)$`, "m"))[1];
const text = (value) => JSON.parse(value);
const list = (value) => value.slice(1, -1).split(", ");

/** Markdown as its reader sees it: what a page without any templates would hold. */
const plain = (markdown) =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^(#+|-|```.*|\|[-|]+\|$)/gm, "")
    .replace(/\*\*|\|/g, " ");

/** Every page of a library: `{id, title, text, facets}`. */
export function* documents(folder) {
  for (const kind of KINDS) {
    for (const name of readdirSync(join(folder, "content", kind)).sort()) {
      const [, front, body] = readFileSync(join(folder, "content", kind, name), "utf8").split(/^---$/m);
      yield {
        id: name.replace(/\.md$/, ""),
        title: text(field(front, "title")),
        text: `${text(field(front, "summary"))}\n${plain(body)}`,
        facets: {
          kind: [kind],
          theme: list(field(front, "themes")),
          council: list(field(front, "councils")),
          year: [field(front, "published").slice(0, 4)],
        },
      };
    }
  }
}

const words = (string) => string.toLowerCase().match(/\p{L}{3,}/gu) ?? [];

/** So many pairs of words from titles, spread over the library: the two commonest that at most 5 % of pages have. */
export function twoWordQueries(pages, wanted) {
  const found = new Map();
  const titles = [];
  for (const { title, text: body } of pages) {
    titles.push(words(title));
    for (const word of new Set(words(`${title} ${body}`))) {
      found.set(word, (found.get(word) ?? 0) + 1);
    }
  }
  const telling = (word) => found.get(word) >= 2 && found.get(word) <= titles.length * 0.05;
  const commonest = (one, other) => found.get(other) - found.get(one);
  const pairs = titles
    .map((title) => [...new Set(title)].filter(telling).sort(commonest).slice(0, 2))
    .filter((pair) => pair.length === 2);
  const step = Math.max(1, Math.floor(pairs.length / wanted));
  return pairs
    .filter((_, place) => place % step === 0)
    .slice(0, wanted)
    .map((pair) => pair.join(" "));
}
