// One page of every type on the narrowest screen and on paper.
import { test } from "node:test";
import { none } from "./expectation.mjs";
import { types } from "./site.mjs";
import { stage } from "./visit.mjs";

const { visit } = await stage();

// What sticks out of the window. What lies inside a part that scrolls by itself does not count.
function overflowing() {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) {
    return [];
  }
  const scrolls = (element) => element && element !== document.documentElement && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element.parentElement));
  const outermost = wide.filter((element) => !wide.includes(element.parentElement));
  const name = (element) => `<${element.localName}${element.className ? ` class="${element.className}"` : ""}> ${Math.round(element.getBoundingClientRect().right)} px`;
  return [`the page is ${document.scrollingElement.scrollWidth} px wide`, ...outermost.slice(0, 5).map(name)];
}

// What a reader of paper can't use.
function navigationToSee() {
  const parts = document.querySelectorAll("nav, [role=navigation], [role=search], search, button, a[href='#main']");
  return [...parts].filter((part) => part.checkVisibility({ visibilityProperty: true })).map((part) => `<${part.localName} class="${part.className}">`);
}

for (const type of types) {
  test(`reflow at 320 px: ${type.name}: ${type.address}`, () =>
    visit(type, { viewport: { width: 320, height: 640 } }, async (page) => {
      none((await page.evaluate(overflowing)).map((part) => `${type.address}: reflow: ${part}`));
    }));

  test(`print: ${type.name}: ${type.address}`, () =>
    visit(type, {}, async (page) => {
      await page.emulateMedia({ media: "print" });
      const faults = (await page.evaluate(navigationToSee)).map((part) => `${type.address}: print: ${part} is printed`);
      if (!(await page.getByRole("heading", { level: 1 }).first().isVisible())) {
        faults.push(`${type.address}: print: the heading is not printed`);
      }
      none(faults);
    }));
}
