// Finds pages in the index that the build wrote. Runs in browsers and in Node, and knows no page of the site.
// README.md beside this file describes the files that it reads.
//
//   const index = await open("https://example.org/search/", { fetch });
//   const { results, total } = await index.search("mentoring", { limit: 20 });

const VERSION = 2;

// More words than these are not looked for.
const MOST_WORDS = 64;
// A beginning of a word stands for so many words at most, the most frequent, from so many shards.
const MOST_COMPLETED = 24;
const MOST_SHARDS = 3;
// A misspelt word may be one of so many.
const MOST_MEANT = 4;
// An exact phrase is looked for in the texts of so many pages, the best.
const MOST_READ = 256;
// How long an excerpt is, and how near to each other the words in it, in characters.
const EXCERPT = 240;
const PASSAGE = 160;

// ---- Words: the rule of words.rs ----

const RUN = /[\p{Alphabetic}\p{M}\p{N}]+(?:['’ʼ][\p{Alphabetic}\p{M}\p{N}]+|,(?=\p{N}{3})\p{N}+)*/gu;
const WORD = /[\p{Alphabetic}\p{N}]+/gu;
const LONGEST = 40;

/** A text without case, accents, apostrophes and the commas of thousands. */
function folded(text) {
  return text
    .replace(/(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g, "")
    .replace(/['’ʼ]/g, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replaceAll("ς", "σ");
}

/** The words of a text with their places in it, and whether a hyphen alone joins each to the one before. */
function words(text) {
  const found = [];
  let end = -1;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    let joined = end >= 0 && /^[-‐]$/.test(text.slice(end, index));
    for (const [form] of folded(run).matchAll(WORD)) {
      if ([...form].length <= LONGEST) {
        found.push({ form, start: index, end: index + run.length, joined });
      }
      joined = false;
    }
    end = index + run.length;
  }
  return found;
}

// ---- Files ----

/** Numbers and words in the bytes of a file. */
class Bytes {
  constructor(buffer) {
    this.bytes = new Uint8Array(buffer);
    this.at = 0;
  }

  number() {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) {
        throw new Error("The file ends too early.");
      }
      number += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        return number;
      }
    }
  }

  numbers(count) {
    return Array.from({ length: count }, () => this.number());
  }

  /** Numbers that never fall, given as steps. */
  steps(count) {
    const numbers = new Uint32Array(count);
    let number = 0;
    for (let place = 0; place < count; place++) {
      numbers[place] = number += this.number();
    }
    return numbers;
  }

  /** Numbers of four bits. */
  levels(count) {
    const levels = new Uint8Array(count);
    for (let place = 0; place < count; place++) {
      const pair = this.bytes[this.at + (place >> 1)];
      levels[place] = place & 1 ? pair >> 4 : pair & 15;
    }
    this.at += (count + 1) >> 1;
    return levels;
  }

  take(count) {
    return this.bytes.subarray(this.at, (this.at += count));
  }

  words(count) {
    const lengths = this.take(count);
    const shared = this.take(count);
    const decoder = new TextDecoder();
    const word = new Uint8Array(512);
    return Array.from({ length: count }, (_, place) => {
      word.set(this.take(lengths[place]), shared[place]);
      return decoder.decode(word.subarray(0, shared[place] + lengths[place]));
    });
  }
}

async function inflated(parts, format) {
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream(format));
  return new Response(stream).arrayBuffer();
}

/** A stretch of bytes as DEFLATE stores it, for what follows to refer to (RFC 1951, 3.2.4). */
function stored(bytes) {
  const length = bytes.length;
  return [new Uint8Array([0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255]), bytes];
}

/** The files of one state of the index, each loaded once. */
class Files {
  #folder;
  #fetch;
  #preface;
  #loaded = new Map();

  constructor(folder, fetch, preface) {
    this.#folder = folder;
    this.#fetch = fetch;
    this.#preface = new TextEncoder().encode(preface);
  }

  /** What `read` makes of a file. */
  #load(name, read) {
    if (!this.#loaded.has(name)) {
      const loading = (async () => {
        try {
          const response = await this.#fetch(this.#folder + name);
          if (!response.ok) {
            throw new Error(`status ${response.status}`);
          }
          return await read(await response.arrayBuffer());
        } catch (error) {
          this.#loaded.delete(name);
          throw new Error(`A part of the search index could not be read: ${name}.`, { cause: error });
        }
      })();
      this.#loaded.set(name, loading);
    }
    return this.#loaded.get(name);
  }

  bytes(name, read) {
    return this.#load(`${name}.bin`, async (buffer) => read(new Bytes(await inflated([buffer], "gzip"))));
  }

  texts(place) {
    return this.#load(`d${place}.bin`, async (buffer) => {
      const whole = await inflated([...stored(this.#preface), buffer], "deflate-raw");
      return JSON.parse(new TextDecoder().decode(new Uint8Array(whole, this.#preface.length)));
    });
  }
}

/** The last place in a sorted list whose word is not after `word`. */
function placeOf(list, word) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= word) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

/** The files, by place, that can hold words beginning with `start`. */
function filesOf(firsts, start, most) {
  const places = [];
  const first = Math.max(0, placeOf(firsts, start));
  for (let place = first; place < firsts.length && places.length < most; place++) {
    if (place === first || firsts[place].startsWith(start)) {
      places.push(place);
    }
  }
  return places;
}

/** A shard of the dictionary: its forms, and its terms with their postings. */
function shard(bytes) {
  const [formCount, termCount] = bytes.numbers(2);
  const forms = bytes.words(formCount);
  const termOf = bytes.numbers(formCount);
  const owns = bytes.numbers(termCount);
  const lents = bytes.numbers(termCount);
  const terms = owns.map((count, term) => ({ count, lent: lents[term], forms: [] }));
  for (const term of terms) {
    const tail = bytes.number();
    term.tail = tail ? tail - 1 : undefined;
    term.head = tail ? bytes.number() : term.count;
  }
  forms.forEach((form, place) => terms[termOf[place]].forms.push(form));
  const lists = (lengths) => {
    const parts = lengths.map((length) => bytes.steps(length));
    const levels = bytes.levels(lengths.reduce((sum, length) => sum + length, 0));
    let from = 0;
    return parts.map((own, place) => ({ parts: own, levels: levels.subarray(from, (from += lengths[place])) }));
  };
  const own = lists(terms.map((term) => term.head));
  const lent = lists(lents);
  terms.forEach((term, place) => Object.assign(term, { own: own[place], lent: lent[place] }));
  return { forms, term: (place) => terms[termOf[place]] };
}

/** Two lists of postings as one, in the order of parts. */
function merged(a, b) {
  const length = a.parts.length + b.parts.length;
  const whole = { parts: new Uint32Array(length), levels: new Uint8Array(length) };
  for (let at = 0, i = 0, j = 0; at < length; at++) {
    const [from, place] = j >= b.parts.length || a.parts[i] < b.parts[j] ? [a, i++] : [b, j++];
    whole.parts[at] = from.parts[place];
    whole.levels[at] = from.levels[place];
  }
  return whole;
}

// ---- Spelling ----

/** How many letters are missing, added, wrong or swapped with the next: optimal string alignment; `most` + 1 at most. */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) {
    return most + 1;
  }
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      least = Math.min(least, row[j]);
    }
    if (least > most) {
      return most + 1;
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}

const backward = (word) => [...word].reverse().join("");

// ---- Questions ----

/** What is asked for: words, phrases, and what is not wanted. */
function parsed(text) {
  const asked = { words: [], phrases: [], without: [] };
  let rest = MOST_WORDS;
  for (const { 1: minus, 2: phrase, 3: run, index } of text.matchAll(/(?<!\S)(-?)["“”]([^"“”]*)["“”]?|(\S+?)(?=["“”]|\s|$)/gu)) {
    const excluded = minus || (phrase === undefined && /^[-−](?=[\p{L}\p{N}])/u.test(run));
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
function nameAt(forms, root) {
  const ids = forms.map((form) => root.names.words[form]);
  const [name, concept] = root.names.of.find(([name]) => name.every((word, place) => word === ids[place])) ?? [];
  return name && { length: name.length, form: `~${concept}` };
}

/**
 * What has to be found: each clause a form of the dictionary, with how often it was asked for. Names of a concept are
 * asked for by the concept; words that say nothing only where there are no others.
 */
function clauses(asked, root) {
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

/** How much a term tells that so many of all parts have (BM25). */
const idf = (all, having) => Math.log(1 + (all - having + 0.5) / (having + 0.5));

class Index {
  #base;
  #fetch;
  #root;
  #files;
  #name;

  constructor(base, fetch, name, root) {
    Object.assign(this, { facets: root.facets });
    this.#base = base;
    this.#fetch = fetch;
    this.#name = name;
    this.#use(root);
  }

  #use(root) {
    const list = (text) => (text ? text.split(" ") : []);
    const lists = Object.fromEntries(["terms", "starts", "ends"].map((name) => [name, list(root[name])]));
    this.#files = new Files(`${this.#base}${root.state}/`, this.#fetch, root.preface);
    this.#root = { ...root, ...lists, stop: new Set(list(root.stop)), first: undefined, pageOf: undefined };
    if (root.longer.length) {
      this.#number(root);
    }
  }

  /** The page of each part and the first part of each page, where some pages have several. */
  #number({ pages, parts, longer }) {
    const counts = new Map(longer);
    const first = new Uint32Array(pages + 1);
    const pageOf = new Uint32Array(parts);
    for (let page = 0, part = 0; page < pages; page++) {
      first[page] = part;
      pageOf.fill(page, part, (part += counts.get(page) ?? 1));
      first[page + 1] = part;
    }
    Object.assign(this.#root, { first, pageOf });
  }

  /** Searches, once more where the site was published anew in between. */
  async search(text, options = {}) {
    return this.#fresh(() => this.#search(String(text ?? ""), options));
  }

  /** Titles and terms that fit what somebody has begun to write. */
  async suggest(text, { limit = 8 } = {}) {
    return this.#fresh(() => this.#suggest(String(text ?? ""), limit));
  }

  async #fresh(work) {
    try {
      return await work();
    } catch (error) {
      const root = await rootOf(this.#base, this.#fetch, this.#name);
      if (root.state === this.#root.state) {
        throw error;
      }
      this.#use(root);
      return work();
    }
  }

  async #search(text, { filters, limit = 10, offset = 0, sort = "relevance" }) {
    const asked = parsed(text);
    const all = !asked.words.length && !asked.phrases.length;
    if (all && !(filters && (Object.values(filters).flat().length || sort !== "relevance"))) {
      return { total: 0, results: [], facets: filters ? await this.#counts(() => 0, filters) : {}, corrected: null, near: [] };
    }
    const exact = Boolean(filters || sort !== "relevance" || asked.phrases.length || asked.without.length);
    const columns = filters && this.#columns();
    columns?.catch(() => {});
    const meant = await this.#meant(clauses(asked, this.#root), asked);
    const found = await this.#scored(meant.clauses, exact, all);
    await this.#narrow(found, asked);
    const facets = columns ? await this.#counts((page) => found.scores[page] > 0, filters) : {};
    const kept = columns ? await this.#allowed(filters) : () => true;
    const ranked = await this.#ranked(found, kept, sort, offset + limit);
    const shown = ranked.pages.slice(offset, offset + limit);
    const near = ranked.total || !text.trim() ? [] : await this.#near(asked);
    return {
      total: ranked.total,
      results: await Promise.all(shown.map((page) => this.#result(page, found, meant.clauses))),
      facets,
      corrected: meant.corrected(text),
      near,
    };
  }

  // ---- Terms ----

  async #shards(form, open) {
    const places = open ? filesOf(this.#root.terms, form, MOST_SHARDS) : filesOf(this.#root.terms, form, 1);
    return Promise.all(places.map((place) => this.#files.bytes(`t${place}`, shard)));
  }

  /** The terms of a form; where `open`, of the forms that it is the beginning of. */
  async #terms(form, open) {
    const shards = await this.#shards(form, open);
    for (const { forms, term } of shards) {
      const place = forms.indexOf(form);
      if (place >= 0) {
        return [term(place)];
      }
    }
    if (!open) {
      return [];
    }
    const begun = shards.flatMap(({ forms, term }) => forms.flatMap((known, place) => (known.startsWith(form) ? [term(place)] : [])));
    return [...new Set(begun)].sort((a, b) => b.count - a.count).slice(0, MOST_COMPLETED);
  }

  /** The clauses with their terms, words that nothing has replaced by what was meant. */
  async #meant(clauses, asked) {
    await Promise.all(
      clauses.map(async (clause) => {
        const forms = [clause.form, ...clause.also].map((form) => this.#terms(form, clause.word && clause.word === asked.open));
        clause.terms = [...new Set((await Promise.all(forms)).flat())];
      }),
    );
    const missing = clauses.filter(({ word, terms }) => word && !terms.length);
    const changes = [];
    await Promise.all(
      missing.map(async (clause) => {
        const forms = await this.#alike(clause.form);
        const terms = await Promise.all(forms.map((form) => this.#terms(form)));
        clause.meant = forms.flatMap((form, place) => terms[place].map((term) => ({ form, term })));
      }),
    );
    for (const clause of missing.filter(({ meant }) => meant.length)) {
      const { form, term } = await this.#best(clause, clauses);
      clause.terms = [term];
      changes.push({ ...clause.word, to: form });
    }
    const corrected = (text) => {
      if (!changes.length) {
        return null;
      }
      changes.sort((a, b) => b.start - a.start);
      return changes.reduce((all, { start, end, to }) => all.slice(0, start) + to + all.slice(end), text);
    };
    return { clauses: clauses.filter(({ terms }) => terms.length), corrected };
  }

  /** Of what a misspelt word may have meant, that which stands with the other words on the best page. */
  async #best(clause, clauses) {
    const others = clauses.filter((other) => other !== clause && other.terms.length);
    let best;
    for (const meant of clause.meant) {
      const { scores } = await this.#scored([...others, { ...clause, terms: [meant.term] }], false);
      const pages = Array.from(meant.term.own.parts, (part) => scores[this.#page(part)]);
      const score = pages.reduce((most, score) => Math.max(most, score), 0);
      if (!best || score > best.score) {
        best = { ...meant, score };
      }
    }
    return best;
  }

  /** The forms most like a misspelt word, the most frequent first. */
  async #alike(form) {
    const letters = [...form].length;
    if (letters < 4) {
      return [];
    }
    const once = await this.#within(form, 1, (letters - 1) >> 1);
    return once.length || letters < 8 ? once : this.#within(form, 2, Math.floor(letters / 3));
  }

  /** The forms at most `most` letters away that share so many with the word at its beginning or its end. */
  async #within(form, most, shared) {
    const lists = [
      ["s", this.#root.starts, form, (known) => known],
      ["e", this.#root.ends, backward(form), backward],
    ];
    const found = new Map();
    const look = async ([name, firsts, word, turned]) => {
      const start = [...word].slice(0, shared).join("");
      const files = filesOf(firsts, start, MOST_MEANT).map((place) => this.#files.bytes(name + place, formsOf));
      for (const known of (await Promise.all(files)).flat()) {
        if (known.form.startsWith(start)) {
          const away = distance(word, known.form, most);
          if (away <= most) {
            found.set(turned(known.form), { form: turned(known.form), away, often: known.often });
          }
        }
      }
    };
    await Promise.all(lists.map(look));
    const all = [...found.values()].sort((a, b) => a.away - b.away || b.often - a.often || (a.form < b.form ? -1 : 1));
    return all.filter(({ away }) => away === all[0].away).slice(0, MOST_MEANT).map(({ form }) => form);
  }

  // ---- Scores ----

  #page(part) {
    return this.#root.pageOf ? this.#root.pageOf[part] : part;
  }

  /** Every posting of a term; only the greatest of a very common one, unless all are needed. */
  async #postings(term, exact) {
    if (term.tail === undefined || !exact) {
      return term.own;
    }
    const tail = await this.#files.bytes(`c${term.tail}`, (bytes) => {
      const count = bytes.number();
      return { parts: bytes.steps(count), levels: bytes.levels(count) };
    });
    return (term.whole ??= merged(term.own, tail));
  }

  /**
   * What each page scores, 0 for those that have none of the words; and what each part does. Of a page's parts, and
   * of the terms that a clause may mean, the best counts.
   */
  async #scored(clauses, exact, all) {
    const { pages, parts, pageOf } = this.#root;
    const scores = new Float64Array(pages);
    const lent = new Float64Array(pages);
    const ofParts = pageOf ? new Float64Array(parts) : scores;
    let most = 0;
    for (const { terms, times } of clauses) {
      const having = Math.min(parts, terms.reduce((sum, { count }) => sum + count, 0));
      const weight = Math.sqrt(times) * idf(parts, having);
      const lists = await Promise.all(terms.map((term) => this.#postings(term, exact)));
      if (terms.length === 1 && !pageOf) {
        most = Math.max(most, having);
        add(scores, lists[0], weight);
        add(lent, terms[0].lent, weight);
        continue;
      }
      const own = this.#bestOf(lists);
      const others = this.#bestOf(terms.map((term) => term.lent));
      own.forEach((level, page) => (scores[page] += weight * level));
      others.forEach((level, page) => (lent[page] += own.has(page) ? 0 : weight * level));
      if (pageOf) {
        lists.forEach((list) => add(ofParts, list, weight));
      }
    }
    if (all) {
      scores.fill(1);
    }
    for (let page = 0; page < pages; page++) {
      scores[page] += scores[page] && lent[page];
    }
    return { scores, ofParts, least: exact ? 0 : most };
  }

  /** The best level of each page in some lists of postings. */
  #bestOf(lists) {
    const best = new Map();
    for (const { parts, levels } of lists) {
      for (let place = 0; place < parts.length; place++) {
        const page = this.#page(parts[place]);
        best.set(page, Math.max(best.get(page) ?? 0, levels[place]));
      }
    }
    return best;
  }

  /** Takes away the pages that lack a phrase or have what is not wanted. */
  async #narrow({ scores }, { phrases, without }) {
    for (const { forms, exact } of without) {
      const pages = await this.#having(forms);
      const kept = exact && forms.length > 1 ? await this.#reading(pages, forms, scores) : pages;
      kept.forEach((page) => (scores[page] = 0));
    }
    for (const forms of phrases) {
      const pages = (await this.#having(forms)).filter((page) => scores[page]);
      const read = new Set(await this.#reading(pages, forms, scores));
      scores.forEach((score, page) => (scores[page] = read.has(page) ? score : 0));
    }
  }

  /** The pages that have every one of these words that says something. */
  async #having(forms) {
    const name = nameAt(forms, this.#root);
    const telling = forms.filter((form) => !this.#root.stop.has(form));
    const wanted = name?.length === forms.length ? [name.form] : telling.length ? telling : forms;
    const lists = await Promise.all(
      wanted.map(async (form) => {
        const terms = await this.#terms(form);
        return new Set(this.#bestOf(await Promise.all(terms.map((term) => this.#postings(term, true)))).keys());
      }),
    );
    return [...lists[0]].filter((page) => lists.every((list) => list.has(page)));
  }

  /** Those of some pages in whose texts words stand as they were asked for: the best are read. */
  async #reading(pages, forms, scores) {
    const best = pages.sort((a, b) => scores[b] - scores[a] || a - b).slice(0, MOST_READ);
    const phrase = ` ${forms.join(" ")} `;
    const says = (text) => ` ${words(text).map(({ form }) => form).join(" ")} `.includes(phrase);
    const read = await Promise.all(
      best.map(async (page) => {
        const records = await Promise.all(this.#partsOf(page).map((part) => this.#record(part)));
        const texts = records.flatMap(([sections, , title = "", , summary = ""]) => [title, summary, ...sections.flatMap(([, heading, text]) => [heading, text])]);
        return texts.some(says);
      }),
    );
    return best.filter((_, place) => read[place]);
  }

  // ---- Facets and orders ----

  /** By facet: its values, and the sets of them that pages have. */
  #columns() {
    return this.#files.bytes("facets", (bytes) => {
      const values = JSON.parse(new TextDecoder().decode(bytes.take(bytes.number())));
      return values.map((own) => {
        const sets = Array.from({ length: bytes.number() }, () => bytes.steps(bytes.number()));
        const ofPage = new Uint32Array(this.#root.pages);
        for (let page = 0, set = 0; page < ofPage.length; page++) {
          const step = bytes.number();
          ofPage[page] = set += step & 1 ? -(step + 1) / 2 : step / 2;
        }
        return { values: own, sets, ofPage };
      });
    });
  }

  /** For each facet, whether a page has one of the values that are asked for. */
  async #tests(filters) {
    const columns = await this.#columns();
    return columns.map(({ values, sets, ofPage }, place) => {
      const wanted = [filters[this.#root.facets[place].name] ?? []].flat();
      if (!wanted.length) {
        return () => true;
      }
      const places = new Set(values.flatMap(([value], at) => (wanted.includes(value) ? [at] : [])));
      const fits = sets.map((set) => set.some((value) => places.has(value)));
      return (page) => fits[ofPage[page]];
    });
  }

  async #allowed(filters) {
    const tests = await this.#tests(filters);
    return (page) => tests.every((test) => test(page));
  }

  /** How many of the pages that were found have each value, by facet; the facet's own filter does not count. */
  async #counts(isFound, filters) {
    const [columns, tests] = [await this.#columns(), await this.#tests(filters)];
    const counts = columns.map(({ values }) => new Uint32Array(values.length));
    for (let page = 0; page < this.#root.pages; page++) {
      if (!isFound(page)) {
        continue;
      }
      const failed = tests.flatMap((test, place) => (test(page) ? [] : [place]));
      columns.forEach(({ sets, ofPage }, place) => {
        if (!failed.length || (failed.length === 1 && failed[0] === place)) {
          sets[ofPage[page]].forEach((value) => (counts[place][value] += 1));
        }
      });
    }
    const facet = ({ name }, place) => {
      const chosen = [filters[name] ?? []].flat();
      const all = columns[place].values.map(([value, label], at) => ({ value, label, count: counts[place][at] }));
      return [name, all.filter(({ value, count }) => count || chosen.includes(value))];
    };
    return Object.fromEntries(this.#root.facets.map(facet));
  }

  /** The first `most` of the pages that were found, in an order, and how many there are in all. */
  async #ranked({ scores, least }, kept, sort, most) {
    let pages = [];
    for (let page = 0; page < scores.length; page++) {
      if (scores[page] > 0 && kept(page)) {
        pages.push(page);
      }
    }
    const total = Math.max(pages.length, least);
    if (sort === "newest" || sort === "title") {
      const file = sort === "title" ? "titles" : sort;
      const ranks = await this.#files.bytes(file, (bytes) => bytes.numbers(scores.length));
      return { total, pages: pages.sort((a, b) => ranks[a] - ranks[b]) };
    }
    if (pages.length > 4 * most) {
      const worst = Float64Array.from(pages, (page) => scores[page]).sort().at(-most) ?? Infinity;
      pages = pages.filter((page) => scores[page] >= worst);
    }
    return { total, pages: pages.sort((a, b) => scores[b] - scores[a] || a - b) };
  }

  // ---- Results ----

  #partsOf(page) {
    const { first } = this.#root;
    return first ? Array.from({ length: first[page + 1] - first[page] }, (_, place) => first[page] + place) : [page];
  }

  async #record(part) {
    const { perFile } = this.#root;
    const records = await this.#files.texts(Math.floor(part / perFile));
    return records[part % perFile];
  }

  async #result(page, { ofParts }, clauses) {
    const parts = this.#partsOf(page);
    const best = parts.reduce((a, b) => (ofParts[b] > ofParts[a] ? b : a));
    const [[, url, title, kind, summary, date, terms], [sections]] = await Promise.all([this.#record(parts[0]), this.#record(best)]);
    const fields = Object.fromEntries(terms.flatMap((labels, place) => (labels.length ? [[this.#root.facets[place + 1].name, labels]] : [])));
    if (date) {
      fields.date = date;
    }
    const passage = passageOf(sections, summary, this.#marker(clauses));
    const section = passage.anchor && passage.heading ? { title: passage.heading, url: `${url}#${passage.anchor}` } : null;
    return { url, title, kind, summary, excerpt: passage.excerpt, marks: passage.marks, section, fields };
  }

  /** What finds the words of the clauses in a text: their places, and which clause each belongs to. */
  #marker(clauses) {
    const { parts } = this.#root;
    const forms = new Map();
    for (const { terms } of clauses) {
      const weight = idf(parts, Math.min(parts, terms.reduce((sum, { count }) => sum + count, 0)));
      terms.forEach((term) => term.forms.forEach((form) => forms.set(form, { terms, weight })));
    }
    const named = [...forms.keys()].some((form) => form.startsWith("~"));
    return (text) => {
      const found = words(text);
      const marks = [];
      for (let place = 0; place < found.length; place++) {
        const name = named && nameAt(found.slice(place, place + MOST_WORDS).map(({ form }) => form), this.#root);
        const clause = (name && forms.get(name.form)) || forms.get(found[place].form);
        if (clause) {
          const last = name && forms.has(name.form) ? place + name.length - 1 : place;
          marks.push({ start: found[place].start, end: found[last].end, clause });
          place = last;
        }
      }
      return marks;
    };
  }

  // ---- Suggestions ----

  /** Terms whose labels have words that begin with those asked for. */
  async #fitting(asked) {
    const columns = await this.#columns();
    const fits = (label) => {
      const own = words(label).map(({ form }) => form);
      return asked.every(({ form }) => own.some((word) => word.startsWith(form)));
    };
    const terms = columns.flatMap(({ values }, place) =>
      values.flatMap(([, title, url]) => (url && fits(title) ? [{ title, url, kind: this.#root.facets[place].label }] : [])),
    );
    return terms.sort((a, b) => a.title.length - b.title.length);
  }

  async #suggest(text, limit) {
    const asked = words(text);
    if (!asked.length) {
      return [];
    }
    const [terms, { results }] = await Promise.all([this.#fitting(asked), this.#search(text, { limit })]);
    const fits = ({ title }) => {
      const own = words(title).map(({ form }) => form);
      return asked.every(({ form }) => own.some((word) => word.startsWith(form)));
    };
    const pages = [...results.filter(fits), ...results.filter((result) => !fits(result))];
    const room = Math.max(limit >> 1, limit - pages.length);
    const own = terms.slice(0, room);
    return [...own, ...pages.map(({ title, url, kind }) => ({ title, url, kind }))].slice(0, limit);
  }

  /** Terms whose labels have a word like one of those asked for, for whoever found nothing. */
  async #near({ words: asked }) {
    const columns = await this.#columns();
    const away = (label) => {
      const own = words(label).map(({ form }) => form);
      const each = asked.flatMap(({ form }) => own.map((word) => distance(form, word, 3) / Math.max(form.length, word.length)));
      return Math.min(1, ...each);
    };
    const terms = columns.slice(1).flatMap(({ values }) => values.map(([, title, url]) => ({ title, url, away: away(title) })));
    const near = terms.filter(({ away }) => away <= 0.4).sort((a, b) => a.away - b.away);
    return near.slice(0, 5).map(({ title, url }) => ({ title, url }));
  }
}

/** The forms in a file for misspelt words, and how often each stands, roughly. */
function formsOf(bytes) {
  const count = bytes.number();
  const forms = bytes.words(count);
  const often = bytes.take(count);
  return forms.map((form, place) => ({ form, often: often[place] }));
}

function add(sums, { parts, levels }, weight) {
  for (let place = 0; place < parts.length; place++) {
    sums[parts[place]] += weight * levels[place];
  }
}

/** The stretch of a text that has most of what was asked for, with the words that were and the heading above it. */
function passageOf(sections, summary, marker) {
  let best = { worth: 0, text: "", from: 0, marks: [] };
  for (const [anchor, heading, text] of [["", "", summary], ...sections]) {
    const marks = marker(text);
    marks.forEach((first, place) => {
      const near = marks.slice(place).filter(({ end }) => end <= first.start + PASSAGE);
      const clauses = new Map(near.map(({ clause }) => [clause.terms, clause.weight]));
      const worth = [...clauses.values()].reduce((sum, weight) => sum + weight, 0) * (1 + near.length / 1000);
      if (worth > best.worth) {
        best = { worth, anchor, heading, text, from: first.start, marks };
      }
    });
  }
  if (!best.worth) {
    best.text = summary || sections[0]?.[2] || "";
  }
  return { ...best, ...excerptOf(best) };
}

/** A part of a text from shortly before a place on, and the marks in it. */
function excerptOf({ text, from, marks }) {
  const before = text.slice(Math.max(0, from - EXCERPT / 3), from);
  const sentence = Math.max(before.lastIndexOf("\n"), ...[". ", "? ", "! "].map((end) => before.lastIndexOf(end) + 1));
  const space = before.length < from ? before.indexOf(" ") : -1;
  const start = from - before.length + (sentence > 0 ? sentence + 1 : before.length < from ? space + 1 : 0);
  const whole = text.length <= start + EXCERPT;
  const cut = text.lastIndexOf(" ", start + EXCERPT);
  const end = whole ? text.length : cut > start + EXCERPT / 2 ? cut : start + EXCERPT;
  const lead = start > 0 && sentence <= 0 ? "…" : "";
  const shift = lead.length - start;
  return {
    excerpt: lead + text.slice(start, end).replaceAll("\n", " ") + (whole ? "" : "…"),
    marks: marks.filter((mark) => mark.start >= start && mark.end <= end).map((mark) => [mark.start + shift, mark.end + shift]),
  };
}

async function rootOf(base, fetch, name) {
  const response = await fetch(base + name);
  if (!response.ok) {
    throw new Error(`The search index could not be loaded (${response.status}).`);
  }
  const root = await response.json();
  if (root.version !== VERSION) {
    throw new Error("The search index is of another version than its reader.");
  }
  return root;
}

/**
 * The index at `base`, the address of the folder that holds it, with a slash at its end; `language` is only for
 * another than the site's main one. Throws where it can't be loaded or is of another version.
 */
export async function open(base, { fetch = globalThis.fetch, language } = {}) {
  const name = language ? `index.${language}.json` : "index.json";
  return new Index(base, fetch, name, await rootOf(base, fetch, name));
}
