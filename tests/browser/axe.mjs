// What axe-core finds on a page as it stands.
import axe from "axe-core";

// Gives the page axe-core, once a document.
export const equip = (page) => page.evaluate(axe.source);

async function run(without) {
  const { violations } = await globalThis.axe.run(document, {
    resultTypes: ["violations"],
    rules: {
      // Of WCAG 2.2, and off unless asked for.
      "target-size": { enabled: true },
      // Of WCAG 2.1 (label in name), and still called an experiment.
      "label-content-name-mismatch": { enabled: true },
      "focus-order-semantics": { enabled: true },
      "table-fake-caption": { enabled: true },
      "td-has-header": { enabled: true },
      ...Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    },
  });
  return violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ target, failureSummary }) => `${target.flat().join(" ")} (${failureSummary.split("\n").at(-1).trim()})`),
  }));
}

// A line for each fault, rules `without` left out; the page must be equipped.
export async function faultsOf(page, without = []) {
  const found = await page.evaluate(run, without);
  return found.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node}`));
}
