// What a word is: the rule of words.rs.

const RUN = /[\p{Alphabetic}\p{M}\p{N}]+(?:(?:['’ʼ]+|,(?=\p{N}{3}))[\p{Alphabetic}\p{M}\p{N}]+)*/gu;
const WORD = /[\p{Alphabetic}\p{N}]+/gu;
const PLAIN = /^[a-z0-9]+$/i;
const LONGEST = 40;

/** A text without case, accents, apostrophes and the commas of thousands. */
export function folded(text) {
  return text
    .replace(/(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g, "")
    .replace(/['’ʼ]/g, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replaceAll("ς", "σ");
}

/** The words of a text with their places in it, and whether a hyphen alone joins each to the one before. */
export function words(text) {
  const found = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    let joined = found.length > 0 && /^['’ʼ]*[-‐]['’ʼ]*$/.test(text.slice(found.at(-1).end, index));
    // Nearly all runs are words as they stand, which saves most of the time of reading texts.
    for (const form of PLAIN.test(run) ? [run.toLowerCase()] : (folded(run).match(WORD) ?? [])) {
      if (form.length <= LONGEST || [...form].length <= LONGEST) {
        found.push({ form, start: index, end: index + run.length, joined });
        joined = false;
      }
    }
  }
  return found;
}
