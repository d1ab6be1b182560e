// The home page gets old, and is counted again on the reader's own day.
import { test } from "node:test";
import assert from "node:assert/strict";
import { dated, skip, sound } from "./dated.mjs";

const visit = await dated("2027-10-01");

const STATES = [
  { today: "2027-10-01T12:00Z", says: "24 days to go" },
  { today: "2027-10-04T12:00Z", says: "21 days to go" },
  { today: "2027-10-24T12:00Z", says: "Begins tomorrow" },
  { today: "2027-10-25T12:00Z", says: "Begins today" },
  { today: "2027-10-28T12:00Z", says: "Happening now" },
  { today: "2027-11-01T12:00Z", says: "Ends today" },
  // The clocks go back in the week: the last minute of its last day is still in it.
  { today: "2027-11-01T23:59Z", says: "Ends today" },
  // The reader's own day: it is the 25th already where the 24th has yet to end here.
  { today: "2027-10-24T12:00Z", zone: "Pacific/Auckland", says: "Begins today" },
];

for (const { says, ...reader } of STATES) {
  test(`home on ${reader.today} in ${reader.zone ?? "Britain"}: ${says}`, { skip }, () =>
    visit("/", reader, async (page) => {
      const on = page.locator(".on-now");
      assert.equal(await on.locator("[data-count]").first().innerText(), says);
      // What was true on the day of the build is no longer said.
      assert.ok(!(await on.innerText()).includes("counted on"));
      await sound(page, says);
    }));
}

test("home says nothing of what is over", { skip }, () =>
  visit("/", { today: "2027-11-02T00:01Z" }, async (page) => {
    assert.ok(!(await page.locator(".on-now").isVisible()), "a section without anything in it is to be seen");
    await sound(page, "over");
  }));

test("home without JavaScript says when it was counted, and gives the dates", { skip }, () =>
  visit("/", { javaScriptEnabled: false }, async (page) => {
    const said = await page.locator(".on-now").innerText();
    for (const words of ["25 October", "1 November 2027", "24 days to go", "counted on 1 October 2027", "not confirmed"]) {
      assert.ok(said.includes(words), `${words}: ${said}`);
    }
  }));

test("home shows the question, the search and the first way in on the first screen of a desk", { skip }, () =>
  visit("/", { viewport: { width: 1440, height: 900 } }, async (page) => {
    for (const part of ["h1", ".home-header input[type=search]", ".on-title", ".way-title"]) {
      const { y, height } = await page.locator(part).first().boundingBox();
      assert.ok(y + height <= 900, `${part} ends at ${y + height}`);
    }
  }));

for (const width of [320, 390, 768, 1440]) {
  test(`home needs no scrolling sideways at ${width} px`, { skip }, () =>
    visit("/", { viewport: { width, height: 900 } }, async (page) => {
      const [inner, whole] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
      assert.ok(whole <= inner, `${whole} px wide`);
    }));
}
