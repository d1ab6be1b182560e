// What pages are worth to a question.

/**
 * How much it tells that a part has a term that so many of all parts have (BM25). Logarithms differ in their last
 * digits from engine to engine, so these go: what is equal in one is in all.
 */
export const idf = (all, having) => Math.fround(Math.log(1 + (all - having + 0.5) / (having + 0.5)));

function add(sums, { parts, levels }, weight) {
  for (let place = 0; place < parts.length; place++) {
    sums[parts[place]] += weight * levels[place];
  }
}

/**
 * What each page scores, 0 for those that have none of the words; what each part does; and how many pages have the
 * most frequent word, where not all of its postings were read. Of a page's parts, and of the terms that a clause may
 * mean, the best counts.
 */
export async function scored(state, clauses, exact) {
  const { pages, parts } = state.root;
  const scores = new Float64Array(pages);
  const lent = new Float64Array(pages);
  const ofParts = state.pageOf ? new Float64Array(parts) : scores;
  let most = 0;
  for (const { terms, times, having } of clauses) {
    const weight = Math.sqrt(times) * idf(parts, having);
    const lists = await Promise.all(terms.map((term) => state.postings(term, exact)));
    if (terms.length === 1 && !state.pageOf) {
      most = exact ? 0 : Math.max(most, having);
      add(scores, lists[0], weight);
      add(lent, terms[0].lent, weight);
      continue;
    }
    const own = state.best(lists);
    const others = state.best(terms.map((term) => term.lent));
    own.forEach((level, page) => (scores[page] += weight * level));
    others.forEach((level, page) => (lent[page] += own.has(page) ? 0 : weight * level));
    if (state.pageOf) {
      lists.forEach((list) => add(ofParts, list, weight));
    }
  }
  // What neighbours lend moves a page up, and finds none by itself.
  for (let page = 0; page < pages; page++) {
    scores[page] += scores[page] && lent[page];
  }
  return { scores, ofParts, most };
}

/** The first `wanted` of the pages that were found, by score or by a column of ranks, and how many there are in all. */
export function ranked({ scores, most }, kept, ranks, wanted) {
  let pages = [];
  for (let page = 0; page < scores.length; page++) {
    if (scores[page] > 0 && kept(page)) {
      pages.push(page);
    }
  }
  const total = Math.max(pages.length, most);
  if (ranks) {
    return { total, pages: pages.sort((a, b) => ranks[a] - ranks[b]) };
  }
  // Sorting numbers is fast, sorting by a rule is not: only those pages are that may be shown.
  if (pages.length > 4 * wanted) {
    const worst = Float64Array.from(pages, (page) => scores[page]).sort().at(-wanted) ?? Infinity;
    pages = pages.filter((page) => scores[page] >= worst);
  }
  return { total, pages: pages.sort((a, b) => scores[b] - scores[a] || a - b) };
}
