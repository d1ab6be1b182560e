// How long an editor waits for an answer of the language server.
//
//     node benches/lsp/latency.mjs [PAGES]        CASEBOOK=path/to/casebook [target/release/casebook]
//
// Starts `casebook lsp` on a library of so many pages [10000], with Microsoft's client library that the tests in
// tests/browser use (`npm ci` there first). Prints the median, the least and the most of each, in milliseconds: answers
// right behind a key that was pressed, and what is said of faults after a word in the text, in the title and in a field.
// LIBRARY=DIR takes that library instead; nothing in it is changed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { Editor, lsp } from "../../tests/browser/client.mjs";

const root = resolve(import.meta.dirname, "../..");
const casebook = resolve(process.env.CASEBOOK ?? join(root, "target/release/casebook"));
const pages = process.argv[2] ?? "10000";
const TURNS = 30;

const work = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "casebook-lsp-"));
const library = process.env.LIBRARY ? resolve(process.env.LIBRARY) : join(work, "library");
if (!process.env.LIBRARY) {
  const made = spawnSync("python3", [join(root, "benches/build/corpus.py"), "--pages", pages, "--out", library], { stdio: "inherit" });
  if (made.status !== 0) process.exit(1);
}

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((file) => {
    const path = join(folder, file.name);
    return file.isDirectory() ? files(path) : [path];
  });
const texts = files(join(library, "content")).filter((file) => file.endsWith(".md")).sort();
const page = texts.find((file) => /\]\([^)]*\.md/.test(readFileSync(file, "utf8"))) ?? texts[0];
const name = relative(library, page);
const text = readFileSync(page, "utf8");

const start = performance.now();
const editor = await Editor.open(library, { casebook });
await editor.show(name, text.replace(/^title: /m, "titel: "));
await editor.told(name, (faults) => faults.length > 0);
console.log(`${texts.length} pages; the first faults are there after ${((performance.now() - start) / 1000).toFixed(2)} s.\n`);

const rows = [];
const measure = async (what, turn) => {
  const times = [];
  let size = 0;
  for (let n = 0; n < TURNS; n++) {
    const { ms, answer } = await turn(n);
    times.push(ms);
    size = JSON.stringify(answer ?? null).length;
  }
  times.sort((a, b) => a - b);
  const [least, most] = [times[0], times.at(-1)].map((ms) => ms.toFixed(1));
  rows.push(`| ${what} | ${times[TURNS / 2].toFixed(1)} | ${least} | ${most} | ${(size / 1000).toFixed(1)} |`);
};

/** Types a text with a cursor, and asks at once. */
const asked = (what, marked, type, more) =>
  measure(what, async (n) => {
    const begun = performance.now();
    const answer = await editor.at(name, marked.replace("\n---\n", `\n# ${n}\n---\n`), type, more);
    return { ms: performance.now() - begun, answer };
  });

const inBody = (marked) => text.replace(/(\n---\n[^]*?)\n\n/, `$1 ${marked}\n\n`);
const inFront = (marked) => text.replace(/^title:/m, `${marked}\ntitle:`);
const link = text.match(/\]\(([^)]*\.md)/)?.[1];
const onLink = link ? text.replace(`](${link}`, `](${link.slice(0, 2)}¦${link.slice(2)}`) : null;

await asked("completion: fields", inFront("co¦"), lsp.CompletionRequest.type);
await asked("completion: terms", inFront("nation: [¦"), lsp.CompletionRequest.type);
await asked("completion: pages", inBody("[x](¦"), lsp.CompletionRequest.type);
await asked("completion: pages by a word", inBody("[x](coun¦"), lsp.CompletionRequest.type);
await asked("hover over a field", text.replace("title:", "ti¦tle:"), lsp.HoverRequest.type);
if (onLink) {
  await asked("hover over a link", onLink, lsp.HoverRequest.type);
  await asked("the way to a linked page", onLink, lsp.DefinitionRequest.type);
}
const whole = { textDocument: { uri: editor.uri(name) } };
for (const [what, type, params] of [
  ["links of the page", lsp.DocumentLinkRequest.type, whole],
  ["outline of the page", lsp.DocumentSymbolRequest.type, whole],
  ["pages by words of their titles", lsp.WorkspaceSymbolRequest.type, { query: "council" }],
]) {
  await measure(what, async () => {
    const begun = performance.now();
    const answer = await editor.connection.sendRequest(type, params);
    return { ms: performance.now() - begun, answer };
  });
}
// Saved as it is, so that nothing is under way.
await editor.type(name, text);
if (onLink) {
  const offset = onLink.indexOf("¦");
  await editor.ask(name, offset, lsp.ReferencesRequest.type, { context: { includeDeclaration: false } });
  for (const [what, type, more] of [
    ["who names a page", lsp.ReferencesRequest.type, { context: { includeDeclaration: false } }],
    ["rename a page", lsp.RenameRequest.type, { newName: "another-name" }],
  ]) {
    await measure(what, async () => {
      const begun = performance.now();
      const answer = await editor.ask(name, offset, type, more);
      return { ms: performance.now() - begun, answer };
    });
  }
}

/** From a word typed until the fault in it is shown. */
const faults = (what, change) =>
  measure(what, async (n) => {
    const wrong = change(text, n);
    const begun = performance.now();
    await editor.type(name, wrong);
    const version = editor.texts.get(name).version;
    await editor.told(name, (faults) => faults.some((fault) => fault.message.includes(`nowhere${n}`)) && version > 0);
    const ms = performance.now() - begun;
    await editor.type(name, text);
    await editor.told(name, (faults) => !faults.some((fault) => fault.message.includes(`nowhere${n}`)));
    return { ms };
  });
await faults("faults: a link in the text", (text, n) => text.replace(/(\n---\n[^]*?)\n\n/, `$1 [x](nowhere${n}.md)\n\n`));
await faults("faults: a title, and a field", (text, n) => text.replace(/^title: "?/m, `nation: [nowhere${n}]\n$&${n}`));

console.log("| | median, ms | least | most | answer, KB |\n| --- | --- | --- | --- | --- |");
console.log(rows.join("\n"));
await editor.quit();
rmSync(work, { recursive: true, force: true });
