// The dictionary: where a form stands, and the terms with their postings.

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
export function filesOf(firsts, start, most) {
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
export function shard(bytes) {
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
export function merged(a, b) {
  const length = a.parts.length + b.parts.length;
  const whole = { parts: new Uint32Array(length), levels: new Uint8Array(length) };
  for (let at = 0, i = 0, j = 0; at < length; at++) {
    const [from, place] = j >= b.parts.length || a.parts[i] < b.parts[j] ? [a, i++] : [b, j++];
    whole.parts[at] = from.parts[place];
    whole.levels[at] = from.levels[place];
  }
  return whole;
}

/** The postings of a very common term that its shard leaves out. */
export function tail(bytes) {
  const count = bytes.number();
  return { parts: bytes.steps(count), levels: bytes.levels(count) };
}

/** The forms in a file for misspelt words, and how often each stands, roughly. */
export function formsOf(bytes) {
  const count = bytes.number();
  const forms = bytes.words(count);
  const often = bytes.take(count);
  return forms.map((form, place) => ({ form, often: often[place] }));
}
