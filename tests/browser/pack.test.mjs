// A campaign pack: what can be copied, filled in and taken away, what is overdue, what is ticked.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dated, skip, sound } from "./dated.mjs";
import { until } from "./expectation.mjs";
import { fileOf, folder, pages } from "./site.mjs";

const visit = await dated("2027-10-01");
const address = pages.find((page) => /^\/packs\/.*2027/.test(page));
const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
const library = process.env.LIBRARY ?? join(import.meta.dirname, "../..");
const script = (name) => import(pathToFileURL(join(library, "themes/civic/static/js", name)));
const [{ read: unzip }, { read: rowsOf }] = await Promise.all([script("zip.js"), script("csv.js")]);

const first = (page) => {
  const post = page.locator("[data-post]").first();
  const button = post.getByRole("button", { name: /^Copy the post/ });
  return { post, text: post.locator(".post-text"), button, told: post.getByRole("status") };
};
const read = (page) => page.evaluate(() => navigator.clipboard.readText());
const even = (text) => text.replace(/\s+/g, " ").trim();
const says = (status, words) => until(`the page says “${words}”`, async () => (await status.innerText()).includes(words));
const release = (page) => page.locator("[data-release]");
const lengths = (page) => page.locator(".post-length").allInnerTexts();

// What a council fills in; a promise of this length fits everywhere.
const FILLED = {
  "Name of the council": "Exampleshire <Council> & Co",
  "Web address": "https://www.exampleshire.example/children-and-families/care-leavers/week",
  "Your promise": "interview every care leaver by April 2028",
  "What care leavers can ask you for": "a named adviser\na grant\na bus pass",
};
const fill = async (page, values = FILLED) => {
  for (const [label, value] of Object.entries(values)) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
};

// What the browser saves when `control` is clicked: its name and its bytes.
async function saved(page, control) {
  const [download] = await Promise.all([page.waitForEvent("download"), control.click()]);
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) };
}
const textOf = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

test("a post and the description of its picture are copied, and that is said", { skip }, () =>
  visit(address, clipboard, async (page) => {
    const { post, text, button, told } = first(page);
    assert.equal(await told.innerText(), "");
    await button.click();
    await says(told, "Copied");
    assert.equal(await read(page), (await text.innerText()).trim());
    await sound(page, "copied");
    await post.getByRole("button", { name: /^Copy the description of the picture for X, 25 October 2027/ }).click();
    await until("the description is copied", async () => (await read(page)).startsWith("The words National Care Leavers' Week"));

    // Another copy takes the word from the first.
    await release(page).getByRole("button", { name: "Copy the release" }).click();
    await says(release(page).getByRole("status"), "Copied");
    assert.equal(await told.innerText(), "");
    const copied = await read(page);
    assert.ok(copied.startsWith("[Name of the council] makes a promise to its care leavers\n\n[Name"), copied);
    assert.match(copied, /\n\nNotes to editors\n\n- A care leaver is .*\n- Councils must/);
    assert.ok(!copied.includes("Copy the release"), copied);
  }));

test("a browser without a clipboard for pages still copies", { skip }, () =>
  visit(address, clipboard, async (page) => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
    });
    const { text, button, told } = first(page);
    await button.click();
    await says(told, "Copied");
    assert.equal(even(await read(page)), even(await text.innerText()));
    await page.getByRole("button", { name: "Copy all posts as a table (CSV)" }).click();
    await until("the table is copied", async () => (await read(page)).startsWith('"Channel"'));
  }));

test("what can't be copied is said, and stays selected", { skip }, () =>
  visit(address, {}, async (page) => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
      document.execCommand = () => false;
    });
    const { text, button, told } = first(page);
    await button.click();
    await says(told, "yourself");
    assert.equal(even(await page.evaluate(() => String(getSelection()))), even(await text.innerText()));
    await sound(page, "not copied");
  }));

test("all posts are copied as a table, with what is filled in", { skip }, () =>
  visit(address, clipboard, async (page) => {
    await fill(page);
    await page.getByRole("button", { name: "Copy all posts as a table (CSV)" }).click();
    await says(page.locator("#section_posts [data-tells]").first().getByRole("status"), "Copied");
    const [head, ...rows] = rowsOf(await read(page));
    assert.deepEqual(head, ["Channel", "Text", "Picture", "Picture description", "When to post"]);
    assert.equal(rows.length, await page.locator("[data-post]").count());
    const [channel, text, picture, alt, when] = rows[0];
    assert.deepEqual([channel, picture, when], ["X", "banner.png", "2027-10-25 09:00"]);
    assert.ok(text.includes("Exampleshire <Council> & Co is a corporate parent") && alt.startsWith("The words"), text);
    assert.ok(rows.some(([, text]) => text.includes("a named adviser\na grant\na bus pass")));
  }));

test("every post says in words how long it may be", { skip }, () =>
  visit(address, {}, async (page) => {
    const said = await lengths(page);
    assert.ok(said.length > 3 && said.every((words) => /^[\d,]+ of [\d,]+ characters/.test(words)), said.join("\n"));
  }));

test("the form fills every gap of the release and of the posts, and counts each post by its channel's rule", { skip }, () =>
  visit(address, {}, async (page) => {
    const before = await lengths(page);
    await page.getByLabel("Web address", { exact: true }).fill(FILLED["Web address"]);
    const after = await lengths(page);
    const change = (post) => Number.parseInt(after[post]) - Number.parseInt(before[post]);
    // X counts every address as 23 characters, Bluesky as many as it has; {{link}} has 8.
    assert.deepEqual([change(0), change(3)], [23 - 8, FILLED["Web address"].length - 8]);
    assert.ok(after[0].endsWith("before the gaps are filled in"), after[0]);

    await fill(page);
    assert.match((await lengths(page))[0], /^\d+ of 280 characters$/);
    for (const name of ["council", "link", "promise"]) {
      const marks = page.locator(`[data-placeholder=${name}]`);
      const label = { council: "Name of the council", link: "Web address", promise: "Your promise" }[name];
      assert.ok((await marks.count()) > 1 && (await marks.allTextContents()).every((text) => text === FILLED[label]), name);
    }
    assert.ok((await release(page).innerText()).includes("Exampleshire <Council> & Co makes a promise"));
    assert.ok((await page.locator("[data-progress]").innerText()).startsWith("4 of 16 filled in"));
    await sound(page, "filled in");

    await page.getByLabel("Your promise").fill("keep it. ".repeat(30));
    const progress = page.locator("[data-progress]");
    assert.match(await progress.innerText(), /1 post is too long now: X 1 November 2027, 09:00$/);
    assert.match((await lengths(page))[2], /^\d+ of 280 characters: \d+ too many$/);
    await sound(page, "too long");
    await progress.getByRole("link").click();
    assert.ok(await page.locator("[data-post]").nth(2).evaluate((post) => post.matches(":target")));
  }));

test("what is filled in is kept in the browser, cleared, and put back", { skip }, () =>
  visit(address, {}, async (page, context) => {
    const council = page.getByLabel("Name of the council", { exact: true });
    const kept = () => page.evaluate(() => Object.entries(localStorage).flat().join());
    const headline = release(page).locator("h3").first();
    await page.getByText("What you write stays in this browser").waitFor();
    await fill(page);
    await page.reload();
    assert.equal(await council.inputValue(), FILLED["Name of the council"]);
    assert.ok((await headline.innerText()).startsWith("Exampleshire"));

    // Another tab of the page follows.
    const other = await context.newPage();
    await other.goto(page.url());
    await other.getByLabel("Name of the council", { exact: true }).fill("Elsewhere");
    await until("the first tab follows the second", async () => (await headline.innerText()).startsWith("Elsewhere"));

    await page.getByRole("button", { name: "Clear the form" }).click();
    await says(page.locator("[data-progress]"), "The form is empty");
    assert.ok((await headline.innerText()).startsWith("[Name of the council]"));
    assert.ok(!(await kept()).includes("Elsewhere"), "the browser still keeps it");
    await sound(page, "cleared");
    await page.getByRole("button", { name: "Put it back" }).click();
    assert.ok((await headline.innerText()).startsWith("Elsewhere"));
    assert.ok((await kept()).includes("Elsewhere"));

    // Once something else is written, there is nothing to put back.
    await page.getByRole("button", { name: "Clear the form" }).click();
    await council.fill("A");
    await page.getByRole("button", { name: "Clear the form" }).waitFor();
  }));

test("a browser that keeps nothing fills the gaps all the same, and says so", { skip }, () =>
  visit(address, {}, async (page) => {
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("blocked", "SecurityError"); } }));
    await page.reload();
    await fill(page);
    assert.ok((await release(page).innerText()).includes("Exampleshire"));
    assert.ok(await page.getByText("does not let the page keep").isVisible());
    assert.ok(!(await page.getByText("What you write stays in this browser").isVisible()));
    assert.ok(!(await page.getByText("What you tick stays in this browser").isVisible()));
  }));

test("nothing that is filled in leaves the browser", { skip }, () =>
  visit(address, { ...clipboard, acceptDownloads: true }, async (page) => {
    const asked = [];
    page.on("request", (request) => asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`));
    await fill(page, { "Name of the council": "Secretshire" });
    await page.getByLabel("Name of the council", { exact: true }).press("Enter");
    await first(page).button.click();
    await saved(page, page.getByRole("button", { name: "Download as plain text" }));
    await saved(page, page.getByRole("button", { name: /in one ZIP file$/ }));
    const origin = new URL(page.url()).origin;
    const scripts = asked.filter((request) => request.startsWith(`GET ${origin}/`) || request.startsWith("GET blob:"));
    assert.deepEqual(asked.filter((request) => !scripts.includes(request) || /secretshire/i.test(request)), []);
    assert.ok(!page.url().includes("?"), page.url());
  }));

test("as long as nothing is filled in, the links lead to the files of the pack", { skip }, () =>
  visit(address, {}, async (page) => {
    for (const name of ["Download for Word", "Download all posts as a table (CSV)"]) {
      const link = page.getByRole("link", { name });
      const { name: file, bytes } = await saved(page, link);
      assert.equal(file, (await link.getAttribute("href")).split("/").at(-1));
      assert.deepEqual(Buffer.from(bytes), readFileSync(join(folder, fileOf(address), "..", file)));
    }
  }));

test("the release is made into a Word document in the browser, with what is filled in and all the rest as it was", { skip }, () =>
  visit(address, {}, async (page) => {
    await fill(page);
    const { name, bytes } = await saved(page, page.getByRole("link", { name: "Download for Word" }));
    await says(release(page).getByRole("status"), `${name} is made`);
    // Beside the file with gaps it has a name of its own.
    assert.equal(name, "care-leavers-week-2027-press-release-filled.docx");
    const gaps = name.replace("-filled", "");
    const [made, built] = await Promise.all([unzip(bytes), unzip(new Uint8Array(readFileSync(join(folder, fileOf(address), "..", gaps))))]);
    assert.deepEqual(made.map((file) => file.name), built.map((file) => file.name));
    const changed = made.filter((file, at) => Buffer.compare(file.bytes, built[at].bytes) !== 0);
    assert.deepEqual(changed.map((file) => file.name), ["word/document.xml", "customXml/item1.xml"]);

    const parsed = (xml) => {
      const document = new DOMParser().parseFromString(xml, "application/xml");
      const texts = [...document.querySelectorAll("t, placeholder")].map((text) => text.textContent);
      return document.querySelector("parsererror") ? undefined : texts.filter(Boolean);
    };
    const [texts, kept] = await Promise.all(changed.map((file) => page.evaluate(parsed, textOf(file.bytes))));
    assert.ok(texts && kept, "it is no XML");
    const words = texts.join("");
    // The posts alone ask for the rest.
    assert.deepEqual(kept, [FILLED["Name of the council"], FILLED["Your promise"], FILLED["Web address"]]);
    assert.ok(words.includes("Exampleshire <Council> & Co makes a promise"), words);
    assert.ok(words.includes("[Number of care leavers]") && !words.includes("[Name of the council]"), words);
  }));

test("release and posts are one ZIP of texts, with what is filled in", { skip }, () =>
  visit(address, {}, async (page) => {
    await fill(page);
    const { name, bytes } = await saved(page, page.getByRole("button", { name: /in one ZIP file$/ }));
    assert.equal(name, "care-leavers-week-2027-texts.zip");
    const files = await unzip(bytes);
    const posts = await page.locator("[data-post]").count();
    assert.deepEqual(
      files.slice(0, 4).map((file) => file.name),
      ["care-leavers-week-2027-press-release.txt", "care-leavers-week-2027-press-release.docx", "care-leavers-week-2027-posts.csv", "posts/01-x.txt"],
    );
    assert.equal(files.length, 3 + posts);
    for (const file of files.filter(({ name }) => !name.endsWith(".docx") && !/04|05|09/.test(name))) {
      assert.ok(textOf(file.bytes).includes("Exampleshire") || !/^posts\/(01|02|03|06|07|08|10)/.test(file.name), file.name);
    }
    const post = textOf(files[3].bytes);
    assert.match(post, /^Today National Care Leavers' Week begins\..*\r\n\r\nChannel: X\r\nPicture: banner\.png\r\nPicture description: The words .*\r\nWhen to post: 25 October 2027, 09:00\r\n$/);
    const text = await saved(page, page.getByRole("button", { name: "Download as plain text" }));
    assert.equal(textOf(text.bytes), textOf(files[0].bytes));
    assert.ok(!/[^\r]\n/.test(textOf(text.bytes)), "lines don't end as Windows has it");
  }));

test("where a file can't be made, that is said", { skip }, () =>
  visit(address, {}, async (page) => {
    await fill(page);
    await page.route(/press-release\.docx$/, (route) => route.fulfill({ status: 404, body: "" }));
    await page.getByRole("link", { name: "Download for Word" }).click();
    await says(release(page).getByRole("status"), "That did not work");
  }));

test("what is overdue on the reader's day is said, unless it is ticked, and what comes next", { skip }, () =>
  visit(address, { today: "2027-10-23T12:00Z" }, async (page) => {
    const late = page.locator(".task-overdue").filter({ visible: true });
    const next = page.locator(".task-next").filter({ visible: true });
    const count = await late.count();
    // On the day of the build fewer tasks were.
    assert.ok((await late.last().innerText()).includes("22 October 2027"));
    assert.deepEqual(await next.allInnerTexts(), ["Next: by 25 October 2027"]);
    // The label covers its box, so that a finger finds both.
    await page.locator(".task label").first().click();
    assert.equal(await late.count(), count - 1);
    assert.equal(await page.locator("[data-done]").innerText(), "1 of 17 done");
    await page.reload();
    assert.ok(await page.locator(".task input").first().isChecked(), "the tick is gone");
    assert.equal(await late.count(), count - 1);
    await page.locator(".task").filter({ hasText: "25 October 2027" }).locator("label").click();
    assert.deepEqual(await next.allInnerTexts(), ["Next: by 1 November 2027"]);
    await sound(page, "overdue and ticked");
    await page.getByRole("button", { name: "Clear the ticks" }).click();
    assert.equal(await late.count(), count);
    assert.equal(await page.locator("[data-done]").innerText(), "0 of 17 done");
  }));

test("the countdown of a pack is that of the reader's day", { skip }, () =>
  visit(address, { today: "2027-10-24T12:00Z" }, async (page) => {
    assert.equal(await page.locator("[data-count]").first().innerText(), "Begins tomorrow");
  }));

test("without JavaScript there is no button and no box to write in, and the rest is there", { skip }, () =>
  visit(address, { javaScriptEnabled: false }, async (page) => {
    const main = page.getByRole("main");
    for (const role of ["button", "textbox", "status"]) {
      assert.equal(await main.getByRole(role).count(), 0, role);
    }
    const text = await main.innerText();
    for (const words of [
      "counted on 1 October 2027",
      "Was due by 2 August 2027",
      "Next: by 4 October 2027",
      "By 25 October 2027",
      "of 280 characters",
      "What stands in square brackets",
      "Name of the council",
      "As it should read within a sentence",
      "[Name of the council] makes a promise",
      "Download for Word",
      "Download all posts as a table (CSV)",
    ]) {
      assert.ok(text.includes(words), words);
    }
    await page.locator(".task label").first().click();
    assert.ok(await main.getByRole("checkbox").first().isChecked());
  }));

test("on paper the release stands as it is filled in, and no button", { skip }, () =>
  visit(address, {}, async (page) => {
    await fill(page);
    await page.emulateMedia({ media: "print" });
    assert.ok((await release(page).innerText()).includes("Exampleshire"));
    assert.equal(await page.getByRole("main").getByRole("button").count(), 0);
    assert.equal(await page.locator("main [role=status]").filter({ visible: true }).count(), 0);
  }));

test("dates and downloads stand above everything else, each file with its format, pages and size", { skip }, () =>
  visit(address, { viewport: { width: 390, height: 900 } }, async (page) => {
    const top = async (selector) => (await page.locator(selector).first().boundingBox()).y;
    assert.ok((await top(".pack-dates")) < (await top(".downloads")));
    assert.ok((await top(".downloads")) < (await top(".contents")));
    const files = page.locator(".downloads li");
    const said = await files.allInnerTexts();
    assert.ok(said.length > 5 && said.every((file) => /\b(PDF|Word|Text|CSV|Calendar|ZIP), (\d+ pages?, )?[\d.]+ (bytes|KB|MB)/.test(file)), said.join("\n"));
    for (const link of await files.getByRole("link").all()) {
      const [href, type, takes] = await Promise.all(["href", "type", "download"].map((name) => link.getAttribute(name)));
      assert.ok(takes !== null && type.includes("/"), href);
      const answer = await page.request.get(new URL(href, page.url()).href);
      assert.equal(answer.status(), 200, href);
    }
  }));

for (const width of [320, 390, 768, 1440]) {
  test(`a pack that is filled in needs no scrolling sideways at ${width} px`, { skip }, () =>
    visit(address, { viewport: { width, height: 900 } }, async (page) => {
      await fill(page, { ...FILLED, "Your promise": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch".repeat(2) });
      const [inner, whole] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
      assert.ok(whole <= inner, `${whole} px wide`);
    }));
}
