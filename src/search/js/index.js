// Finds pages in the index that the build wrote. Runs in browsers and in Node, and knows no page of the site.
//
//   const index = await open("https://example.org/search/", { fetch });
//   const { results, total } = await index.search("mentoring", { limit: 20 });

import { facetsOf, fits, fitting, near } from "./facets.js";
import { understood } from "./meaning.js";
import { marker, passageOf } from "./passage.js";
import { narrow } from "./phrases.js";
import { clauses, parsed } from "./question.js";
import { ranked, scored } from "./scores.js";
import { State } from "./state.js";
import { words } from "./words.js";

const VERSION = 2;

// The files that give the orders of pages other than by relevance.
const ORDERS = new Map([["newest", "newest"], ["title", "titles"]]);

// So many results are looked at for titles that say what was asked for.
const FIRST = 10;

class Index {
  #load;
  #state;

  constructor(state, load) {
    this.#state = state;
    this.#load = load;
    /** The facets, in the order in which readers see them: {name, label}. */
    this.facets = state.root.facets;
  }

  /**
   * The pages that answer a question: `limit` of them from `offset` on. With `filters` ({facet: [values]}, maybe
   * empty) also the values of all facets with their counts.
   */
  async search(text, options = {}) {
    return this.#fresh(() => answer(this.#state, String(text ?? ""), options));
  }

  /** Terms and pages that fit what somebody has begun to write: {title, url, kind}. */
  async suggest(text, { limit = 8 } = {}) {
    return this.#fresh(() => suggestions(this.#state, String(text ?? ""), limit));
  }

  /** Tries once more where the site was published anew since its index was opened. */
  async #fresh(work) {
    // Another search may have opened it again meanwhile, so the state is that which this one began with.
    const { root } = this.#state;
    try {
      return await work();
    } catch (error) {
      const state = await this.#load();
      if (state.root.state === root.state) {
        throw error;
      }
      this.#state = state;
      return work();
    }
  }
}

async function answer(state, text, { filters, limit = 10, offset = 0, sort = "relevance" }) {
  const asked = parsed(text);
  const isOpen = !asked.words.length && !asked.phrases.length;
  const lists = filters && (ORDERS.has(sort) || Object.values(filters).flat().length || asked.without.length);
  if (isOpen && !lists) {
    const facets = filters ? (await facetsOf(state, {})).counts(() => false) : {};
    return { total: 0, results: [], facets, corrected: null, near: [] };
  }
  // Without words there is nothing to be relevant to.
  const order = ORDERS.get(isOpen && !ORDERS.has(sort) ? "newest" : sort);
  const exact = Boolean(filters || order || asked.phrases.length || asked.without.length);
  const columns = filters ? facetsOf(state, filters) : undefined;
  const ranks = order && state.files.bytes(order, (bytes) => bytes.numbers(state.root.pages));
  const meaning = await Promise.all([understood(state, clauses(asked, state.root), asked, text), columns, ranks]);
  const [{ clauses: meant, corrected }, facets, ranking] = meaning;
  const found = await scored(state, meant, exact);
  if (isOpen) {
    found.scores.fill(1);
  }
  await narrow(state, found, asked);
  const { total, pages } = ranked(found, facets?.allows ?? (() => true), ranking, offset + limit);
  const shown = pages.slice(offset, offset + limit);
  const marked = marker(state, meant);
  const results = await Promise.all(shown.map((page) => result(state, page, found, marked)));
  return {
    total,
    results: ranking ? results : namedFirst(results, offset, meant.length, marked),
    facets: facets?.counts((page) => found.scores[page] > 0) ?? {},
    corrected,
    near: total ? [] : await near(state, asked.words),
  };
}

/** Of the first results, those whose titles have all that was asked for come before the others. */
function namedFirst(results, offset, asked, marked) {
  const isNamed = ({ title }) => new Set(marked(title).map(({ clause }) => clause)).size === asked;
  const first = results.slice(0, Math.max(0, FIRST - offset));
  const named = asked ? first.filter(isNamed) : [];
  return [...named, ...results.filter((other) => !named.includes(other))];
}

async function result(state, page, { ofParts }, marked) {
  const parts = state.partsOf(page);
  const best = parts.reduce((a, b) => (ofParts[b] > ofParts[a] ? b : a));
  const [names, [sections]] = await Promise.all([state.record(parts[0]), state.record(best)]);
  const [, url, title, kind, summary, date, terms] = names;
  // The first facet is the kind, which each result names by itself.
  const labelled = terms.flatMap((labels, place) => (labels.length ? [[state.root.facets[place + 1].name, labels]] : []));
  const fields = Object.fromEntries(date ? [...labelled, ["date", date]] : labelled);
  const { excerpt, marks, anchor, heading } = passageOf(sections, summary, marked);
  const section = anchor && heading ? { title: heading, url: `${url}#${anchor}` } : null;
  return { url, title, kind, summary, excerpt, marks, section, fields };
}

async function suggestions(state, text, limit) {
  const asked = words(text);
  if (!asked.length) {
    return [];
  }
  // A title counts for more than a text, so the titles that fit are among the first pages.
  const [terms, { results }] = await Promise.all([fitting(state, asked), answer(state, text, { limit: 2 * limit })]);
  const pages = results.filter(({ title }) => fits(title, asked)).map(({ title, url, kind }) => ({ title, url, kind }));
  return [...terms.slice(0, Math.max(limit >> 1, limit - pages.length)), ...pages].slice(0, limit);
}

/**
 * The index at `base`, the address of the folder that holds it, with a slash at its end; `language` is only for
 * another than the site's main one. Throws where it can't be loaded or is of another version.
 */
export async function open(base, { fetch = globalThis.fetch, language } = {}) {
  const load = async () => {
    const response = await fetch(base + (language ? `index.${language}.json` : "index.json"));
    if (!response.ok) {
      throw new Error(`The search index could not be loaded (${response.status}).`);
    }
    const root = await response.json();
    if (root.version !== VERSION) {
      throw new Error("The search index is of another version than its reader.");
    }
    return new State(base, fetch, root);
  };
  return new Index(await load(), load);
}
