// Run with: node --test src/search/js/
import assert from "node:assert/strict";
import { test } from "node:test";
import { Bytes } from "./bytes.js";
import { filesOf, merged } from "./dictionary.js";
import { passageOf } from "./passage.js";
import { clauses, parsed } from "./question.js";
import { ranked, scored } from "./scores.js";
import { distance } from "./spelling.js";
import { words } from "./words.js";

const forms = (text) => words(text).map(({ form }) => form);

test("case, accents and signs make no difference", () => {
  assert.deepEqual(forms("The Tŷ’s ŵyth CHILDREN'S ﬁgures"), ["the", "tys", "wyth", "childrens", "figures"]);
  assert.deepEqual(forms("£1,200 and 12,5 or 1,2345; 18+"), ["1200", "and", "12", "5", "or", "1", "2345", "18"]);
  assert.deepEqual(forms("Casebook™ ½ İstanbul ΟΔΟΣ 🎉 <img>"), ["casebook", "1", "2", "istanbul", "οδοσ", "img"]);
  assert.deepEqual(forms("x".repeat(41)), []);
});

test("a word has its place in the text, and a hyphen joins it", () => {
  assert.deepEqual(words("a Well-being, part - time"), [
    { form: "a", start: 0, end: 1, joined: false },
    { form: "well", start: 2, end: 6, joined: false },
    { form: "being", start: 7, end: 12, joined: true },
    { form: "part", start: 14, end: 18, joined: false },
    { form: "time", start: 21, end: 25, joined: false },
  ]);
});

test("a question has words, phrases and what is not wanted", () => {
  const asked = parsed('mentoring "foster carers" -adoption -"care plan" well-being “un');
  assert.deepEqual(asked.words.map(({ form }) => form), ["mentoring", "well", "being"]);
  assert.deepEqual(asked.phrases, [["foster", "carers"], ["un"]]);
  assert.deepEqual(asked.without, [
    { forms: ["adoption"], exact: false },
    { forms: ["care", "plan"], exact: true },
  ]);
  assert.equal(asked.open, undefined);
  assert.equal(parsed("foster car").open?.form, "car");
  assert.equal(parsed("foster car ").open, undefined);
  for (const nothing of ["", "-", '"', '""', "- -", "🎉", "<>", "%$#"]) {
    const { words: own, phrases, without } = parsed(nothing);
    assert.deepEqual([own, phrases, without], [[], [], []], nothing);
  }
});

test("a question of ten thousand words asks for the first 64", () => {
  const asked = parsed("word ".repeat(10_000));
  assert.equal(asked.words.length, 64);
});

test("names stand for their concept, and words that say nothing are left out", () => {
  const root = { stop: new Set(["in", "the"]), names: { words: { children: 0, in: 1, care: 2, lac: 3 }, of: [[[0, 1, 2], 0], [[3], 0]] } };
  const of = (text) => clauses(parsed(text), root).map(({ form, times }) => [form, times]);
  assert.deepEqual(of("children in care in the lac home"), [["~0", 2], ["home", 1]]);
  assert.deepEqual(of("the in"), [["the", 1], ["in", 1]]);
  const [well, being] = clauses(parsed("well-being"), root);
  assert.deepEqual([[...well.also], [...being.also]], [["wellbeing"], ["wellbeing"]]);
});

test("faults are letters missing, added, wrong and swapped", () => {
  assert.equal(distance("fostering", "fostering", 2), 0);
  for (const wrong of ["ostering", "fosterring", "mostering", "fosterign"]) {
    assert.equal(distance(wrong, "fostering", 2), 1, wrong);
  }
  assert.equal(distance("kitten", "sitting", 2), 3);
  assert.equal(distance("a", "abcdef", 2), 3);
});

test("files are found by the first word of each", () => {
  const firsts = ["a", "care", "carer", "carers", "d"];
  assert.deepEqual(filesOf(firsts, "car", 3), [0, 1, 2]);
  assert.deepEqual(filesOf(firsts, "carer", 3), [2, 3]);
  assert.deepEqual(filesOf(firsts, "zebra", 3), [4]);
  assert.deepEqual(filesOf([], "a", 3), []);
});

test("lists of postings become one in the order of parts", () => {
  const list = (...pairs) => ({ parts: Uint32Array.from(pairs, ([part]) => part), levels: Uint8Array.from(pairs, ([, level]) => level) });
  assert.deepEqual(merged(list([1, 5], [9, 2]), list([0, 1], [4, 3])), list([0, 1], [1, 5], [4, 3], [9, 2]));
});

test("a file that breaks off is a fault, not a nonsense", () => {
  assert.throws(() => new Bytes(new Uint8Array([0x80])).number());
  assert.throws(() => new Bytes(new Uint8Array([1])).steps(2));
});

test("what neighbours lend moves a page up and finds none by itself", async () => {
  const list = (...pairs) => ({ parts: Uint32Array.from(pairs, ([part]) => part), levels: Uint8Array.from(pairs, ([, level]) => level) });
  const state = { root: { pages: 4, parts: 4 }, postings: async (term) => term.own };
  const clause = (own, lent) => ({ terms: [{ own, lent }], times: 1, having: 2 });
  const asked = [clause(list([0, 5], [1, 5]), list([2, 9])), clause(list([3, 2]), list([1, 4]))];
  const { scores } = await scored(state, asked, true);
  assert.ok(scores[1] > scores[0], "page 1 has the first word as page 0, and neighbours with the second");
  assert.equal(scores[2], 0);
  assert.ok(scores[3] > 0);
});

test("the best pages come first, however many there are", () => {
  const scores = Float64Array.from({ length: 1000 }, (_, page) => (page * 7) % 1000);
  const { total, pages } = ranked({ scores, most: 0 }, () => true, undefined, 3);
  assert.equal(total, 999);
  assert.deepEqual(pages.slice(0, 3).map((page) => scores[page]), [999, 998, 997]);
});

test("a heading that says what was asked for leads to its section", () => {
  const clause = (name) => ({ terms: name, weight: 1 });
  const marked = (of) => words(of).filter(({ form }) => ["fees", "school"].includes(form)).map((word) => ({ ...word, clause: clause(word.form) }));
  const sections = [["a", "First", "The school."], ["b", "School fees", "What they cost."], ["c", "Third", "Fees."]];
  const { anchor, excerpt } = passageOf(sections, "A school.", marked);
  assert.deepEqual([anchor, excerpt], ["b", "What they cost."]);
});

test("an excerpt shows most of what was asked for, on one line, with its marks", () => {
  const text = `${"Nothing here. ".repeat(30)}A list of\nmentors in Luton\nand others. ${"More of it. ".repeat(40)}`;
  const clause = (name) => ({ terms: name, weight: 1 });
  const marked = (of) => words(of).filter(({ form }) => ["mentors", "luton"].includes(form)).map((word) => ({ ...word, clause: clause(word.form) }));
  const { excerpt, marks, heading } = passageOf([["a", "First", "Luton."], ["b", "Second", text]], "", marked);
  assert.equal(heading, "Second");
  assert.ok(excerpt.startsWith("mentors in Luton · and others."), excerpt);
  assert.deepEqual(marks.map(([start, end]) => excerpt.slice(start, end)), ["mentors", "Luton"]);
  assert.ok(excerpt.length <= 260 && excerpt.endsWith("…"), excerpt);
});
