// Finds entries in the index that the build wrote. Runs in browsers and in Node, and knows no page.
//
//   const index = await open("https://example.org/search/", { fetch });
//   const { results, total } = await index.search("mentoring", { limit: 20 });

const VERSION = 1;

// What a word counts for by where it stands. A word that only begins like the one asked for counts one less.
const IN_TITLE = 6;
const IN_TERMS = 4;
const IN_SUMMARY = 2;

/** Text without case, accents and apostrophes. */
function folded(text) {
  return text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase();
}

/** The words of a text, each once. */
function words(text) {
  return new Set(folded(text).match(/[\p{L}\p{N}]+/gu));
}

class Index {
  #entries;
  #words;
  #postings;

  constructor({ kinds, terms, entries }) {
    this.#entries = entries.map(([url, title, summary, kind, tags]) => ({
      url,
      title,
      summary,
      kind: kinds[kind],
      terms: tags.map((tag) => terms[tag]),
    }));

    const postings = new Map();
    const note = (text, entry, weight) => {
      for (const word of words(text)) {
        const known = postings.get(word);
        if (!known) {
          postings.set(word, [[entry, weight]]);
        } else if (known.at(-1)[0] === entry) {
          known.at(-1)[1] += weight;
        } else {
          known.push([entry, weight]);
        }
      }
    };
    this.#entries.forEach(({ title, summary, kind, terms: tags }, entry) => {
      note(title, entry, IN_TITLE);
      note([kind, ...tags].join(" "), entry, IN_TERMS);
      note(summary, entry, IN_SUMMARY);
    });
    this.#postings = postings;
    this.#words = [...postings.keys()].sort();
  }

  /** The words of the index that begin with `start`. */
  *#beginningWith(start) {
    let low = 0;
    let high = this.#words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#words[middle] < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (; low < this.#words.length && this.#words[low].startsWith(start); low++) {
      yield this.#words[low];
    }
  }

  /** What each entry scores for a word; the best of the words that begin with it, if a beginning will do. */
  #scores(word, beginning) {
    const scores = new Map();
    for (const found of beginning ? this.#beginningWith(word) : [word]) {
      const less = found === word ? 0 : 1;
      for (const [entry, weight] of this.#postings.get(found) ?? []) {
        scores.set(entry, Math.max(scores.get(entry) ?? 0, weight - less));
      }
    }
    return scores;
  }

  async search(text, { limit = 20 } = {}) {
    const asked = [...words(String(text ?? ""))];
    const found = new Map();
    asked.forEach((word, place) => {
      for (const [entry, score] of this.#scores(word, place === asked.length - 1)) {
        const sum = found.get(entry) ?? { entry, matches: 0, score: 0 };
        sum.matches += 1;
        sum.score += score;
        found.set(entry, sum);
      }
    });

    const title = ({ entry }) => this.#entries[entry].title;
    const ranked = [...found.values()].sort(
      (a, b) =>
        b.matches - a.matches ||
        b.score - a.score ||
        (title(a) < title(b) ? -1 : title(a) > title(b) ? 1 : a.entry - b.entry),
    );
    return { total: ranked.length, results: ranked.slice(0, limit).map(({ entry }) => this.#entries[entry]) };
  }
}

/**
 * The index at `base`, the address of the folder that holds it, with a slash at its end.
 * Throws where it can't be loaded or is of another version.
 */
export async function open(base, { fetch = globalThis.fetch } = {}) {
  const response = await fetch(`${base}index.json`);
  if (!response.ok) {
    throw new Error(`The search index could not be loaded (${response.status}).`);
  }
  const data = await response.json();
  if (data.version !== VERSION) {
    throw new Error("The search index is of another version than its reader.");
  }
  return new Index(data);
}
