// axe-core on one page of every type, in every state.
import { equip, faultsOf } from "./axe.mjs";
import { none } from "./expectation.mjs";
import { redirects, types } from "./site.mjs";
import { enter, STATES } from "./states.mjs";
import { each, stage } from "./visit.mjs";

const { visit } = await stage();

async function examine(page, address) {
  await equip(page);
  const met = new Map(); // a fault: the states that show it
  const note = (fault, state) => met.set(fault, [...(met.get(fault) ?? []), state]);
  for (const state of STATES) {
    await enter(page, state);
    (await faultsOf(page, state.without)).forEach((fault) => note(fault, state.name));
  }
  await enter(page, STATES[0]);
  for (const dialog of await page.locator("dialog").all()) {
    await dialog.evaluate((element) => element.showModal());
    for (const state of STATES) {
      await enter(page, state);
      (await faultsOf(page, state.without)).forEach((fault) => note(fault, `${state.name}, dialog`));
    }
    await dialog.evaluate((element) => element.close());
  }
  none([...met].map(([fault, at]) => `${address}: ${fault} (${at.join("; ")})`));
}

each("axe", types, (type) => visit(type, {}, (page) => examine(page, type.address)));

each("axe: where a redirect leads", redirects.slice(0, 1), (redirect) =>
  visit(redirect, {}, async (page) => {
    await page.waitForURL((url) => !url.pathname.endsWith(redirect.address));
    await page.waitForLoadState();
    await examine(page, redirect.address);
  }),
);
