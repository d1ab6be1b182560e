// Everything but searching works with JavaScript off.
import { test } from "node:test";
import assert from "node:assert/strict";
import { none } from "./expectation.mjs";
import { types, within } from "./site.mjs";
import { each, stage } from "./visit.mjs";

const { server, visit } = await stage();

const off = { javaScriptEnabled: false };

const plain = types.filter(({ said }) => !said);

each("without JavaScript", plain, (type) =>
  visit(type, off, async (page) => {
    const faults = [];
    const heading = page.getByRole("heading", { level: 1 });
    if ((await heading.count()) !== 1 || !(await heading.isVisible()) || !(await heading.innerText()).trim()) {
      faults.push(`${type.address}: h1: is not to be seen`);
    }
    const text = await page.getByRole("main").innerText();
    if (text.trim().split(/\s+/).length < 5) {
      faults.push(`${type.address}: main: has hardly a word: ${JSON.stringify(text)}`);
    }
    none(faults);
  }),
);

test("without JavaScript, the search page leads to pages to browse", () =>
  visit({ address: "/search/?q=anything" }, off, async (page) => {
    const main = page.getByRole("main");
    assert.ok(await main.locator("noscript").first().isVisible(), "/search/: nothing says that searching needs JavaScript");
    const links = await main.getByRole("link").evaluateAll((all) => all.map((link) => link.href));
    const paths = links.map((link) => within(new URL(link), server.origin)).filter((path) => path && !path.startsWith("/search/"));
    assert.ok(paths.length >= 3, `/search/: only these links to browse: ${paths.join(" ") || "none"}`);
    for (const path of new Set(paths)) {
      const response = await page.goto(server.url(path));
      assert.equal(response.status(), 200, `/search/: ${path} answers ${response.status()}`);
    }
  }));

test("without JavaScript, the search form of the home page leads to the search page", () =>
  visit({ address: "/" }, off, async (page) => {
    await page.getByRole("searchbox").first().fill("anything");
    await page.getByRole("searchbox").first().press("Enter");
    await page.waitForURL(server.url("/search/?q=anything"));
    await page.getByRole("heading", { level: 1 }).waitFor();
  }));
