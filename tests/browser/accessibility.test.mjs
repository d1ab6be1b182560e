// axe-core on one page of every type, in light and in dark, on a phone and on a desk.
import { test } from "node:test";
import axe from "axe-core";
import { none } from "./expectation.mjs";
import { redirects, types } from "./site.mjs";
import { stage } from "./visit.mjs";

const WIDTHS = [390, 1440];
const SCHEMES = ["light", "dark"];

const { visit } = await stage();

async function faultsOf(page) {
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      resultTypes: ["violations"],
      // WCAG 2.2's size of targets is off unless asked for.
      rules: { "target-size": { enabled: true } },
    });
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ target, failureSummary }) => `${target.flat().join(" ")} (${failureSummary.split("\n").at(-1).trim()})`),
    }));
  });
  return found.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node}`));
}

const examine = async (page, address) => {
  await page.evaluate(axe.source);
  const settings = new Map(); // a fault: where it shows
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      // The page's own observers have had their turn once a second frame is due.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      for (const fault of await faultsOf(page)) {
        settings.set(fault, [...(settings.get(fault) ?? []), `${width} px ${colorScheme}`]);
      }
    }
  }
  none([...settings].map(([fault, at]) => `${address}: ${fault} (${at.join(", ")})`));
};

for (const type of types) {
  test(`axe: ${type.name}: ${type.address}`, { timeout: 120_000 }, () => visit(type, {}, (page) => examine(page, type.address)));
}

if (redirects.length > 0) {
  const [{ address }] = redirects;
  test(`axe: where a redirect leads: ${address}`, { timeout: 120_000 }, () =>
    visit({ address }, {}, async (page) => {
      await page.waitForURL((url) => !url.pathname.endsWith(address));
      await page.waitForLoadState();
      await examine(page, address);
    }),
  );
}
