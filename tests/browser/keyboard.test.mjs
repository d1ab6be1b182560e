// With a keyboard alone: a walk over every stop of a page, forward on a desk and backward on a phone.
import { test } from "node:test";
import assert from "node:assert/strict";
import { none } from "./expectation.mjs";
import { types } from "./site.mjs";
import { enter, STATES } from "./states.mjs";
import { each, stage } from "./visit.mjs";
import { goesBack, place, prepare } from "./walk.mjs";

// A page with more stops than this is a trap of its own.
const MOST_STOPS = 1500;

const { visit } = await stage();

const state = (name) => STATES.find((each) => each.name === name);

function judge(stop) {
  const faults = [];
  if (!stop.inView) {
    faults.push("is out of view");
  } else if (!stop.uncovered) {
    faults.push("is covered");
  }
  if (!stop.changes) {
    faults.push("looks the same with the focus and without");
  } else if (stop.width < 3) {
    faults.push(`has an outline of ${stop.width} px, not 3`);
  } else if (stop.contrast < 3) {
    faults.push(`has a mark of the focus with a contrast of ${stop.contrast.toFixed(1)} to its ground, not 3`);
  }
  return faults.map((fault) => `focus visible: ${stop.name} ${fault}`);
}

// Presses the key until it has gone round, and tells of every stop in turn.
async function walk(page, key) {
  const stops = [];
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(place);
    // Past the last stop the focus leaves the page; or it comes to the first again.
    if (!stop || (stops.length > 0 && stop.stop === stops[0].stop)) {
      break;
    }
    stops.push(stop);
  }
  return stops;
}

// Faults of a walk over what `prepare` told of the page; the stops in the order of the walk.
function faultsOf(stops, { names, ahead }) {
  const faults = ahead.map((name) => `order: ${name} has a positive tabindex`);
  const met = new Set();
  // A part that scrolls may be a stop of the browser's own making.
  const known = stops.filter(({ stop }) => stop >= 0);
  known.forEach((here, at) => {
    if (met.has(here.stop)) {
      faults.push(`trap: ${here.name} comes again`);
    }
    met.add(here.stop);
    const last = known[at - 1];
    if (last && here.stop < last.stop) {
      faults.push(`order: ${here.name} comes after ${last.name}, in the markup before it`);
    } else if (last && goesBack(last, here)) {
      faults.push(`order: ${here.name} comes after ${last.name}, on the screen before it`);
    }
  });
  names.forEach((name, index) => met.has(index) || faults.push(`reach: ${name} is never reached`));
  return [...faults, ...stops.flatMap(judge)];
}

each("keyboard, forward", types, (type) =>
  visit(type, {}, async (page) => {
    await enter(page, state("desk, dark"));
    const offer = await page.evaluate(prepare);
    const stops = await walk(page, "Tab");
    const faults = faultsOf(stops, offer);
    const target = stops[0]?.href;
    if (!target?.startsWith("#") || (await page.locator(`main${target}`).count()) !== 1) {
      faults.unshift(`skip link: the first stop is ${stops[0]?.name}`);
    }
    none(faults.map((fault) => `${type.address}: ${fault}`));
  }),
);

each("keyboard, backward", types, (type) =>
  visit(type, {}, async (page) => {
    await enter(page, state("phone, light"));
    await enter(page, { ...state("phone, light"), opened: true });
    const offer = await page.evaluate(prepare);
    const stops = await walk(page, "Shift+Tab");
    none(faultsOf(stops.reverse(), offer).map((fault) => `${type.address}: ${fault}`));
  }),
);

test("the skip link takes the reader to the text", () =>
  visit({ address: "/" }, {}, async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const inMain = () => page.evaluate(() => document.querySelector("main").contains(document.activeElement));
    assert.ok(await inMain(), "/: skip link: the focus is not in <main>");
    await page.keyboard.press("Tab");
    assert.ok(await inMain(), "/: skip link: the next stop is not in <main>");
  }));
