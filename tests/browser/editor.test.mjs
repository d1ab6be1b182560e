// The web editor at /admin/, with the real Decap CMS and its own server for this computer.
import { test } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { equip, faultsOf } from "./axe.mjs";
import { edited, editing, unpacked } from "./editor.mjs";
import { none, until } from "./expectation.mjs";
import { picture, skip } from "./repository.mjs";

const FOLDER = "content/case-studies";

// The only branch that holds a proposal.
async function proposal(git) {
  let branches = [];
  await until("the page is on a branch of its own", async () => {
    branches = (await git("branch", "--list", "--format=%(refname:short)", "cms/*")).split("\n").filter(Boolean);
    return branches.length === 1;
  });
  return branches[0];
}

const changed = async (git, branch) => (await git("diff", "--name-only", "main", branch)).split("\n").filter(Boolean).sort();

// Has `check` look at a branch, and gives a page as it is built with drafts.
async function checked({ root, git, casebook }, branch, path) {
  const copy = `${root}-proposal`;
  await git("clone", "--quiet", "--branch", branch, root, copy);
  try {
    mkdirSync(join(copy, "editor"));
    symlinkSync(await unpacked("decap-cms@3.16.3"), join(copy, "editor/decap-cms"));
    await casebook("check", "--strict", "--root", copy);
    await casebook("build", "--drafts", "--no-downloads", "--root", copy);
    return readFileSync(join(copy, "public", path), "utf8");
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

test("editor: a case study is filled in and becomes a page on a branch of its own", { skip, timeout: 240_000 }, () =>
  editing("", async ({ root, git, casebook, page, asked, errors, editor }) => {
    await editor.enter();
    await picture(page, "editing-list");
    await page.getByRole("link", { name: "Case study" }).first().click();
    await editor.fill("title", "Befrienders & mentors: Luton’s two services");
    await editor.fill("summary", "Children in care have a befriender until 18: care leavers have a mentor until 25.");
    await editor.choose("councils", "Luton");
    await picture(page, "editing-form");
    await editor.write("problem", "Many children in care know few adults who stay.");
    await editor.fill("from", "16");
    await editor.fill("started", "2008-05");
    await editor.choose("running", "Yes");
    await editor.choose("evidence", "Self-reported");
    await editor.choose("partners", "Ofsted");
    await editor.choose("themes", "Mentoring");
    await editor.choose("themes", "Relationships");
    await editor.fill("published", "2026-11-20");
    await editor.choose("verbatim", "Yes");
    await page.getByRole("button", { name: "Choose an image" }).first().click();
    await page.locator("input[type=file]").first().setInputFiles(join(root, "content/packs/care-leavers-week-2027/banner.png"));
    await page.getByText("banner.png").first().waitFor();
    await page.getByRole("button", { name: "Choose selected" }).click();
    await editor.fill("image_alt", "A key with a heart.");
    await editor.add("sources", "Add Sources");
    await editor.fill("title", "A report: 2027", 1);
    await editor.save();
    await page.getByText("Status: Draft").waitFor();
    await picture(page, "editing-saved");

    const branch = await proposal(git);
    const folder = `${FOLDER}/befrienders-mentors-luton-s-two-services`;
    assert.deepEqual(await changed(git, branch), [`${folder}/banner.png`, `${folder}/index.md`]);
    const text = await git("show", `${branch}:${folder}/index.md`);
    assert.equal(
      text,
      `---
title: "Befrienders & mentors: Luton’s two services"
summary: "Children in care have a befriender until 18: care leavers have a mentor until 25."
themes: [mentoring, relationships]
councils: [luton]
image: banner.png
image_alt: A key with a heart.
published: 2026-11-20
status: draft
verbatim: yes
partners: [ofsted]
ages:
  from: 16
started: 2008-05
running: "yes"
evidence: self-reported
sources:
  - title: "A report: 2027"
problem: |
  Many children in care know few adults who stay.
---
`,
    );
    const built = await checked({ root, git, casebook }, branch, "case-studies/befrienders-mentors-luton-s-two-services/index.html");
    assert.match(built, /few adults who stay/);
    const outside = [...asked].filter((origin) => !/^(http:\/\/127\.0\.0\.1:\d+|http:\/\/localhost:8081|null|blob:.*)$/.test(origin));
    assert.deepEqual(outside, []);
    assert.deepEqual(errors, []);
  }),
);

test("editor: a page is proposed with what somebody changed, and nothing else", { skip, timeout: 240_000 }, () =>
  editing("", async ({ root, git, casebook, page, editor }) => {
    const name = readdirSync(join(root, FOLDER)).find((file) => readFileSync(join(root, FOLDER, file), "utf8").includes("```chart"));
    await editor.enter();
    await editor.go(`case-study/entries/${name.slice(0, -3)}`);
    await editor.fill("title", "Another title");
    // Every text is turned over by the editor as soon as somebody types in it.
    for (const field of ["problem", "approach", "impact", "lessons", "body"]) {
      await editor.write(field, "Q");
      await page.keyboard.press("Backspace");
    }
    await page.waitForFunction(() => document.activeElement.closest("[contenteditable]"));
    await editor.save();
    const branch = await proposal(git);
    const lines = (await git("diff", "--unified=0", "main", branch)).split("\n").filter((line) => /^[+-](?![+-])/.test(line));
    assert.equal(lines.length, 2, lines.join("\n"));
    assert.match(lines[0], /^-title: /);
    assert.equal(lines[1], "+title: Another title");
    assert.match(await checked({ root, git, casebook }, branch, `case-studies/${name.slice(0, -3)}/index.html`), /Another title/);
  }),
);

test("editor: two languages side by side, each in a file of its own", { skip, timeout: 240_000 }, () =>
  editing("languages: [en, cy]\nlevels: {missing-translation: off}\n", async ({ root, git, casebook, page, editor }) => {
    await editor.enter();
    const name = readdirSync(join(root, FOLDER))[0].replace(/\.md$/, "");
    // A page of the main language has no language in its name.
    await editor.go(`case-study/entries/${name}`);
    await editor.fill("title", "Another title");
    await editor.save();
    const first = await proposal(git);
    assert.deepEqual(await changed(git, first), [`${FOLDER}/${name}.md`]);
    await editor.leave();
    await git("branch", "--quiet", "-D", first);

    await editor.go("case-study/new");
    await editor.fill("title", "Both languages");
    await editor.fill("summary", "In English.");
    await editor.choose("councils", "Luton");
    await editor.fill("title", "Dwy iaith", 1);
    await editor.fill("summary", "Yn Gymraeg.", 1);
    await picture(page, "editing-languages");
    // On a telephone the second stands below the first.
    const wide = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    for (const nth of [0, 1]) {
      const fits = async () => {
        await editor.input("title", nth).scrollIntoViewIfNeeded();
        const { x, width } = await editor.input("title", nth).boundingBox();
        return x >= 0 && width > 300 && x + width <= 390;
      };
      await until(`form ${nth + 1} fits`, fits);
    }
    await page.setViewportSize(wide);
    await editor.save();
    const branch = await proposal(git);
    const folder = `${FOLDER}/both-languages`;
    assert.deepEqual(await changed(git, branch), [`${folder}/index.cy.md`, `${folder}/index.md`]);
    assert.match(await git("show", `${branch}:${folder}/index.cy.md`), /^---\ntitle: Dwy iaith\nsummary: Yn Gymraeg\.\ncouncils: \[luton\]\nstatus: draft\n---\n$/);
    const built = await checked({ root, git, casebook }, branch, "cy/case-studies/both-languages/index.html");
    assert.match(built, /<h1[^>]*>Dwy iaith/);
  }),
);

test("editor: Sveltia CMS takes the same settings", { skip, timeout: 120_000 }, async () => {
  const schema = JSON.parse(readFileSync(join(await unpacked("@sveltia/cms@0.221.1"), "schema/sveltia-cms.json"), "utf8"));
  const validate = new Ajv({ strict: false, logger: false }).compile(schema);
  for (const settings of ["", "languages: [en, cy]\nlevels: {missing-translation: off}\n"]) {
    const { root, casebook } = await edited(settings);
    try {
      await casebook("build", "--no-downloads");
      const config = parse(readFileSync(join(root, "public/admin/config.yml"), "utf8"));
      assert.ok(validate(config), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
      const wrong = structuredClone(config);
      wrong.collections[0].create = "of course";
      assert.ok(!validate(wrong));
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
});

test("editor: the page is accessible until the editor is there, and without it", { skip, timeout: 120_000 }, () =>
  editing("", async ({ url, page }) => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.route("**/decap-cms.js", (route) => route.abort());
      await page.goto(url);
      await equip(page);
      none(await faultsOf(page));
      assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
    }
    await page.unroute("**/decap-cms.js");
    await page.goto(url);
    await page.getByRole("button", { name: "Login" }).waitFor();
    await until("what was there before is gone", async () => (await page.locator("#before").count()) === 0);
  }),
);
