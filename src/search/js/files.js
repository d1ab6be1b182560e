// The files of one state of the index.

import { Bytes } from "./bytes.js";

async function inflated(parts, format) {
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream(format));
  return new Response(stream).arrayBuffer();
}

/** A stretch of bytes as DEFLATE stores it, for what follows to refer to (RFC 1951, 3.2.4). */
function stored(bytes) {
  const length = bytes.length;
  return [new Uint8Array([0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255]), bytes];
}

/** The files, each loaded once. */
export class Files {
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
