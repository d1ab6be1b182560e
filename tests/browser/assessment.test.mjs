// The form of a self-assessment: filled in, kept, summed, given out, taken back, deleted, and on paper.
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import assert from "node:assert/strict";
import { equip, faultsOf } from "./axe.mjs";
import { none } from "./expectation.mjs";
import { types } from "./site.mjs";
import { STATES, enter } from "./states.mjs";
import { stage } from "./visit.mjs";

const type = types.find(({ name }) => name === "self-assessments, one");
const { visit } = await stage();
const fill = (options, work) => visit(type, options, work);

const statementsOf = (page) => page.locator("[data-statement]");
const answer = (page, statement, choice) => statementsOf(page).nth(statement).getByRole("radio").nth(choice).check();

async function note(page, statement, text) {
  const box = statementsOf(page).nth(statement);
  await box.locator("summary").click();
  await box.getByRole("textbox").fill(text);
}

const answersOf = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("[data-statement]")].map((box) => [
      box.querySelector(":checked")?.value ?? "",
      box.querySelector("textarea").value,
    ]),
  );

// What the table of results says, a row a part, all parts last.
const resultOf = (page) =>
  page.evaluate(() => [...document.querySelectorAll("[data-row]")].map((row) => [...row.cells].slice(1).map((cell) => cell.textContent.trim())));

const sizesOf = (page) =>
  page.evaluate(() => [...document.querySelectorAll("[data-dimension]")].map((box) => box.querySelectorAll("[data-statement]").length));

const download = async (page) => {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download as CSV" }).click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
};

// A strict reader of RFC 4180 in which every cell is quoted.
function rowsOf(text) {
  const rows = [];
  for (let at = 0, row = []; at < text.length; ) {
    assert.equal(text[at], '"', `no quote at ${at}`);
    let end = at + 1;
    while (text[end] !== '"' || text[end + 1] === '"') {
      end += text[end] === '"' ? 2 : 1;
    }
    row.push(text.slice(at + 1, end).replaceAll('""', '"'));
    if (text[end + 1] === ",") {
      at = end + 2;
    } else {
      assert.equal(text.slice(end + 1, end + 3), "\r\n", `a line ends with ${JSON.stringify(text.slice(end + 1, end + 3))}`);
      rows.push(row);
      [row, at] = [[], end + 3];
    }
  }
  return rows;
}

const load = (page, text) =>
  page.getByLabel("Load answers from a CSV file").setInputFiles({ name: "answers.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

const focusWithin = (page, selector) => page.evaluate((where) => Boolean(document.activeElement.closest(where)), selector);

const blocked = (page) =>
  page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
  });

test("answers and notes are there again after a reload", () =>
  fill({}, async (page) => {
    await answer(page, 0, 2);
    await answer(page, 3, 0);
    await note(page, 3, "two lines\nof notes");
    const before = await answersOf(page);
    assert.deepEqual([before[0], before[3]], [["2", ""], ["0", "two lines\nof notes"]]);
    await page.reload();
    assert.deepEqual(await answersOf(page), before);
    assert.ok(await statementsOf(page).nth(3).getByRole("textbox").isVisible(), "notes that were written are folded away");
  }));

test("answers are summed by part and in all, in the table, in words and in bars", () =>
  fill({}, async (page) => {
    const [first, second, ...others] = await sizesOf(page);
    const total = first + second + others.reduce((sum, size) => sum + size, 0);
    await answer(page, 0, 3);
    await answer(page, 1, 1);
    await answer(page, first, 0);
    assert.deepEqual(await resultOf(page), [
      [`2 of ${first}`, "4 of 6"],
      [`1 of ${second}`, "0 of 3"],
      ...others.map((size) => [`0 of ${size}`, ""]),
      [`3 of ${total}`, "4 of 9"],
    ]);
    assert.equal(await page.locator("[data-subtotal]").first().textContent(), `2 of ${first} answered, 4 of 6 points.`);
    assert.equal(await page.locator("[data-progress] p").textContent(), `3 of ${total} answered`);
    const widths = await page.locator("[data-row] .bar-part").evaluateAll((bars) => bars.map((bar) => Math.round(bar.getAttribute("width"))));
    assert.deepEqual(widths.slice(0, 2), [67, 0]);
    assert.equal(widths.at(-1), 44);
    // The same in a polite live region, once for each answer.
    const status = page.getByRole("status").first();
    assert.equal(await status.textContent(), `1 of ${second} answered, 0 of 3 points. 3 of ${total} answered in all, 4 of 9 points.`);
  }));

test("a statement without an answer can be reached from the result and from beside the text", () =>
  fill({}, async (page) => {
    await answer(page, 0, 1);
    const open = page.locator("[data-open] a");
    assert.equal(await open.count(), (await statementsOf(page).count()) - 1);
    await open.first().press("Enter");
    assert.ok(await focusWithin(page, "[data-statement='1.2']"), "the link to 1.2 does not lead there");
    await page.getByRole("link", { name: "Next unanswered statement" }).press("Enter");
    assert.ok(await focusWithin(page, "[data-statement='1.2']"), "the next unanswered statement is not 1.2");
  }));

test("the CSV follows RFC 4180, runs no formula, and can be taken back", () =>
  fill({}, async (page) => {
    const notes = ['=HYPERLINK("https://example.org/","x")', "+1", "-1, and more", "@SUM(A1)", " =1+1", "'=kept", 'plain "quoted"\nsecond line', "'tis"];
    for (const [at, text] of notes.entries()) {
      await answer(page, at, at % 4);
      await note(page, at, text);
    }
    const { name, text } = await download(page);
    assert.match(name, /^[a-z0-9-]+-\d{4}-\d\d-\d\d\.csv$/);
    assert.ok(text.startsWith('\ufeff"Statement","Part","Answer","Notes","Date"\r\n'), `the head is ${JSON.stringify(text.slice(0, 60))}`);
    assert.ok(text.endsWith('"\r\n'), "the last line has no end");
    const rows = rowsOf(text.slice(1));
    assert.equal(rows.length, 1 + (await statementsOf(page).count()));
    none(rows.filter((row) => row.length !== 5).map((row) => `not five cells: ${row.join(" | ")}`));
    none(rows.flat().filter((cell) => /^\s*[=+\-@]/.test(cell)).map((cell) => `a formula: ${cell}`));
    const [statement, dimension, choice, kept, date] = rows[2];
    assert.equal(rows[7][3], 'plain "quoted"\nsecond line');
    assert.equal(statement, await statementsOf(page).nth(1).locator("[data-text]").textContent());
    assert.equal(dimension, await page.locator("[data-dimension]").first().getAttribute("data-dimension"));
    assert.equal(choice, "In part");
    assert.equal(kept, "'+1");
    assert.match(date, /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(rows.at(-1).slice(2), ["", "", ""], "a statement without an answer has empty cells");

    const before = await answersOf(page);
    await fill({}, async (other) => {
      await load(other, text);
      await other.getByText(`Answers to ${notes.length} of`).waitFor({ state: "attached" });
      assert.deepEqual(await answersOf(other), before);
      await other.reload();
      assert.deepEqual(await answersOf(other), before, "what was loaded is not kept");
    });
  }));

test("downloading nothing, and loading what is no answer, is told in a summary that takes the focus", () =>
  fill({}, async (page) => {
    await page.getByRole("button", { name: "Download as CSV" }).click();
    const alert = page.getByRole("alert").filter({ hasText: "There is a problem" });
    assert.ok(await focusWithin(page, "[data-error]"), "the focus is not in the summary");
    await alert.getByRole("link").press("Enter");
    assert.ok(await focusWithin(page, "[data-statement='1.1']"), "the summary does not lead to the first statement");
    await answer(page, 0, 1);
    assert.ok(await alert.isHidden(), "the summary stays after the fault is mended");

    const before = await answersOf(page);
    await load(page, "name,number\r\nx,1\r\n");
    await alert.waitFor();
    assert.ok(await focusWithin(page, "[data-error]"), "the focus is not in the summary");
    assert.deepEqual(await answersOf(page), before, "a file that is not ours changed the answers");
    await alert.getByRole("link").press("Enter");
    assert.ok(await focusWithin(page, ".load"), "the summary does not lead to the file");
  }));

test("deleting asks first, by keyboard", () =>
  fill({}, async (page) => {
    await answer(page, 0, 1);
    const ask = page.getByRole("button", { name: "Delete my answers" });
    const dialog = page.getByRole("dialog", { name: "Delete all your answers?" });
    await ask.press("Enter");
    await dialog.waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Keep them", "the safe answer has not the focus");
    for (let stop = 0; stop < 8; stop += 1) {
      await page.keyboard.press(stop < 4 ? "Tab" : "Shift+Tab");
      const outside = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement.closest("dialog"));
      assert.ok(!outside, `after ${stop + 1} steps the focus is behind the dialog`);
    }
    await page.keyboard.press("Escape");
    assert.ok(await dialog.isHidden(), "Escape does not close the dialog");
    assert.ok(await focusWithin(page, "[data-ask]"), "the focus is not given back");
    assert.equal((await answersOf(page))[0][0], "1", "Escape deletes");

    await ask.press("Enter");
    await page.keyboard.press("Enter");
    assert.equal((await answersOf(page))[0][0], "1", "keeping them deletes");

    await ask.press("Enter");
    await dialog.getByRole("button", { name: "Delete the answers" }).press("Enter");
    await page.getByRole("status").getByText("Your answers are deleted.").waitFor({ state: "attached" });
    assert.ok(await focusWithin(page, "[data-ask]"), "the focus is not given back after deleting");
    assert.ok((await answersOf(page)).flat().every((text) => text === ""), "answers are left on the page");
    assert.equal(await page.evaluate(() => localStorage.length), 0, "answers are left in storage");
  }));

test("a form whose words have changed does not take the answers of the older one", () =>
  fill({}, async (page) => {
    await answer(page, 0, 3);
    const text = await statementsOf(page).nth(1).locator("[data-text]").textContent();
    await page.route(page.url(), async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(text, "Other words") });
    });
    await page.reload();
    await page.getByText("Other words").waitFor();
    assert.ok((await answersOf(page)).flat().every((text) => text === ""), "older answers are shown");
    assert.ok(await page.getByText("This form has changed").isVisible(), "nothing says that the form has changed");
  }));

test("a second tab shows what the first one keeps", () =>
  fill({}, async (page) => {
    const second = await page.context().newPage();
    await second.goto(page.url());
    await answer(page, 0, 2);
    await second.locator("[data-statement='1.1'] :checked").waitFor();
    assert.deepEqual(await answersOf(second), await answersOf(page));
  }));

test("with storage blocked the form still sums and downloads, and says that it keeps nothing", () =>
  fill({}, async (page) => {
    await blocked(page);
    await page.reload();
    assert.ok(await page.getByText("does not let the page keep your answers").isVisible(), "nothing says that answers are not kept");
    assert.ok(await page.getByText("Your answers stay in this browser").isHidden(), "the page says that it keeps answers");
    await answer(page, 0, 3);
    assert.equal((await resultOf(page))[0][1], "3 of 3");
    assert.ok((await download(page)).text.includes("Fully"), "the answer is not in the file");
    await page.getByRole("button", { name: "Delete my answers" }).click();
    await page.getByRole("button", { name: "Delete the answers" }).click();
    await page.getByRole("status").getByText("Your answers are deleted.").waitFor({ state: "attached" });
    assert.ok((await answersOf(page)).flat().every((text) => text === ""), "answers are not deleted");
  }));

test("assistive technology is given groups, names and states", () =>
  fill({}, async (page) => {
    const main = page.getByRole("main");
    const dimension = main.getByRole("group", { name: /^1\. / });
    const text = await statementsOf(page).first().locator("[data-text]").textContent();
    const statement = dimension.getByRole("group", { name: `1.1 ${text}`, exact: true });
    assert.deepEqual(await statement.getByRole("radio").evaluateAll((all) => all.map((radio) => radio.labels[0].textContent)), [
      "Not yet",
      "In part",
      "Mostly",
      "Fully, and we can show it",
    ]);
    await statement.getByRole("radio", { name: "Mostly" }).check();
    assert.ok(await statement.getByRole("radio", { name: "Mostly", checked: true }).isVisible());
    await statement.locator("summary").click();
    assert.ok(await statement.getByRole("textbox", { name: "Notes and evidence 1.1" }).isVisible(), "the notes have no name of their own");
    const table = main.getByRole("table", { name: "Points by part" });
    assert.equal(await table.getByRole("columnheader").count(), 3);
    assert.equal(await table.getByRole("rowheader").count(), 1 + (await sizesOf(page)).length);
    assert.equal(await main.getByRole("status").first().getAttribute("aria-live"), null, "role=status is polite by itself");
    const names = await main.getByRole("textbox").or(main.getByRole("radio")).evaluateAll((all) => all.map(({ id, name }) => id || name));
    assert.equal(new Set(names).size, names.length, "two controls share a name");
  }));

// Every control can be hit with a thumb.
test("answers and buttons are at least 44 px high", () =>
  fill({ viewport: { width: 320, height: 640 } }, async (page) => {
    const small = await page.locator(".choice, .notes summary, .assessment button, .load input, .progress a, [data-open] a").evaluateAll((all) =>
      all.map((one) => [one.textContent.trim() || one.localName, one.getBoundingClientRect().height]).filter(([, height]) => height < 44),
    );
    none(small.map(([name, height]) => `${name}: ${height} px`));
  }));

const states = {
  fresh: async () => {},
  answered: async (page) => {
    await answer(page, 0, 1);
    await note(page, 0, `${"a very long word".replaceAll(" ", "").repeat(8)}\nand a line`);
  },
  "in error": (page) => page.getByRole("button", { name: "Download as CSV" }).click(),
  asking: (page) => page.getByRole("button", { name: "Delete my answers" }).click(),
  blocked: async (page) => {
    await blocked(page);
    await page.reload();
  },
};

for (const [name, reach] of Object.entries(states)) {
  test(`axe and reflow: ${name}`, { timeout: 120_000 }, () =>
    fill({}, async (page) => {
      await reach(page);
      await equip(page);
      const faults = [];
      for (const state of STATES) {
        await enter(page, state);
        faults.push(...(await faultsOf(page, state.without)).map((fault) => `${state.name}: ${fault}`));
        const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) {
          faults.push(`${state.name}: ${wide} px stick out`);
        }
      }
      none(faults);
    }));
}

test("without JavaScript there are boxes and lines, and no dead control", () =>
  fill({ javaScriptEnabled: false }, async (page) => {
    const main = page.getByRole("main");
    const dead = main.locator("button, [type=file], a[href='#section_result']").filter({ visible: true });
    assert.equal(await dead.count(), 0, `to be seen without a script: ${await dead.allTextContents()}`);
    assert.ok(await main.getByRole("radio").first().isVisible());
    await page.emulateMedia({ media: "print" });
    for (const part of [".paper-total", ".signature"]) {
      assert.ok(await main.locator(part).first().isVisible(), `${part} is not on paper`);
    }
    const notes = main.locator(".notes-text").first();
    assert.ok((await notes.boundingBox()).height >= 40, "no room to write in");
    assert.notEqual(await notes.evaluate((box) => getComputedStyle(box, "::after").borderBottomStyle), "none", "no line to write on");
    assert.ok(await main.locator("textarea").first().isHidden(), "the empty box of the screen is printed");
  }));

test("on paper an answered form shows answers, notes, the date and the sums, and nothing to press", () =>
  fill({}, async (page) => {
    await answer(page, 0, 1);
    await note(page, 0, "Minutes of March");
    await statementsOf(page).first().locator("summary").click();
    await page.emulateMedia({ media: "print" });
    const main = page.getByRole("main");
    assert.match(await statementsOf(page).first().getByRole("radio").nth(1).evaluate((radio) => getComputedStyle(radio, "::before").content), /\u2715/);
    const notes = main.locator(".notes-text").first();
    assert.ok((await notes.boundingBox())?.height > 10, "notes that are folded are not printed");
    assert.match(await notes.evaluate((box) => getComputedStyle(box, "::after").content), /Minutes of March/);
    assert.equal(await notes.evaluate((box) => getComputedStyle(box, "::after").visibility), "visible");
    assert.match(await main.locator("[data-date]").textContent(), /^\d{1,2} \p{Letter}+ \d{4}$/u);
    assert.ok(await main.getByRole("table", { name: "Points by part" }).isVisible(), "the sums are not printed");
    assert.ok(await main.locator(".paper-total").first().isHidden(), "an answered form asks for sums by hand");
    assert.equal(await main.locator("button, [type=file], [data-note], [data-open], .progress").filter({ visible: true }).count(), 0);
  }));
