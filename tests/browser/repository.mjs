// A copy of the library in a git repository of its own, as somebody has it who sends a page in.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

export const program = process.env.CASEBOOK && resolve(process.env.CASEBOOK);
const library = resolve(process.env.LIBRARY ?? join(import.meta.dirname, "../.."));

export const skip = !program && "CASEBOOK does not say where the program is";

// What a program says on standard output.
export const run = async (file, given, options) => (await promisify(execFile)(file, given, { maxBuffer: 1 << 26, ...options })).stdout;

// Pictures of what somebody sees, for docs/editing.md: PICTURES names their folder.
export const picture = (page, name, options) => process.env.PICTURES && page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), ...options });

// `prepare` gets the folder before anything is committed; `ignored` are lines for .gitignore. Whoever asks for a
// repository deletes its folder.
export async function repository(prepare = () => {}, ignored = []) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "casebook-repository-")));
  for (const part of ["casebook.yaml", "content", "themes"].filter((name) => existsSync(join(library, name)))) {
    cpSync(join(library, part), join(root, part), { recursive: true });
  }
  await prepare(root);
  writeFileSync(join(root, ".gitignore"), ["/public/", "/.casebook/", ...ignored, ""].join("\n"));
  const git = (...given) => run("git", given, { cwd: root });
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Editor");
  await git("config", "user.email", "editor@example.org");
  await git("add", "--all");
  await git("commit", "--quiet", "--message=A library");
  return { root, git, casebook: (...given) => run(program, given, { cwd: root }) };
}
