// Every kind of this library in the web editor: a form filled in whole, a page that was there, and how both look.
import { test } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { editing, unpacked } from "./editor.mjs";
import { until } from "./expectation.mjs";
import { fill } from "./filling.mjs";
import { skip } from "./repository.mjs";

const collections = async (url) => parse(await (await fetch(`${url}config.yml`)).text()).collections;

// The branch with what somebody saved.
async function saved(git, kind) {
  let branch;
  await until(`a ${kind} is on a branch of its own`, async () => {
    branch = (await git("branch", "--list", "--format=%(refname:short)", `cms/${kind}/*`)).trim();
    return branch !== "";
  });
  return branch;
}

test("editor: a form of every kind is filled in whole, and check takes the page", { skip, timeout: 900_000 }, () =>
  editing("", async ({ root, git, casebook, url, page, errors, editor }) => {
    await editor.enter();
    const branches = [];
    for (const kind of await collections(url)) {
      await editor.go(`${kind.name}/new`);
      await fill(page, kind, root);
      await editor.save();
      branches.push(await saved(git, kind.name));
      await editor.leave();
    }
    const copy = `${root}-proposals`;
    await git("clone", "--quiet", root, copy);
    try {
      await git("-C", copy, "merge", "--quiet", ...branches.map((branch) => `origin/${branch}`));
      mkdirSync(join(copy, "editor"));
      symlinkSync(await unpacked("decap-cms@3.16.3"), join(copy, "editor/decap-cms"));
      await casebook("check", "--strict", "--root", copy);
      const pages = (await git("-C", copy, "diff", "--name-only", "--diff-filter=A", "origin/main")).split("\n").filter((file) => file.endsWith(".md"));
      assert.equal(pages.length, branches.length);
      for (const file of pages) {
        assert.match(readFileSync(join(copy, file), "utf8"), /^summary: Words of summary$/m, file);
      }
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
    assert.deepEqual(errors, []);
  }),
);

// The longest page of a kind, as the editor names it.
async function longest(git, root, folder) {
  const files = (await git("ls-files", `${folder}/*.md`)).split("\n").filter((file) => file && !file.includes("/_data/"));
  const own = files.filter((file) => folder !== "content" || file.split("/").length === 2);
  const size = (file) => statSync(join(root, file)).size;
  return own.sort((one, other) => size(other) - size(one))[0];
}

test("editor: a page of every kind is proposed with the one line that somebody changed", { skip, timeout: 600_000 }, () =>
  editing("", async ({ root, git, url, editor }) => {
    await editor.enter();
    for (const { name, folder } of await collections(url)) {
      const file = await longest(git, root, folder);
      await editor.go(`${name}/entries/${file.slice(folder.length + 1, -".md".length)}`);
      await editor.fill("title", "Another title");
      await editor.save();
      const branch = await saved(git, name);
      await editor.leave();
      const lines = (await git("diff", "--unified=0", "main", branch)).split("\n").filter((line) => /^[+-](?![+-]{2} )/.test(line));
      assert.deepEqual(lines.map((line) => line.replace(/^-title: .*/, "-title")), ["-title", "+title: Another title"], file);
    }
  }),
);

test("editor: the page stands beside its form as the site shows it, and on a telephone the form has all the room", { skip, timeout: 240_000 }, () =>
  editing("", async ({ page, errors, editor }) => {
    await editor.enter();
    await editor.go("case-study/entries/luton-mentoring");
    const shown = page.frameLocator("iframe");
    await shown.getByRole("heading", { level: 1 }).waitFor();
    await editor.fill("title", "Another title");
    await shown.getByRole("heading", { level: 1, name: "Another title" }).waitFor();
    await shown.getByRole("heading", { level: 2, name: "What they did" }).waitFor();
    // A choice by its label, and no word of what nobody filled in.
    await shown.getByText("Mentoring, Relationships, Leaving care").waitFor();
    assert.equal(await shown.getByText("Started").count(), 0);
    // A list of texts has a line for each, groups in it their labels.
    await shown.getByRole("listitem").filter({ hasText: "Corporate Parenting Week council resource pack" }).waitFor();
    const sheets = () => shown.locator("body").evaluate(() => [...document.styleSheets].filter(({ href }) => /site[^/]*\.css$/.test(href ?? "")).length);
    await until("the page has the style of the site", async () => (await sheets()) > 0);

    await page.setViewportSize({ width: 390, height: 844 });
    await until("the form fits", async () => (await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
    const box = await editor.input("title").boundingBox();
    assert.ok(box.width > 300 && box.x + box.width <= 390, JSON.stringify(box));
    assert.ok(await page.getByRole("button", { name: "Save", exact: true }).isVisible());
    assert.ok(!(await page.locator("iframe").isVisible()));
    assert.deepEqual(errors, []);
  }),
);

test("editor: its own words are in the language of the library where it has them", { skip, timeout: 240_000 }, async () => {
  for (const [language, button] of [
    ["fr", "Se connecter"],
    ["cy", "Login"],
  ]) {
    await editing(`language: ${language}\n`, async ({ url, page, errors }) => {
      await page.goto(url);
      await page.getByRole("button", { name: button }).waitFor();
      assert.deepEqual(errors, []);
    });
  }
});
