// The report of `casebook compare` as a reviewer opens it: one file, before and now side by side.
import { after, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { equip, faultsOf } from "./axe.mjs";
import { start } from "./chromium.mjs";
import { none } from "./expectation.mjs";
import { picture, repository, skip } from "./repository.mjs";

// What an editor does to a library in one change: half a summary goes, a page gets another name, one goes, one is new.
function change(root) {
  const folder = join(root, "content/case-studies");
  const [first, second, third] = readdirSync(folder).filter((name) => name.endsWith(".md")).sort();
  const text = readFileSync(join(folder, first), "utf8");
  const [whole, half] = text.match(/^(summary: .*?\.) .*$/m);
  writeFileSync(join(folder, first), text.replace(whole, half));
  renameSync(join(folder, second), join(folder, "another-name.md"));
  rmSync(join(folder, third));
  writeFileSync(join(folder, "new.md"), text.replace(/^title: .*$/m, `title: '${HOSTILE}'`));
  return whole.slice(half.length).trim();
}

const HOSTILE = "<b>New</b> & @everybody";

test("compare: the report is readable by everyone, anywhere, and asks nobody for anything", { skip, timeout: 120_000 }, async () => {
  const { root, casebook } = await repository();
  after(() => rmSync(root, { recursive: true, force: true }));
  const gone = change(root);
  const report = join(root, "report.html");
  await casebook("compare", "HEAD", "--format", "html", "--output", report);
  const browser = await start();
  after(() => browser.close());
  const page = await browser.newPage({ javaScriptEnabled: true });
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(report).href);
  await equip(page);
  for (const width of [320, 768, 1440]) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      none(await faultsOf(page));
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(sideways, 0, `${width} px, ${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1100, height: 800 });
  await page.getByRole("heading", { name: /^Changed pages/ }).evaluate((heading) => heading.scrollIntoView());
  await picture(page, "editing-report");
  assert.deepEqual(asked, [pathToFileURL(report).href]);
  assert.equal(await page.locator("script, link, img, iframe, b").count(), 0);
  const words = await page.locator("body").innerText();
  for (const part of [HOSTILE, gone, "/case-studies/another-name/"]) {
    assert.ok(words.includes(part), part);
  }
});
