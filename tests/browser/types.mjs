// One page of every type, found in the built site: a kind or a component that a theme adds joins by itself.
import { fileOf, heading, pages, read } from "./built.mjs";

const SEARCH = "/search/";
const MISSING = "/404.html";

// What a page shows, as far as style and script can tell: its elements with their classes, roles and types.
function marksOf(address) {
  const html = read(fileOf(address));
  const marks = new Set();
  for (const [, name, attributes] of html.matchAll(/<([a-z][\w-]*)\b([^>]*)>/g)) {
    marks.add(name);
    for (const [, key, value] of attributes.matchAll(/\b(class|role|type|rel|aria-current)="([^"]*)"/g)) {
      value.split(/\s+/).forEach((part) => marks.add(`${name} ${key}=${part}`));
    }
  }
  return marks;
}

const marks = new Map(pages.map((address) => [address, marksOf(address)]));

const segments = (address) => address.split("/").filter(Boolean);
const isLanguage = (segment) => /^[a-z]{2}$/.test(segment);

// The folder of an entry, which is its kind's; pages at the top are a kind too. A folder named after a language
// holds the same again in that language.
function sectionOf(address) {
  const [first, ...rest] = segments(address);
  const [language, path] = isLanguage(first ?? "") ? [`${first}/`, rest] : ["", segments(address)];
  return language + (path.length > 1 ? path[0] : "pages");
}

// As few of the pages as show everything that `all` of them show beyond what is `seen` already.
function cover(all, seen) {
  const chosen = [];
  for (;;) {
    const fresh = (address) => [...marks.get(address)].filter((mark) => !seen.has(mark)).length;
    const best = all.reduce((most, address) => (fresh(address) > most.fresh ? { address, fresh: fresh(address) } : most), { fresh: 0 });
    if (!best.address) {
      return chosen;
    }
    chosen.push(best.address);
    marks.get(best.address).forEach((mark) => seen.add(mark));
  }
}

const ordinary = pages.filter((address) => ![SEARCH, MISSING, "/"].includes(address) && address.endsWith("/"));
const isEntry = (address) => marks.get(address).has("article");

// Of each kind the entry that shows most, and then what only another one shows.
const entries = (() => {
  const all = ordinary.filter(isEntry);
  const sections = [...new Set(all.map(sectionOf))].sort();
  const richest = (section) =>
    all.filter((address) => sectionOf(address) === section).reduce((most, address) => (marks.get(address).size > marks.get(most).size ? address : most));
  const chosen = sections.map((section) => ({ name: `${section}, one`, address: richest(section) }));
  const seen = new Set(chosen.flatMap(({ address }) => [...marks.get(address)]));
  const others = cover(all, seen).map((address) => ({ name: `${sectionOf(address)}, another: ${segments(address).at(-1)}`, address }));
  return [...chosen, ...others];
})();

// Listings, indexes, terms and filters come from few templates, however many there are of them: those that show
// something of their own stand for the others.
const lists = cover(ordinary.filter((address) => !isEntry(address)), new Set()).map((address) => ({ name: segments(address).join(" "), address }));

// A word that the search must find: the longest in the heading of an entry.
export const findable = (() => {
  const words = heading(entries[0]?.address ?? "/").match(/\p{Letter}{4,}/gu) ?? ["children"];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest));
})();
export const unfindable = "zzyzxqwv";

// The same word as somebody in a hurry would write it: with two of its letters the wrong way round.
export const misspelt = findable.replace(/^(.{2})(.)(.)/, "$1$3$2");

// A kind of entry, as the search filters by it.
export const kind = JSON.parse(read("catalogue.json")).entries.find(({ url }) => url.endsWith(entries[0]?.address))?.kind;

const asking = (word) => `${SEARCH}?q=${encodeURIComponent(word)}`;

// {name, address}. A page is ready once its status has `said` one of its sentences, by name; `index` tells what
// becomes of the search's file: "broken", or "held" back for ever.
export const types = [
  { name: "home", address: "/" },
  ...entries,
  ...lists,
  ...(pages.includes(SEARCH)
    ? [
        { name: "search", address: SEARCH },
        { name: "search with results", address: asking(findable), said: "found" },
        { name: "search with filters", address: `${SEARCH}?kind=${kind}`, said: "listed" },
        { name: "search for another word", address: asking(misspelt), said: "corrected" },
        { name: "search that filters leave nothing of", address: `${asking(unfindable)}&kind=${kind}`, said: "none-chosen" },
        { name: "search without results", address: asking(unfindable), said: "nothing" },
        { name: "search on its way", address: asking(findable), said: "waiting", index: "held" },
        { name: "search that fails", address: asking(findable), said: "failed", index: "broken" },
      ]
    : []),
  { name: "not found", address: MISSING },
];
