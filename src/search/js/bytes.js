// Numbers and words in the bytes of a file, as format.rs writes them.

/** Numbers and words in the bytes of a file. */
export class Bytes {
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
