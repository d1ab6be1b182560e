// The schemas that `casebook schema` writes, as a validator that is not ours reads them: they take every page of the
// library at LIBRARY, and of a kind made up here they take and refuse what `casebook check` takes and refuses.
// The program is the one that CASEBOOK names.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

const program = process.env.CASEBOOK && resolve(process.env.CASEBOOK);
const library = resolve(process.env.LIBRARY ?? join(import.meta.dirname, "../.."));
const skip = !program && "CASEBOOK does not say where the program is";
const scratch = mkdtempSync(join(tmpdir(), "casebook-schema-"));
after(() => rmSync(scratch, { recursive: true }));

// What VS Code adds to JSON Schema.
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
ajv.addKeyword("enumDescriptions");
ajv.addKeyword("patternErrorMessage");

/** The schemas of a library, compiled, by the name of the kind. */
function schemas(root) {
  const folder = mkdtempSync(join(scratch, "schemas-"));
  execFileSync(program, ["schema", "--root", root, "--output", folder, "--quiet"]);
  const files = readdirSync(folder).map((name) => [name.replace(".schema.json", ""), join(folder, name)]);
  return Object.fromEntries(files.map(([kind, path]) => [kind, ajv.compile(JSON.parse(readFileSync(path, "utf8")))]));
}

/** The front matter of a page; values as YAML 1.2 has them. */
function front(text) {
  return parse(text.split(/^---$/m)[1]) ?? {};
}

const folders = {};
for (const name of readdirSync(join(library, "themes/civic/kinds"))) {
  const { name: kind, folder } = parse(readFileSync(join(library, "themes/civic/kinds", name), "utf8"));
  if (folder) folders[folder] = kind;
}

test("every page of the library is what the schema of its kind takes", { skip }, () => {
  const compiled = schemas(library);
  const pages = readdirSync(join(library, "content"), { recursive: true }).filter((path) => path.endsWith(".md"));
  const told = pages.filter((path) => readFileSync(join(library, "content", path), "utf8").startsWith("---"));
  assert.ok(told.length > 50);
  for (const path of told) {
    const folder = /\/index\.md$/.test(path) && path.split("/").length === 2 ? "" : path.split("/")[0];
    const valid = compiled[folders[folder] ?? "page"];
    const fits = valid(front(readFileSync(join(library, "content", path), "utf8")));
    assert.ok(fits, `${path}: ${JSON.stringify(valid.errors, null, 1)}`);
  }
});

const KIND = `
name: made-up
folder: made-ups
label: Made-up
plural: Made-ups
description: A kind that nobody has seen before.
template: page.html
order: 1
fields:
  - {name: words, type: text, label: Words, max_length: 5}
  - {name: must, type: text, required: true, label: Must}
  - {name: story, type: markdown, label: Story}
  - {name: day, type: date, label: Day}
  - {name: when, type: date, partial: true, label: When}
  - {name: moment, type: date-time, label: Moment}
  - {name: count, type: number, min: -2, max: 7, label: Count}
  - {name: sure, type: yes-no, label: Sure}
  - {name: colour, type: choice, label: Colour, options: [{id: red, label: Red}, {id: "7", label: Seven}]}
  - {name: colours, type: choice, many: true, label: Colours, options: [{id: red, label: Red}, {id: blue, label: Blue}]}
  - {name: subject, type: reference, to: themes, many: true, label: Subject}
  - {name: nothing, type: reference, to: made-ups, label: Nothing}
  - {name: web, type: url, label: Web}
  - {name: mail, type: email, label: Mail}
  - {name: photo, type: image, label: Photo}
  - {name: photo_alt, type: text, label: Words for it}
  - name: parts
    type: group
    many: true
    label: Parts
    fields:
      - {name: name, type: text, required: true, label: Name}
      - {name: size, type: number, label: Size}
  - name: one
    type: group
    label: One
    fields:
      - {name: name, type: text, label: Name}
`;

// Each line beside what every page has; those of `wrong` are faults to `check` and to the schema.
const sound = [
  "words: abcde", "words: 12", "words: ~", "words: ''", "story: |\n  Two\n\n  lines", "day: 2027-11-21", "day:", "when: 2027",
  "when: '2027'", "when: 2027-11", "when: 2027-11-21", "moment: 2027-10-18T00:01", "moment: 2027-10-18 00:01",
  "moment: 2027-10-18T00:01:30Z", "moment: 2027-10-18", "count: 7", "count: -1.5", "sure: yes", "sure: no", "sure: true",
  "colour: red", "colour: 7", "colour: '7'", "colours: [red, blue]", "colours: red", "colours: []", "subject: [mentoring]",
  "subject: mentoring", "web: https://example.org/a?b=c", "mail: a@example.org", "parts: [{name: a, size: 2}, {name: b}]",
  "parts: {name: a}", "parts:", "one: {name: a}", "kind: made-up",
];
const wrong = [
  "words: abcdef", "words: [a]", "words: {a: b}", "must:", "day: 21/11/2027", "day: 2027-11", "day: 2027", "when: 27",
  "when: 2027-1-2", "moment: 2027-10-18T9", "moment: tomorrow", "count: 8", "count: -3", "count: '3'", "count: many",
  "sure: perhaps", "sure: 1", "colour: green", "colour: Red", "colour: [red]", "colours: [red, green]", "colours: red, blue",
  "subject: [Mentoring]", "subject: [mentoring, eduction]", "web: example.org", "web: https://a b", "mail: nobody",
  "photo: a.png", "parts: [{size: 2}]", "parts: [{name: a, colour: red}]", "parts: [a]", "one: a", "one: [{name: a}]",
  "no_such: 1", "Words: a", "kind: no-such-kind",
];

/** What a schema holds, at any depth, that has a pattern. */
const patterned = (schema) =>
  Object.values(schema)
    .filter((inner) => inner && typeof inner === "object")
    .flatMap(patterned)
    .concat(typeof schema.pattern === "string" ? [schema] : []);

test("whoever writes a value in another way is told how to write it, not what its pattern is", { skip }, () => {
  const said = Object.values(schemas(library)).flatMap(({ schema }) => patterned(schema));
  const messages = new Set(said.map((schema) => schema.patternErrorMessage));
  assert.ok(messages.has("Write a day as year, month and day, such as 2027-03-31"));
  assert.ok(messages.has("Copy the whole address, starting with https://"));
  for (const message of messages) assert.match(message ?? "", /^[A-Z].* /, JSON.stringify([...messages]));
});

test("a schema takes and refuses what check takes and refuses", { skip }, () => {
  const root = mkdtempSync(join(scratch, "library-"));
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("casebook.yaml", "title: Test\nbase_url: https://example.org/\ntheme: own\n");
  write("content/_data/themes.yaml", "- {id: mentoring, label: Mentoring}\n- {id: education, label: Education}\n");
  write("themes/own/theme.yaml", "name: own\nversion: 0.1.0\nextends: civic\n");
  write("themes/own/kinds/made-up.yaml", KIND);
  const texts = [...sound, ...wrong].map((line) => {
    const must = line.startsWith("must:") ? "" : "must: Here\n";
    return `---\ntitle: Page\nsummary: A page.\n${must}${line}\n---\n`;
  });
  texts.forEach((text, index) => write(`content/made-ups/p${index}.md`, text));
  write("content/made-ups/a.png", "");
  const { stdout } = spawnSync(program, ["check", "--root", root, "--format", "json"], { encoding: "utf8" });
  const faults = JSON.parse(stdout);
  const faulty = new Set(faults.map((fault) => fault.path));
  const valid = schemas(root)["made-up"];
  texts.forEach((text, index) => {
    const line = [...sound, ...wrong][index];
    const expected = index < sound.length;
    assert.equal(!faulty.has(`content/made-ups/p${index}.md`), expected, `check of “${line}”`);
    assert.equal(valid(front(text)), expected, `schema of “${line}”: ${JSON.stringify(valid.errors)}`);
  });
});
