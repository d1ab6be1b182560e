// A campaign pack: what can be copied, what is overdue, what is ticked.
import { test } from "node:test";
import assert from "node:assert/strict";
import { dated, skip, sound } from "./dated.mjs";
import { until } from "./expectation.mjs";
import { pages } from "./site.mjs";

const visit = await dated("2027-10-01");
const address = pages.find((page) => /^\/packs\/.*2027/.test(page));
const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

const first = (page) => {
  const post = page.locator(".post").first();
  return { post, text: post.locator(".post-text"), button: post.getByRole("button"), told: post.getByRole("status") };
};
const read = (page) => page.evaluate(() => navigator.clipboard.readText());
const even = (text) => text.replace(/\s+/g, " ").trim();

test("a post is copied, and that is said", { skip }, () =>
  visit(address, clipboard, async (page) => {
    const { text, button, told } = first(page);
    assert.equal(await told.innerText(), "");
    await button.click();
    await until("the page says that it has copied", async () => (await told.innerText()) === "Copied");
    assert.equal(even(await read(page)), even(await text.innerText()));
    await sound(page, "copied");

    // Another copy takes the word from the first.
    const release = page.locator(".release");
    await release.getByRole("button").click();
    await until("the release is copied", async () => (await release.getByRole("status").innerText()) === "Copied");
    assert.equal(await told.innerText(), "");
    const copied = await read(page);
    assert.ok(copied.includes("[Council name]") && !copied.includes("Copy the release"), copied);
  }));

test("a browser without a clipboard for pages still copies", { skip }, () =>
  visit(address, clipboard, async (page) => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
    });
    const { text, button, told } = first(page);
    await button.click();
    await until("the page says that it has copied", async () => (await told.innerText()) === "Copied");
    assert.equal(even(await read(page)), even(await text.innerText()));
  }));

test("what can't be copied is said, and stays selected", { skip }, () =>
  visit(address, {}, async (page) => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
      document.execCommand = () => false;
    });
    const { text, button, told } = first(page);
    await button.click();
    await until("the page says that it could not", async () => (await told.innerText()).includes("yourself"));
    assert.equal(even(await page.evaluate(() => String(getSelection()))), even(await text.innerText()));
    await sound(page, "not copied");
  }));

test("every post says in words how long it may be", { skip }, () =>
  visit(address, {}, async (page) => {
    const lengths = await page.locator(".post-length").allInnerTexts();
    assert.ok(lengths.length > 3 && lengths.every((words) => /^[\d,]+ of [\d,]+ characters/.test(words)), lengths.join("\n"));
  }));

test("what is overdue on the reader's day is said, unless it is ticked, and ticks are kept", { skip }, () =>
  visit(address, { today: "2027-10-23T12:00Z" }, async (page) => {
    const late = page.locator(".overdue").filter({ visible: true });
    const count = await late.count();
    // On the day of the build fewer tasks were.
    assert.ok((await late.last().innerText()).includes("22 October 2027"));
    // The label covers its box, so that a finger finds both.
    await page.locator(".task label").first().click();
    assert.equal(await late.count(), count - 1);
    const said = await page.locator("[data-done]").innerText();
    assert.match(said, /^1 of \d+ done/);
    await page.reload();
    assert.ok(await page.locator(".task input").first().isChecked(), "the tick is gone");
    assert.equal(await late.count(), count - 1);
    await sound(page, "overdue and ticked");
  }));

test("the countdown of a pack is that of the reader's day", { skip }, () =>
  visit(address, { today: "2027-10-24T12:00Z" }, async (page) => {
    assert.equal(await page.locator("[data-count]").first().innerText(), "Begins tomorrow");
  }));

test("without JavaScript there is no button to copy, and the rest is there", { skip }, () =>
  visit(address, { javaScriptEnabled: false }, async (page) => {
    const main = page.getByRole("main");
    assert.equal(await main.getByRole("button").count(), 0);
    assert.ok(!(await page.locator("[data-done]").isVisible()));
    const text = await main.innerText();
    for (const words of ["counted on 1 October 2027", "Was due by 2 August 2027", "By 25 October 2027", "of 280 characters"]) {
      assert.ok(text.includes(words), words);
    }
    await page.locator(".task label").first().click();
    assert.ok(await main.getByRole("checkbox").first().isChecked());
  }));

test("dates and downloads stand above everything else, each file with its format and size", { skip }, () =>
  visit(address, { viewport: { width: 390, height: 900 } }, async (page) => {
    const top = async (selector) => (await page.locator(selector).first().boundingBox()).y;
    assert.ok((await top(".pack-dates")) < (await top(".pack-downloads")));
    assert.ok((await top(".pack-downloads")) < (await top(".contents")));
    const files = await page.locator(".downloads li").allInnerTexts();
    assert.ok(files.length > 0 && files.every((file) => /\b[A-Z]{3,4}, [\d.]+ (KB|MB)/.test(file)), files.join("\n"));
  }));
