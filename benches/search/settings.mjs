// What the commands of this folder are told by their arguments, and the Python scripts they use.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ALL } from "./engines.mjs";

/** Ends the command with plain words where something that it needs is not there. */
function need(path, words) {
  if (!existsSync(path)) {
    console.error(words);
    process.exit(2);
  }
}

/** The options that every command has, with `more` (as `parseArgs` takes them). */
export function settings(more = {}) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      shared: { type: "string", default: process.env.SHARED ?? join(import.meta.dirname, "../../../shared") },
      engines: { type: "string", default: ALL.join(",") },
      limit: { type: "string", default: "300" },
      work: { type: "string" },
      ...more,
    },
  });
  need(join(import.meta.dirname, "node_modules"), "The peers are not installed. Run `npm ci` in benches/search first.");
  need(values.shared, `There is no folder ${values.shared}. Name the one with relevance/ and bench/ with --shared.`);
  return {
    ...values,
    positionals,
    shared: resolve(values.shared),
    engines: values.engines.split(","),
    limit: Number(values.limit),
    ...place(values.work),
  };
}

/** The folder to work in. One that was named is kept, with what took long to make in it. */
function place(named) {
  const work = named ? resolve(named) : mkdtempSync(join(tmpdir(), "casebook-search-"));
  if (!named) {
    process.on("exit", () => rmSync(work, { recursive: true, force: true }));
  }
  return { work };
}

export const python = (script, ...more) => execFileSync("python3", [script, ...more.map(String)], { encoding: "utf8" });
