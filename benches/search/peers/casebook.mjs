// Casebook: builds the library whole, as its users do, and finds with the reader of the built site.
import { execFileSync, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ORIGIN } from "../host.mjs";

// Where test.sh builds, if nothing says otherwise.
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
const target = process.env.CARGO_TARGET_DIR ?? join(cache, "casebook/target");

const program = process.env.CASEBOOK ?? join(target, "release/casebook");

export const name = (() => {
  try {
    return `Casebook ${execFileSync(program, ["--version"], { encoding: "utf8" }).trim().split(" ").at(-1)}`;
  } catch {
    return "Casebook";
  }
})();

/** Builds a library from nothing: seconds of the whole, and of each stage as the command tells them. */
export function buildLibrary(library, more = []) {
  rmSync(join(library, "public"), { recursive: true, force: true });
  rmSync(join(library, ".public.casebook"), { recursive: true, force: true });
  const began = performance.now();
  const command = ["--root", library, "build", "--no-downloads", "--verbose", ...more];
  const run = spawnSync(program, command, { encoding: "utf8" });
  const seconds = (performance.now() - began) / 1000;
  if (run.status !== 0) {
    throw new Error(run.error?.message ?? run.stderr.slice(-2000));
  }
  const stages = [...`${run.stderr}\n${run.stdout}`.matchAll(/^\s*([a-z-]+) (\d+\.\d+) s$/gm)];
  return { seconds, stages: Object.fromEntries(stages.map(([, stage, time]) => [stage, Number(time)])) };
}

export async function build({ library }) {
  const { seconds, stages } = buildLibrary(library);
  const root = join(library, "public");
  // Nothing where the command doesn't tell the index from the rest: the time of the whole build would say too much.
  return { seconds: stages.search ?? stages.index, whole: seconds, root, index: join(root, "search") };
}

export async function open(host, { root }) {
  await host.fetch("/search/reader.js");
  const reader = await import(pathToFileURL(join(root, "search/reader.js")));
  const index = await reader.open(`${ORIGIN}search/`, { fetch: host.fetch });
  return {
    async search(text, options) {
      const { results } = await index.search(text, options);
      return results.map(({ url, title }) => ({ id: url.replace(/\/(index\.html)?$/, "").split("/").pop(), title }));
    },
  };
}
