// What a question asks for.

import { words } from "./words.js";

// More words than these are not looked for.
const MOST_WORDS = 64;

// A phrase in quotes, or a run of other signs; either may have a minus before it.
const PIECE = /(?<!\S)(-?)["“”]([^"“”]*)["“”]?|(\S+?)(?=["“”]|\s|$)/gu;

/** What is asked for: words, phrases, and what is not wanted. */
export function parsed(text) {
  const asked = { words: [], phrases: [], without: [] };
  let rest = MOST_WORDS;
  for (const { 1: minus, 2: phrase, 3: run, index } of text.matchAll(PIECE)) {
    const excluded = minus || (phrase === undefined && /^[-−](?=[\p{Alphabetic}\p{N}])/u.test(run));
    const found = words(phrase ?? run).slice(0, rest);
    rest -= found.length;
    if (!found.length) {
      continue;
    }
    if (excluded) {
      asked.without.push({ forms: found.map(({ form }) => form), exact: phrase !== undefined });
    } else if (phrase !== undefined) {
      asked.phrases.push(found.map(({ form }) => form));
    } else {
      asked.words.push(...found.map((word) => ({ ...word, start: word.start + index, end: word.end + index })));
    }
  }
  const last = asked.words.at(-1);
  asked.open = last?.end === text.length ? last : undefined;
  return asked;
}

/** The longest name that a run of words begins with: how many words it has, and its concept. */
export function nameAt(forms, root) {
  const ids = forms.map((form) => root.names.words[form]);
  const [name, concept] = root.names.of.find(([name]) => name.every((word, place) => word === ids[place])) ?? [];
  return name && { length: name.length, form: `~${concept}` };
}

/**
 * What has to be found: each clause a form of the dictionary, with how often it was asked for. Names of a concept are
 * asked for by the concept; words that say nothing only where there are no others.
 */
export function clauses(asked, root) {
  const found = new Map();
  const add = (form, more) => {
    const clause = found.get(form) ?? { form, also: new Set(), times: 0, ...more };
    clause.times += 1;
    found.set(form, clause);
    return clause;
  };
  for (let place = 0; place < asked.words.length; ) {
    const word = asked.words[place];
    const name = nameAt(asked.words.slice(place).map(({ form }) => form), root);
    if (name) {
      add(name.form);
    } else {
      const clause = add(word.form, { word });
      // Well-being is also wellbeing: either half stands for the whole.
      const before = word.joined ? asked.words[place - 1].form : "";
      const after = asked.words[place + 1]?.joined ? asked.words[place + 1].form : "";
      before && clause.also.add(before + word.form);
      after && clause.also.add(word.form + after);
    }
    place += name?.length ?? 1;
  }
  asked.phrases.flat().forEach((form) => add(form));
  const all = [...found.values()];
  const telling = all.filter(({ form }) => !root.stop.has(form));
  return telling.length ? telling : all;
}
