// The search page: it finds, says how much it found, and keeps the question in its address.
import { test } from "node:test";
import assert from "node:assert/strict";
import { asked, asking, box, EVERYTHING, focused, query, ready, results, status, titles, total } from "./asking.mjs";
import { until } from "./expectation.mjs";
import { findable, misspelt, unfindable, within } from "./site.mjs";
import { ofIndex } from "./visit.mjs";

const { server, visit, open, search } = await asking();

test(`typing finds a page: ${findable}`, () =>
  search("/search/", async (page) => {
    assert.equal(await status(page).count(), 1, "/search/: role=status must be there before anything is said in it");
    await box(page).pressSequentially(findable);
    await until("/search/: a result is shown", async () => (await results(page).count()) > 0);
    await until("/search/: role=status says how many were found", async () => /\d/.test(await status(page).textContent()));
    await until("/search/: the question is in the address", () => query(page) === findable);
    await ready(page);
    assert.ok((await total(page)) >= (await results(page).count()), "/search/: shows more than it says");

    const shown = await titles(page);
    await page.reload();
    assert.equal(await box(page).inputValue(), findable, "/search/: the question is lost when the page is loaded again");
    await until("/search/: the same results after loading again", async () => JSON.stringify(await titles(page)) === JSON.stringify(shown));

    const title = (await results(page).first().textContent()).trim();
    await results(page).first().click();
    await until(`/search/: the first result leads to its page, "${title}"`, async () => {
      return (await page.getByRole("heading", { level: 1 }).textContent()).trim() === title;
    });
    await page.goBack();
    await until("/search/: the way back leads to the results", async () => query(page) === findable && (await results(page).count()) > 0);
  }));

test("the words that were asked for are marked", () =>
  search(`/search/?q=${findable}`, async (page) => {
    const marked = await page.locator(".result mark").allTextContents();
    assert.ok(marked.some((word) => word.toLowerCase().includes(findable.toLowerCase())), `marked: ${marked.join(", ")}`);
  }));

test("a result leads to its section", () =>
  search(`/search/?q=${findable}`, async (page) => {
    const link = page.locator(".result-section a").first();
    const title = await link.textContent();
    await link.click();
    await page.waitForURL(/#/);
    const target = await page.evaluate(() => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.textContent);
    assert.ok(target?.includes(title), `${page.url()} leads to ${target}, not to ${title}`);
  }));

test("what is not there is said so, with something to browse", () =>
  search("/search/", async (page) => {
    await box(page).fill(unfindable);
    await until("/search/: role=status answers", async () => (await status(page).textContent()).includes(unfindable));
    await ready(page);
    assert.equal(await results(page).count(), 0, "/search/: a word that is nowhere has results");
    assert.ok(await page.locator("[data-browse] a").first().isVisible(), "/search/: nothing to browse");
    await box(page).fill("");
    await until("/search/: an empty question has no answer and no place in the address", async () => {
      return (await status(page).textContent()).trim() === "" && query(page) === null;
    });
  }));

test("case and accents make no difference", () =>
  search("/search/", async (page) => {
    const shown = async (text) => {
      await box(page).fill(text);
      await until(`/search/: role=status answers for ${text}`, async () => (await status(page).textContent()).includes(text));
      await ready(page);
      return titles(page);
    };
    const plain = await shown(findable.toLowerCase());
    assert.ok(plain.length > 0, `/search/: ${findable.toLowerCase()} is not found`);
    assert.deepEqual(await shown(findable.toUpperCase()), plain, `/search/: ${findable} in capitals finds something else`);
  }));

test(`a misspelt word finds the right one, and that is said: ${misspelt}`, () =>
  search(`/search/?q=${misspelt}`, async (page) => {
    const said = await status(page).textContent();
    assert.ok(said.toLowerCase().includes(`“${findable.toLowerCase()}” instead of “${misspelt.toLowerCase()}”`), said);
    assert.ok((await results(page).count()) > 0);
    assert.equal(await box(page).inputValue(), misspelt, "what somebody typed is changed");
  }));

test("markup in a question is text", () =>
  open({}, async (page) => {
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    const markup = `<img src="x" onerror="globalThis.harm = 1">`;
    await page.goto(server.url(`/search/?q=${encodeURIComponent(markup)}&themes=${encodeURIComponent(markup)}`));
    await ready(page);
    assert.ok((await status(page).textContent()).includes(markup), await status(page).textContent());
    assert.equal(await page.locator("main img").count(), 0);
    assert.equal(await page.evaluate(() => globalThis.harm), undefined);
    assert.deepEqual(faults, []);
  }));

test("awkward questions are answered", () =>
  open({}, async (page) => {
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(server.url("/search/"));
    const awkward = ["x".repeat(10_000), "word ".repeat(2000), "(.*)+[a-z]{3,}$^\\", "👩‍👩‍👧 🎓", "السكن حق", "the of and", "-", '"', '""', "-a -b", "%00 &amp; ?q=#", "\u0000\uffff\ud800", "ŵŷ"];
    for (const question of awkward) {
      await box(page).fill(question);
      await box(page).press("Enter");
      await ready(page);
      const said = await status(page).textContent();
      assert.ok(said.trim() && !said.includes("could not"), `${question.slice(0, 20)}: ${said}`);
      assert.ok(said.length < 300, `${question.slice(0, 20)}: ${said.length} characters are said`);
    }
    assert.deepEqual(faults, []);
  }));

test("an address that somebody made up does no harm", () =>
  open({}, async (page) => {
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(server.url(`/search/?q=${findable}&kind=nonsense&nothing=1&__proto__=x&constructor=y&sort=sideways&limit=-7e99`));
    await ready(page);
    const made = await titles(page);
    assert.deepEqual([...asked(page).keys()], ["q"], page.url());
    assert.equal(await page.getByLabel("Sort by").inputValue(), "relevance");
    await page.goto(server.url(`/search/?q=${findable}`));
    await ready(page);
    assert.deepEqual(made, await titles(page));
    await page.goto(server.url("/search/?kind=nonsense&nothing=1"));
    await ready(page);
    assert.equal(new URL(page.url()).search, "");
    assert.equal((await status(page).textContent()).trim(), "");
    assert.deepEqual(faults, []);
  }));

test("more results go on where the first ended", () =>
  search(EVERYTHING, async (page) => {
    const first = await titles(page);
    await status(page).evaluate((element) => {
      globalThis.said = 0;
      new MutationObserver(() => (globalThis.said += 1)).observe(element, { childList: true, characterData: true, subtree: true });
    });
    await page.getByRole("button", { name: "Show more" }).click();
    await ready(page);
    await until("more is shown", async () => (await results(page).count()) > first.length);
    const all = await titles(page);
    assert.deepEqual(all.slice(0, first.length), first);
    assert.equal(await focused(page), all[first.length]);
    assert.equal(await page.evaluate(() => globalThis.said), 0, "the same number is announced again");
    await page.reload();
    await ready(page);
    assert.deepEqual(await titles(page), all, "the page loaded again shows fewer");
  }));

test("what is typed takes one step of the way back, and a question sent takes one of its own", () =>
  search("/search/", async (page) => {
    await box(page).pressSequentially(findable.slice(0, 4));
    await until("it is in the address", () => query(page) === findable.slice(0, 4));
    await box(page).press("Enter");
    await box(page).fill(findable);
    await until("it is in the address", () => query(page) === findable);
    await page.goBack();
    await until("the way back leads to what was sent", async () => query(page) === findable.slice(0, 4) && (await box(page).inputValue()) === findable.slice(0, 4));
    await page.goBack();
    await until("and before it there is the empty page or the one before", () => query(page) === null);
  }));

test("an index that fails is told of, and tried again", () =>
  open({}, async (page) => {
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.route(ofIndex, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(server.url(`/search/?q=${findable}`));
    await ready(page);
    assert.ok((await status(page).textContent()).includes("could not be loaded"));
    const links = await page.locator("[data-browse] a").evaluateAll((all) => all.map((link) => link.href));
    assert.ok(links.filter((link) => within(new URL(link), server.origin)).length >= 3);
    assert.deepEqual(faults, []);
    await page.unroute(ofIndex);
    await box(page).press("Enter");
    await until("the second try finds", async () => (await results(page).count()) > 0);
  }));

test("the form of the home page searches", () =>
  visit({ address: "/" }, {}, async (page) => {
    const input = page.getByRole("search").first().locator("input");
    await input.fill(findable);
    await input.press("Enter");
    await page.waitForURL(server.url(`/search/?q=${encodeURIComponent(findable)}`));
    await until("/: its question is answered on the search page", async () => (await results(page).count()) > 0);
  }));
