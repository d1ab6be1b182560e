// With a keyboard alone: the skip link comes first and works, and the place is always to be seen.
import { test } from "node:test";
import assert from "node:assert/strict";
import { none } from "./expectation.mjs";
import { types } from "./site.mjs";
import { stage } from "./visit.mjs";

const MOST_STOPS = 60;

const { visit } = await stage();

// The element with the focus: a name for it, where it is, and how it looks with the focus and without.
async function focused() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) {
    return undefined;
  }
  const look = () => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor } = getComputedStyle(element);
    return { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor };
  };
  const box = element.getBoundingClientRect();
  const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const withFocus = look();
  element.blur();
  const without = look();
  element.focus({ focusVisible: true, preventScroll: true });
  return {
    name: `<${element.localName}> ${(element.textContent || element.getAttribute("aria-label") || element.name || "").trim().slice(0, 40)}`,
    href: element.getAttribute("href"),
    inView: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    uncovered: middle !== null && (element.contains(middle) || middle.contains(element) || [...(element.labels ?? [])].some((label) => label.contains(middle))),
    outline: withFocus.outlineStyle === "none" ? 0 : parseFloat(withFocus.outlineWidth),
    changes: JSON.stringify(withFocus) !== JSON.stringify(without),
  };
}

for (const type of types.filter((each) => !each.said)) {
  test(`keyboard: ${type.name}: ${type.address}`, { timeout: 120_000 }, () =>
    visit(type, {}, async (page) => {
      const faults = [];
      const fault = (rule, detail) => faults.push(`${type.address}: ${rule}: ${detail}`);
      for (let stop = 1; stop <= MOST_STOPS; stop += 1) {
        await page.keyboard.press("Tab");
        const place = await page.evaluate(focused);
        if (!place) {
          if (stop === 1) {
            fault("skip link", "nothing can be reached with the keyboard");
          }
          break;
        }
        if (stop === 1 && !place.href?.startsWith("#")) {
          fault("skip link", `the first stop is ${place.name}`);
        }
        if (!place.inView) {
          fault("focus visible", `stop ${stop}, ${place.name}, is out of view`);
        } else if (!place.uncovered) {
          fault("focus visible", `stop ${stop}, ${place.name}, is covered`);
        }
        if (!place.changes) {
          fault("focus visible", `stop ${stop}, ${place.name}, looks the same with the focus and without`);
        } else if (place.outline < 3) {
          fault("focus visible", `stop ${stop}, ${place.name}, has an outline of ${place.outline} px, not 3`);
        }
      }
      none(faults);
    }));
}

test("the skip link takes the reader to the text", () =>
  visit({ address: "/" }, {}, async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const inMain = () => page.evaluate(() => document.querySelector("main").contains(document.activeElement));
    assert.ok(await inMain(), "/: skip link: the focus is not in <main>");
    await page.keyboard.press("Tab");
    assert.ok(await inMain(), "/: skip link: the next stop is not in <main>");
  }));
