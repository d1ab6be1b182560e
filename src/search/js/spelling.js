// What somebody may have meant who misspelt a word.

import { filesOf, formsOf } from "./dictionary.js";

// A misspelt word may be one of so many; as many files are read for it.
const MOST_MEANT = 4;

// Shorter words are too like each other; longer ones may have two faults.
const SHORTEST = 4;
const LONG = 8;

/** How many letters are missing, added, wrong or swapped with the next: optimal string alignment; `most` + 1 at most. */
export function distance(a, b, most) {
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

/** The forms most like a misspelt word, the most frequent first. */
export async function alike(state, form) {
  const letters = [...form].length;
  if (letters < SHORTEST) {
    return [];
  }
  // One fault leaves the word's first half or its second as it is; two leave its first third or its last, mostly.
  const once = await within(state, form, 1, (letters - 1) >> 1);
  return once.length || letters < LONG ? once : within(state, form, 2, Math.floor(letters / 3));
}

/** The forms at most `most` faults away that share so many letters with the word at its beginning or its end. */
async function within({ root, files }, form, most, shared) {
  const found = new Map();
  const look = async (name, firsts, word, turned) => {
    const start = [...word].slice(0, shared).join("");
    const known = filesOf(firsts, start, MOST_MEANT).map((place) => files.bytes(name + place, formsOf));
    for (const { form: other, often } of (await Promise.all(known)).flat()) {
      const away = other.startsWith(start) ? distance(word, other, most) : Infinity;
      if (away <= most) {
        found.set(turned(other), { form: turned(other), away, often });
      }
    }
  };
  await Promise.all([
    look("s", root.starts, form, (other) => other),
    look("e", root.ends, backward(form), backward),
  ]);
  const all = [...found.values()].sort((a, b) => a.away - b.away || b.often - a.often || (a.form < b.form ? -1 : 1));
  const nearest = all.filter(({ away }) => away === all[0].away);
  return nearest.slice(0, MOST_MEANT).map(({ form: other }) => other);
}
