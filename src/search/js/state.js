// One state of the index: what its root says, and what its files hold.

import { filesOf, merged, shard, tail } from "./dictionary.js";
import { Files } from "./files.js";

// A beginning of a word stands for so many terms at most, the most frequent, from so many shards.
const MOST_COMPLETED = 24;
const MOST_SHARDS = 3;

export class State {
  constructor(base, fetch, root) {
    const list = (text) => (text ? text.split(" ") : []);
    this.root = { ...root, stop: new Set(list(root.stop)) };
    for (const name of ["terms", "starts", "ends"]) {
      this.root[name] = list(root[name]);
    }
    this.files = new Files(`${base}${root.state}/`, fetch, root.preface);
    if (root.longer.length) {
      this.#number(root);
    }
  }

  /** The page of each part and the first part of each page, where some pages have several. */
  #number({ pages, parts, longer }) {
    const counts = new Map(longer);
    this.first = new Uint32Array(pages + 1);
    this.pageOf = new Uint32Array(parts);
    for (let page = 0, part = 0; page < pages; page++) {
      this.first[page] = part;
      this.pageOf.fill(page, part, (part += counts.get(page) ?? 1));
      this.first[page + 1] = part;
    }
  }

  /** The page that a part is of. */
  page(part) {
    return this.pageOf ? this.pageOf[part] : part;
  }

  /** The parts of a page. */
  partsOf(page) {
    const { first } = this;
    return first ? Array.from({ length: first[page + 1] - first[page] }, (_, place) => first[page] + place) : [page];
  }

  /** The text of a part by sections; for the first of a page also what names it. */
  async record(part) {
    const { perFile } = this.root;
    const records = await this.files.texts(Math.floor(part / perFile));
    return records[part % perFile];
  }

  /** The terms of a form; where it is open, of the forms that it is the beginning of. */
  async terms(form, open) {
    const places = filesOf(this.root.terms, form, open ? MOST_SHARDS : 1);
    const shards = await Promise.all(places.map((place) => this.files.bytes(`t${place}`, shard)));
    for (const { forms, term } of shards) {
      const place = forms.indexOf(form);
      if (place >= 0) {
        return [term(place)];
      }
    }
    if (!open) {
      return [];
    }
    const begun = ({ forms, term }) => forms.flatMap((known, place) => (known.startsWith(form) ? [term(place)] : []));
    const terms = [...new Set(shards.flatMap(begun))];
    return terms.sort((a, b) => b.count - a.count).slice(0, MOST_COMPLETED);
  }

  /** The postings of a term: only the greatest of a very common one, unless all are needed. */
  async postings(term, exact) {
    if (!exact || term.tail === undefined) {
      return term.own;
    }
    const rest = await this.files.bytes(`c${term.tail}`, tail);
    return (term.whole ??= merged(term.own, rest));
  }

  /** The best level of each page in some lists of postings. */
  best(lists) {
    const best = new Map();
    for (const { parts, levels } of lists) {
      for (let place = 0; place < parts.length; place++) {
        const page = this.page(parts[place]);
        best.set(page, Math.max(best.get(page) ?? 0, levels[place]));
      }
    }
    return best;
  }
}
