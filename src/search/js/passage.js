// What a result shows of a text.

import { idf } from "./scores.js";
import { nameAt } from "./question.js";
import { words } from "./words.js";

// How long an excerpt is, and how near to each other the words in it, in characters.
const EXCERPT = 240;
const PASSAGE = 160;

/** What finds the words of clauses in a text: their places, and the clause that each belongs to. */
export function marker({ root }, clauses) {
  const forms = new Map();
  for (const { terms, having } of clauses) {
    const clause = { terms, weight: idf(root.parts, having) };
    terms.flatMap((term) => term.forms).forEach((form) => forms.set(form, clause));
  }
  // Names of concepts stand with the longest first.
  const longest = [...forms.keys()].some((form) => form.startsWith("~")) ? root.names.of[0][0].length : 0;
  return (text) => {
    const found = words(text);
    const marks = [];
    for (let place = 0; place < found.length; place++) {
      const name = nameAt(found.slice(place, place + longest).map(({ form }) => form), root);
      const named = name && forms.get(name.form);
      const clause = named || forms.get(found[place].form);
      if (clause) {
        const last = named ? place + name.length - 1 : place;
        marks.push({ start: found[place].start, end: found[last].end, clause });
        place = last;
      }
    }
    return marks;
  };
}

/** The stretch of a text that has most of what was asked for, with the words that were and the heading above it. */
export function passageOf(sections, summary, marked) {
  let best = { worth: 0, text: "", from: 0, marks: [] };
  for (const [anchor, heading, text] of [["", "", summary], ...sections]) {
    const marks = marked(text);
    // What a heading says is said of all that stands under it, and of its beginning where the text has none of it.
    const named = marked(heading);
    const firsts = marks.length || !named.length ? marks : [{ start: 0 }];
    firsts.forEach((first, place) => {
      const near = marks.slice(place).filter(({ end }) => end <= first.start + PASSAGE);
      const clauses = new Map([...named, ...near].map(({ clause }) => [clause.terms, clause.weight]));
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

/** A place in a text, or the one before where it would part the two halves of a letter. */
const between = (text, place) => place - ((text.charCodeAt(place) & 0xfc00) === 0xdc00);

/** A part of a text from shortly before a place on, and the marks in it. */
function excerptOf({ text, from, marks }) {
  const before = text.slice(Math.max(0, from - EXCERPT / 3), from);
  const sentence = Math.max(before.lastIndexOf("\n"), ...[". ", "? ", "! "].map((end) => before.lastIndexOf(end) + 1));
  const space = before.length < from ? before.indexOf(" ") : -1;
  const start = between(text, from - before.length + (sentence > 0 ? sentence + 1 : before.length < from ? space + 1 : 0));
  const whole = text.length <= start + EXCERPT;
  const cut = text.lastIndexOf(" ", start + EXCERPT);
  const end = whole ? text.length : cut > start + EXCERPT / 2 ? cut : between(text, start + EXCERPT);
  const lead = start > 0 && sentence <= 0 ? "…" : "";
  const place = (at) => lead.length + oneLine(text.slice(start, at)).length;
  return {
    excerpt: lead + oneLine(text.slice(start, end)) + (whole ? "" : "…"),
    marks: marks.filter((mark) => mark.start >= start && mark.end <= end).map((mark) => [place(mark.start), place(mark.end)]),
  };
}

/** Lines as one; a dot stands between those that do not end like sentences, as the items of a list. */
function oneLine(text) {
  return text.replace(/([^.!?:;…])\n/g, "$1 · ").replaceAll("\n", " ");
}
