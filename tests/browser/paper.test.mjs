// Printing any page gives a document that one would hand out.
import { test } from "node:test";
import assert from "node:assert/strict";
import { none } from "./expectation.mjs";
import { types } from "./site.mjs";
import { each, stage } from "./visit.mjs";

const { visit } = await stage();
const print = (type, work) =>
  visit(type, {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    return work(page);
  });
const named = (name) => types.find((type) => type.name === name);

each("paper", types.filter(({ said }) => !said), (type) =>
  print(type, async (page) => {
    const faults = [];
    const head = page.locator(".paper-head");
    const words = await head.innerText();
    const address = await page.locator("link[rel=canonical]").evaluateAll(([link]) => link?.href);
    for (const word of [await page.locator(".site-title").textContent(), address].filter(Boolean)) {
      if (!words.includes(word.trim())) {
        faults.push(`${type.address}: the head does not say ${word}`);
      }
    }
    for (const part of [".site-header", ".site-footer", ".crumbs", ".contents", ".entry-end"]) {
      if ((await page.locator(part).filter({ visible: true }).count()) > 0) {
        faults.push(`${type.address}: ${part} is printed`);
      }
    }
    // What is folded stands open.
    const folded = await page.locator("main details:not([open])").evaluateAll((all) =>
      all.filter((box) => box.checkVisibility() && ![...box.children].some((child) => child.localName !== "summary" && child.checkVisibility({ contentVisibilityAuto: true }))).length,
    );
    if (folded > 0) {
      faults.push(`${type.address}: ${folded} folded parts stay folded`);
    }
    none(faults);
  }),
);

test("paper: a page says when it was published and when it is to be checked", () =>
  print(named("guides, one"), async (page) => {
    assert.match(await page.locator(".paper-head").innerText(), /Published \d{1,2} \p{Letter}+ \d{4}\. .*To be checked by \d{1,2} \p{Letter}+ \d{4}/u);
  }));

test("paper: links are spelt out, but not those within the page", () =>
  print(named("guides, one"), async (page) => {
    const faults = await page.locator(".prose a[href]").evaluateAll((links) =>
      links
        .map((link) => ({ href: link.getAttribute("href"), after: getComputedStyle(link, "::after").content }))
        .filter(({ href, after }) => (after === "none") !== href.startsWith("#"))
        .map(({ href, after }) => `${href}: ${after}`),
    );
    none(faults);
    assert.ok((await page.locator(".prose a[href^='/']").count()) > 0);
  }));

test("paper: pages are numbered and keep their margins", () =>
  print(named("guides, one"), async (page) => {
    const rules = await page.evaluate(() =>
      [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSPageRule).map((rule) => rule.cssText).join(""),
    );
    assert.match(rules, /@bottom-right/);
    assert.match(rules, /counter\(page\)/);
  }));
