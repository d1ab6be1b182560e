// Runs the engines one after the other, each in a process of its own, so that one that fails costs only its own row.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const ALL = ["casebook", "pagefind", "lunr", "elasticlunr", "minisearch"];

/** The reason in a few words for which a process ended without figures. */
function reason({ error, status, signal, stderr }, limit) {
  if (error?.code === "ETIMEDOUT") {
    return `gave up after ${limit} s`;
  }
  if (signal || /heap out of memory/.test(stderr)) {
    return "ran out of memory";
  }
  const said = stderr.match(/^\w*Error: .*$/m)?.[0] ?? stderr.trim().split("\n").at(-1);
  return `failed: ${said || `status ${status}`}`;
}

/** The figures of each engine on a task, or why there are none: `{engine, failed}`. */
export function measure(task, { engines = ALL, work, limit }) {
  const folder = join(work, task.name.replace(/\W+/g, "-"));
  mkdirSync(folder, { recursive: true });
  const taskFile = join(folder, "task.json");
  writeFileSync(taskFile, JSON.stringify(task));
  return engines.map((engine) => {
    const script = join(import.meta.dirname, "engine.mjs");
    const place = join(folder, engine);
    process.stderr.write(`${task.name}: ${engine} … `);
    const began = performance.now();
    const run = spawnSync(process.execPath, [script, engine, taskFile, place], {
      encoding: "utf8",
      timeout: limit * 1000,
      maxBuffer: 1 << 28,
    });
    rmSync(place, { recursive: true, force: true });
    const took = ((performance.now() - began) / 1000).toFixed(0);
    const ended = run.status === 0 ? "done" : reason(run, limit);
    process.stderr.write(`${ended}, ${took} s\n`);
    return run.status === 0 ? JSON.parse(run.stdout.trim().split("\n").at(-1)) : { engine, failed: ended };
  });
}
