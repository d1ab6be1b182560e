// Phrases and what is not wanted: found by words, and read for in texts.

import { nameAt } from "./question.js";
import { words } from "./words.js";

// A phrase is looked for in the texts of so many pages, the best.
const MOST_READ = 256;

/** Takes the score from pages that lack a phrase or have what is not wanted. */
export async function narrow(state, { scores }, { phrases, without }) {
  for (const { forms, exact } of without) {
    const pages = await having(state, forms, exact);
    const unwanted = exact && forms.length > 1 ? await reading(state, pages, forms, scores) : pages;
    unwanted.forEach((page) => (scores[page] = 0));
  }
  for (const forms of phrases) {
    const pages = (await having(state, forms, true)).filter((page) => scores[page]);
    const saying = new Set(await reading(state, pages, forms, scores));
    scores.forEach((score, page) => (scores[page] = saying.has(page) ? score : 0));
  }
}

/** The pages that have every one of these words that says something, or the concept that they name. */
async function having(state, forms, exact) {
  const name = exact ? undefined : nameAt(forms, state.root);
  const telling = forms.filter((form) => !state.root.stop.has(form));
  const wanted = name?.length === forms.length ? [name.form] : telling.length ? telling : forms;
  const pagesOf = async (form) => {
    const terms = await state.terms(form);
    return state.best(await Promise.all(terms.map((term) => state.postings(term, true))));
  };
  const [first, ...others] = await Promise.all(wanted.map(pagesOf));
  return [...first.keys()].filter((page) => others.every((other) => other.has(page)));
}

/** Those of some pages in whose texts words stand as they were asked for: the best are read. */
async function reading(state, pages, forms, scores) {
  const best = pages.sort((a, b) => scores[b] - scores[a] || a - b).slice(0, MOST_READ);
  const phrase = ` ${forms.join(" ")} `;
  const says = (text) => ` ${words(text).map(({ form }) => form).join(" ")} `.includes(phrase);
  const texts = ([sections, , title = "", , summary = ""]) => [title, summary, ...sections.flatMap((section) => section.slice(1))];
  const saying = await Promise.all(
    best.map(async (page) => {
      const records = await Promise.all(state.partsOf(page).map((part) => state.record(part)));
      return records.flatMap(texts).some(says);
    }),
  );
  return best.filter((_, place) => saying[place]);
}
