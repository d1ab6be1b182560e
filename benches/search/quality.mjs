// How good answers are, judged against the documents that ought to be found.

const gain = (place) => 1 / Math.log2(place + 2);

/** nDCG@10 with yes-or-no judgements. */
function ndcg(found, relevant) {
  const gained = found.reduce((sum, id, place) => sum + (relevant.has(id) ? gain(place) : 0), 0);
  const best = [...relevant].slice(0, 10).reduce((sum, _, place) => sum + gain(place), 0);
  return gained / best;
}

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/**
 * The scores of an open index on `{queries: [{id, text}], relevant: {query: [document]}}`, and the milliseconds of each
 * query.
 */
export async function judge(index, { queries, relevant }) {
  const scores = { ndcg: [], success: [], empty: [] };
  const times = [];
  for (const { id, text } of queries) {
    const began = performance.now();
    const results = await index.search(text, { limit: 10 });
    times.push(performance.now() - began);

    const found = results.map((result) => result.id);
    if (new Set(found).size < found.length) {
      throw new Error(`the answer to “${text}” names a page twice`);
    }
    const wanted = new Set(relevant[id]);
    scores.ndcg.push(ndcg(found, wanted));
    scores.success.push(found.some((document) => wanted.has(document)) ? 1 : 0);
    scores.empty.push(found.length ? 0 : 1);
  }
  return { ndcg: mean(scores.ndcg), success: mean(scores.success), empty: mean(scores.empty), times };
}
