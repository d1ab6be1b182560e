// Measures one engine on one task, in a process of its own: what one needs or leaves behind touches no other.
//
//   node engine.mjs NAME TASK.json FOLDER        prints the figures as JSON
import { mkdirSync, readFileSync } from "node:fs";
import { Host } from "./host.mjs";
import { cold, median, onDisk, p99, warm } from "./cost.mjs";
import { judge } from "./quality.mjs";

const [engineName, taskFile, folder] = process.argv.slice(2);
const engine = await import(`./peers/${engineName}.mjs`);
const task = JSON.parse(readFileSync(taskFile, "utf8"));

mkdirSync(folder, { recursive: true });
const built = await engine.build(task, folder);
const figures = {
  engine: engine.name,
  disk: onDisk(engine, built),
  seconds: built.seconds,
  whole: built.whole,
  cold: await cold(engine, built, task.cold),
};

if (task.facets && !engine.loadsAll) {
  const withFacets = await cold(engine, built, task.cold, { filters: {} });
  figures.facets = withFacets.bytes - figures.cold.bytes;
}

let times;
if (task.judged) {
  const index = await engine.open(new Host(built.root), built);
  const judged = await judge(index, task.judged);
  times = judged.times;
  figures.ndcg = judged.ndcg;
  figures.empty = judged.empty;
  figures.clean = (await judge(index, task.clean)).success;
  figures.typo = (await judge(index, task.typo)).success;
} else {
  times = await warm(engine, built, task.warm);
}
figures.warm = { median: median(times), p99: p99(times) };

console.log(JSON.stringify(figures));
