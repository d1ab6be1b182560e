// The terms that a question's words mean.

import { scored } from "./scores.js";
import { alike } from "./spelling.js";

/** Clauses with their terms; and the question as it was understood, or null where each word was found as it stands. */
export async function understood(state, clauses, asked, text) {
  await Promise.all(
    clauses.map(async (clause) => {
      const open = Boolean(clause.word) && clause.word === asked.open;
      const terms = await Promise.all([clause.form, ...clause.also].map((form) => state.terms(form, open)));
      mean(state, clause, [...new Set(terms.flat())]);
    }),
  );
  const missing = clauses.filter(({ word, terms }) => word && !terms.length);
  await Promise.all(
    missing.map(async (clause) => {
      const forms = await alike(state, clause.form);
      const terms = await Promise.all(forms.map((form) => state.terms(form)));
      clause.choices = forms.flatMap((form, place) => terms[place].map((term) => ({ form, term })));
    }),
  );
  const changes = [];
  for (const clause of missing.filter(({ choices }) => choices.length)) {
    const { form, term } = await best(state, clause, clauses);
    mean(state, clause, [term]);
    changes.push({ ...clause.word, to: form });
  }
  return { clauses: clauses.filter(({ terms }) => terms.length), corrected: changes.length ? changed(text, changes) : null };
}

function mean({ root }, clause, terms) {
  const having = Math.min(root.parts, terms.reduce((sum, { count }) => sum + count, 0));
  Object.assign(clause, { terms, having });
}

/** Of what a misspelt word may mean, that which stands with the other words on the best page. */
async function best(state, clause, clauses) {
  const others = clauses.filter((other) => other !== clause && other.terms.length);
  let found;
  for (const choice of clause.choices) {
    const own = { ...clause };
    mean(state, own, [choice.term]);
    const { scores } = await scored(state, [...others, own], false);
    const score = choice.term.own.parts.reduce((most, part) => Math.max(most, scores[state.page(part)]), 0);
    if (!found || score > found.score) {
      found = { ...choice, score };
    }
  }
  return found;
}

function changed(text, changes) {
  const fromTheEnd = changes.sort((a, b) => b.start - a.start);
  return fromTheEnd.reduce((all, { start, end, to }) => all.slice(0, start) + to + all.slice(end), text);
}
