// Two ways to ask: is a list of faults empty, and does something come true.
import assert from "node:assert/strict";

const MOST = 40;

// Fails with every fault on a line of its own, so that the report names each page and rule.
export function none(faults) {
  if (faults.length > 0) {
    const shown = faults.slice(0, MOST).map((fault) => `  ${fault}`);
    const rest = faults.length > MOST ? [`  ... and ${faults.length - MOST} more`] : [];
    assert.fail([`${faults.length} fault${faults.length === 1 ? "" : "s"}:`, ...shown, ...rest].join("\n"));
  }
}

// Asks again and again until the answer is true. What a question throws counts as a no.
export async function until(what, question, { seconds = 30 } = {}) {
  const end = Date.now() + seconds * 1000;
  let trouble;
  while (Date.now() < end) {
    try {
      if (await question()) {
        return;
      }
      trouble = undefined;
    } catch (error) {
      trouble = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`After ${seconds} seconds still not so: ${what}${trouble ? ` (${trouble.message})` : ""}`);
}
