// Facets: what pages have of each, and their terms by label.

import { distance } from "./spelling.js";
import { words } from "./words.js";

// A label is near a word that has no more than this share of its letters wrong.
const NEAR = 0.4;
const MOST_FAULTS = 3;
const MOST_NEAR = 5;

/** By facet: its values, and the sets of them that pages have. */
function columnsOf({ root, files }) {
  return files.bytes("facets", (bytes) => {
    const values = JSON.parse(new TextDecoder().decode(bytes.take(bytes.number())));
    return values.map((own) => ({ values: own, ...column(bytes, root.pages) }));
  });
}

function column(bytes, pages) {
  const counts = bytes.numbers(pages);
  let first = 0;
  const own = counts.map((count) => {
    // Steps back are odd numbers.
    const step = count && bytes.number();
    first += step & 1 ? -(step + 1) / 2 : step / 2;
    return count ? [first] : [];
  });
  const sets = [];
  const places = new Map();
  const ofPage = Uint32Array.from(own, (set, page) => {
    for (let rest = counts[page] - 1; rest > 0; rest--) {
      set.push(set.at(-1) + bytes.number());
    }
    const key = set.join();
    if (!places.has(key)) {
      places.set(key, sets.push(set) - 1);
    }
    return places.get(key);
  });
  return { sets, ofPage };
}

/** Which pages have what is asked for, by facet: `tests`. And all facets with the values of the pages found: `counts`. */
export async function facetsOf(state, filters) {
  const { root } = state;
  const columns = await columnsOf(state);
  const chosen = root.facets.map(({ name }) => [filters[name] ?? []].flat().map(String));
  const tests = columns.map(({ values, sets, ofPage }, place) => {
    if (!chosen[place].length) {
      return () => true;
    }
    const wanted = new Set(values.flatMap(([value], at) => (chosen[place].includes(value) ? [at] : [])));
    const fits = sets.map((set) => set.some((value) => wanted.has(value)));
    return (page) => fits[ofPage[page]];
  });
  // The values of a facet are counted without its own filter: they say what choosing one more would bring.
  const counts = (isFound) => {
    const sums = columns.map(({ values }) => new Uint32Array(values.length));
    for (let page = 0; page < root.pages; page++) {
      const failed = isFound(page) ? tests.flatMap((test, place) => (test(page) ? [] : [place])) : tests;
      columns.forEach(({ sets, ofPage }, place) => {
        if (!failed.length || (failed.length === 1 && failed[0] === place)) {
          sets[ofPage[page]].forEach((value) => (sums[place][value] += 1));
        }
      });
    }
    const facet = ({ name }, place) => {
      const all = columns[place].values.map(([value, label], at) => ({ value, label, count: sums[place][at] }));
      return [name, all.filter(({ value, count }) => count || chosen[place].includes(value))];
    };
    return Object.fromEntries(root.facets.map(facet));
  };
  return { allows: (page) => tests.every((test) => test(page)), counts };
}

/** True where each word that is asked for begins one of a label's. */
export function fits(label, asked) {
  const own = words(label).map(({ form }) => form);
  return asked.every(({ form }) => own.some((word) => word.startsWith(form)));
}

/** Terms whose labels fit what is asked for, the shortest first. */
export async function fitting(state, asked) {
  const columns = await columnsOf(state);
  const terms = columns.flatMap(({ values }, place) =>
    values.flatMap(([, title, url]) => (url && fits(title, asked) ? [{ title, url, kind: state.root.facets[place].label }] : [])),
  );
  return terms.sort((a, b) => a.title.length - b.title.length);
}

/** Terms whose labels have a word like one that is asked for, the most like it first. */
export async function near(state, asked) {
  const columns = await columnsOf(state);
  const share = (form, word) => {
    const faults = distance(form, word, MOST_FAULTS);
    return faults > MOST_FAULTS ? 1 : faults / Math.max(form.length, word.length);
  };
  const away = (label) => {
    const own = words(label).map(({ form }) => form);
    return Math.min(1, ...asked.flatMap(({ form }) => own.map((word) => share(form, word))));
  };
  // The first facet is that of kinds, which everybody sees anyway.
  const terms = columns.slice(1).flatMap(({ values }) => values.map(([, title, url]) => ({ title, url, away: away(title) })));
  const all = terms.filter((term) => term.away <= NEAR).sort((a, b) => a.away - b.away);
  return all.slice(0, MOST_NEAR).map(({ title, url }) => ({ title, url }));
}
