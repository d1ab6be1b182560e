// What the search page makes of answers that this library's index does not give: a reader of our own stands in for it.
import { test } from "node:test";
import assert from "node:assert/strict";
import { asking, box, ready, results, status } from "./asking.mjs";
import { until } from "./expectation.mjs";

const { server, open } = await asking();

const COUNCILS = Array.from({ length: 40 }, (_, n) => ({ value: `c${n}`, label: n === 33 ? "Ynys Môn" : `Council ${n}`, count: n + 1 }));

const result = (change) => ({ url: "/about/", title: "A title", kind: "Guide", summary: "A summary", excerpt: "", marks: [], section: null, fields: {}, ...change });
const reply = (change) => ({ total: 1, results: [result()], facets: { councils: COUNCILS }, corrected: null, near: [], ...change });

// Opens the search page with a reader that answers so: {question: reply}. One to "slow" waits for `globalThis.release`.
const answering = (answers, address, work) =>
  open({}, async (page) => {
    const source = `
      const answers = ${JSON.stringify(answers)};
      export const open = async () => ({
        facets: [{ name: "councils", label: "Council" }],
        search: async (text, { filters }) => {
          if (text === "slow") await new Promise((done) => (globalThis.release = done));
          const reply = answers[text];
          return filters ? reply : { ...reply, facets: {} };
        },
      });`;
    await page.route("**/search/reader.js", (route) => route.fulfill({ contentType: "text/javascript", body: source }));
    await page.goto(server.url(address));
    return work(page);
  });

test("what is near is offered where nothing is found", () =>
  answering({ no: reply({ total: 0, results: [], near: [{ title: "Near <b>it</b>", url: "/about/" }] }), yes: reply() }, "/search/?q=no", async (page) => {
    await ready(page);
    const near = page.locator("[data-near]");
    assert.ok(await near.isVisible());
    assert.equal(await near.getByRole("link").textContent(), "Near <b>it</b>");
    await box(page).fill("yes");
    await until("what is found takes its place", async () => (await results(page).count()) === 1);
    assert.equal(await near.isVisible(), false);
  }));

test("an answer that comes too late is not drawn", () =>
  answering({ slow: reply({ results: [result({ title: "Slow" })] }), quick: reply({ results: [result({ title: "Quick" })] }) }, "/search/?q=slow", async (page) => {
    await until("the first question is on its way", () => page.evaluate(() => Boolean(globalThis.release)));
    await box(page).fill("quick");
    await box(page).press("Enter");
    await ready(page);
    await page.evaluate(() => globalThis.release());
    await page.evaluate(() => new Promise((done) => setTimeout(done)));
    assert.deepEqual(await results(page).allTextContents(), ["Quick"]);
    assert.match(await status(page).textContent(), /“quick”/);
  }));

test("marks, sections and titles are text in their places", () =>
  answering({ a: reply({ results: [result({ title: "<i>T</i>", excerpt: "One <b>two</b> three", marks: [[0, 3], [7, 10]], section: { title: "<u>S</u>", url: "/about/#s" } })] }) }, "/search/?q=a", async (page) => {
    await ready(page);
    assert.deepEqual(await page.locator(".result mark").allTextContents(), ["One", "two"]);
    assert.equal(await page.locator(".result .entry-summary").textContent(), "One <b>two</b> three");
    assert.equal(await results(page).textContent(), "<i>T</i>");
    assert.equal(await page.locator(".result-section a").textContent(), "<u>S</u>");
    assert.ok((await page.locator(".result-section a").getAttribute("href")).endsWith("/about/#s"));
  }));

test("of many councils a result names the first", () =>
  answering({ a: reply({ results: [result({ fields: { councils: ["A", "B", "C", "D", "E"], years: ["2012"], date: "2026-11-21" } })] }) }, "/search/?q=a", async (page) => {
    await ready(page);
    assert.deepEqual(await page.locator(".entry-facts li").allTextContents(), ["A", "B", "C", "and 2 more", "2012"]);
  }));

test("a result without a year says when its page changed", () =>
  answering({ a: reply({ results: [result({ fields: { date: "2026-01-02" } })] }) }, "/search/?q=a", async (page) => {
    await ready(page);
    assert.deepEqual(await page.locator(".entry-facts li").allTextContents(), ["Page updated 2 January 2026"]);
  }));

test("a very long list shows what is most frequent, and can be searched", () =>
  answering({ a: reply() }, "/search/?q=a", async (page) => {
    await ready(page);
    const shown = () => page.locator("[data-values] li:not([hidden]) [data-label]").allTextContents();
    assert.deepEqual(await shown(), COUNCILS.slice(-8).map(({ label }) => label), "not the most frequent, in the order of the list");
    const find = page.getByRole("searchbox", { name: "Find in this list" });
    await find.fill("ynys mon");
    assert.deepEqual(await shown(), ["Ynys Môn"]);
    await find.fill("");
    assert.equal((await shown()).length, 8);
  }));

test("a search that breaks off leaves no focus behind", () =>
  answering({ a: reply() }, "/search/?q=a", async (page) => {
    await ready(page);
    await page.getByLabel("Sort by").focus();
    await page.evaluate(() => history.replaceState(null, "", "?q=unanswered"));
    await page.evaluate(() => window.dispatchEvent(new PopStateEvent("popstate")));
    await until("the page says that it failed", async () => /could not/.test(await status(page).textContent()));
    assert.ok(await box(page).evaluate((input) => input === document.activeElement));
    assert.ok(await page.locator("[data-browse] a").first().isVisible());
  }));
