// The packages of the peers, as npm has put them into node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export const folder = join(import.meta.dirname, "node_modules");

export const require = createRequire(import.meta.url);

/** A file of a package, as bytes. */
export const file = (name) => readFileSync(join(folder, name));

export const version = (name) => JSON.parse(file(`${name}/package.json`)).version;
