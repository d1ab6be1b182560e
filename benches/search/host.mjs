// A host of static files in a folder, which counts what a browser would load from it.
import { readFileSync } from "node:fs";
import { join, normalize, sep } from "node:path";
import { gzipSync } from "node:zlib";

export const ORIGIN = "https://example.org/";

const COMPRESSED = /\.(gz|br|png|webp|woff2)$/;

export class Host {
  /** Milliseconds that every answer takes. */
  delay = 0;
  #root;
  #files = new Map();
  #loaded = [];
  #trips = 0;

  constructor(root) {
    this.#root = normalize(root);
  }

  /** Answers an address as the `fetch` of a browser does. */
  fetch = async (address) => {
    // Whatever starts before this one is answered does not wait for it, and is of the same round trip.
    const trip = this.#trips + 1;
    const path = decodeURIComponent(new URL(String(address), ORIGIN).pathname);
    const bytes = this.#read(path);
    if (this.delay) {
      await new Promise((done) => setTimeout(done, this.delay));
    }
    this.#trips = Math.max(this.#trips, trip);
    if (!bytes) {
      return new Response("", { status: 404 });
    }
    this.#loaded.push(path);
    return new Response(bytes);
  };

  /** What was loaded since the last call: bytes as they are sent, requests, serial round trips. */
  take() {
    const loaded = this.#loaded;
    const cost = {
      bytes: loaded.reduce((sum, path) => sum + this.#sent(path), 0),
      requests: loaded.length,
      trips: this.#trips,
      files: loaded.map((path) => [path, this.#sent(path)]),
    };
    this.#loaded = [];
    this.#trips = 0;
    return cost;
  }

  #read(path) {
    const file = join(this.#root, path);
    if (!this.#files.has(path) && file.startsWith(this.#root + sep)) {
      try {
        this.#files.set(path, { bytes: readFileSync(file) });
      } catch {
        return undefined;
      }
    }
    return this.#files.get(path)?.bytes;
  }

  /** The size of a file as a host sends it. Counted after the fact, so that no query waits for the compression. */
  #sent(path) {
    const file = this.#files.get(path);
    const { bytes } = file;
    const compressed = COMPRESSED.test(path) || (bytes[0] === 0x1f && bytes[1] === 0x8b);
    file.sent ??= compressed ? bytes.length : gzipSync(bytes, { level: 9 }).length;
    return file.sent;
  }
}
