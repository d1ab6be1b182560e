// Asks a site's own search what a file of questions says, and prints the answers: `node ask.mjs FOLDER QUESTIONS`,
// where FOLDER is that of the index. search.rs holds them against what the program answers.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, questions] = process.argv.slice(2);
const { open } = await import(pathToFileURL(join(folder, "reader.js")));
const fetch = async (path) => new Response(await readFile(join(folder, path)));

const indexes = new Map();
const answers = [];
for (const { language, text, options } of JSON.parse(await readFile(questions, "utf8"))) {
  if (!indexes.has(language)) {
    indexes.set(language, await open("", { fetch, language: language ?? undefined }));
  }
  answers.push(await indexes.get(language).search(text, options));
}
console.log(JSON.stringify(answers));
