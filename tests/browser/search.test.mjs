// The search page: it finds, says how much it found, and keeps the question in its address.
import { test } from "node:test";
import assert from "node:assert/strict";
import { until } from "./expectation.mjs";
import { findable, unfindable } from "./site.mjs";
import { stage } from "./visit.mjs";

const { server, visit } = await stage();

const box = (page) => page.getByRole("main").getByRole("searchbox");
const status = (page) => page.getByRole("status").first();
const results = (page) => page.getByRole("main").locator("ol li").getByRole("link");
const query = (page) => new URL(page.url()).searchParams.get("q");

test(`typing finds a page: ${findable}`, () =>
  visit({ address: "/search/" }, {}, async (page) => {
    assert.equal(await status(page).count(), 1, "/search/: role=status must be there before anything is said in it");
    await box(page).pressSequentially(findable);
    await until("/search/: a result is shown", async () => (await results(page).count()) > 0);
    await until("/search/: role=status says how many were found", async () => /\d/.test(await status(page).textContent()));
    await until("/search/: the question is in the address", () => query(page) === findable);

    const count = Number((await status(page).textContent()).replace(/[^\d]*(\d[\d,]*).*/s, "$1").replaceAll(",", ""));
    assert.ok(count >= (await results(page).count()), `/search/: says ${count} but shows more`);

    const shown = await results(page).allTextContents();
    await page.reload();
    assert.equal(await box(page).inputValue(), findable, "/search/: the question is lost when the page is loaded again");
    await until("/search/: the same results after loading again", async () => {
      return JSON.stringify(await results(page).allTextContents()) === JSON.stringify(shown);
    });

    const title = (await results(page).first().textContent()).trim();
    await results(page).first().click();
    await until(`/search/: the first result leads to its page, "${title}"`, async () => {
      return (await page.getByRole("heading", { level: 1 }).textContent()).trim() === title;
    });
    await page.goBack();
    await until("/search/: the way back leads to the results", async () => query(page) === findable && (await results(page).count()) > 0);
  }));

test("what is not there is said so", () =>
  visit({ address: "/search/" }, {}, async (page) => {
    await box(page).fill(unfindable);
    await until("/search/: role=status answers", async () => (await status(page).textContent()).includes(unfindable));
    assert.equal(await results(page).count(), 0, "/search/: a word that is nowhere has results");
    await box(page).fill("");
    await until("/search/: an empty question has no answer and no place in the address", async () => {
      return (await status(page).textContent()).trim() === "" && query(page) === null;
    });
  }));

test("case and accents make no difference", () =>
  visit({ address: "/search/" }, {}, async (page) => {
    const shown = async (text) => {
      await box(page).fill(text);
      await until(`/search/: role=status answers for ${text}`, async () => (await status(page).textContent()).includes(text));
      return results(page).allTextContents();
    };
    const plain = await shown(findable.toLowerCase());
    assert.ok(plain.length > 0, `/search/: ${findable.toLowerCase()} is not found`);
    assert.deepEqual(await shown(findable.toUpperCase()), plain, `/search/: ${findable} in capitals finds something else`);
  }));

test("the form of the home page searches", () =>
  visit({ address: "/" }, {}, async (page) => {
    await page.getByRole("searchbox").first().fill(findable);
    await page.getByRole("searchbox").first().press("Enter");
    await page.waitForURL(server.url(`/search/?q=${encodeURIComponent(findable)}`));
    await until("/: its question is answered on the search page", async () => (await results(page).count()) > 0);
  }));
