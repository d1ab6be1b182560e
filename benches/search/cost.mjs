// What an answer costs: bytes, requests and round trips of the first one, the time of those after it.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Host } from "./host.mjs";

const LIMIT = 5;
// Long beside what a reader works between two requests, so that a trip is told from a pause.
const DELAY = 400;

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
export const median = (numbers) => sorted(numbers)[numbers.length >> 1];
export const p99 = (numbers) => sorted(numbers)[Math.floor(numbers.length * 0.99)];

async function first(engine, built, text, { delay = 0, ...options } = {}) {
  const host = new Host(built.root);
  host.delay = delay;
  const began = performance.now();
  const index = await engine.open(host, built);
  const results = await index.search(text, { limit: LIMIT, ...options });
  return { work: performance.now() - began, ...host.take(), results: results.length };
}

/**
 * The cost of the first answer to each text, from nothing, the reader's script included: bytes, requests, round trips,
 * milliseconds of work where the host takes no time, how many results came. Medians.
 */
export async function cold(engine, built, texts, options) {
  const asked = engine.loadsAll ? texts.slice(0, 1) : texts;
  const costs = [];
  for (const text of asked) {
    costs.push(await first(engine, built, text, options));
  }
  const { trips } = await first(engine, built, texts[0], { ...options, delay: DELAY });
  const middle = (key) => median(costs.map((cost) => cost[key]));
  const middles = ["bytes", "requests", "work", "results"].map((key) => [key, middle(key)]);
  return { ...Object.fromEntries(middles), trips };
}

/** Milliseconds of each query, one after the other, in an index that stays open. */
export async function warm(engine, built, texts) {
  const index = await engine.open(new Host(built.root), built);
  const times = [];
  for (const text of texts) {
    const began = performance.now();
    await index.search(text, { limit: 10 });
    times.push(performance.now() - began);
  }
  return times;
}

/** Bytes of the files of an index, as they lie on the disk. */
export function onDisk(engine, { root, index = root }) {
  return readdirSync(index, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !engine.notIndex?.test(entry.name))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
