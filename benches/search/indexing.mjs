// What the index adds to a build: medians of whole builds and of their stages.
//
//   node indexing.mjs [--pages 10000] [--runs 3] [--without "FLAGS"] [--shared DIR] [--work DIR]
//
// `--without` names flags of `casebook build` that leave the index out; both ways are then built in turn.
import * as corpus from "./corpus.mjs";
import { median } from "./cost.mjs";
import { buildLibrary } from "./peers/casebook.mjs";
import { settings } from "./settings.mjs";
import { measured, seconds, table } from "./table.mjs";

const options = settings({
  pages: { type: "string", default: "10000" },
  runs: { type: "string", default: "3" },
  without: { type: "string" },
});
const library = corpus.library(Number(options.pages), options);
const ways = { "with the index": [], ...(options.without && { "without it": options.without.split(" ") }) };
const builds = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));

// The first round warms the file cache and does not count.
for (let round = 0; round <= Number(options.runs); round++) {
  for (const [way, flags] of Object.entries(ways)) {
    const built = buildLibrary(library, flags);
    if (round > 0) {
      builds[way].push(built);
    }
  }
}

const stages = Object.keys(builds["with the index"][0].stages);
const middle = (way, time) => seconds(median(builds[way].map(time)));
console.log(`${measured()}\n`);
console.log(
  table(
    [
      ["build", (way) => way],
      ["whole", (way) => middle(way, (built) => built.seconds)],
      ...stages.map((stage) => [stage, (way) => middle(way, (built) => built.stages[stage] ?? 0)]),
    ],
    Object.keys(ways),
  ),
);
