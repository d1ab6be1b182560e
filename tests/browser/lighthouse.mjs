// Lighthouse's figures for one page of every type, as a table: node lighthouse.mjs [NAME ...], where a NAME picks
// types by a part of their name or address. Fails where a page is below what the site promises.
//
// It is no part of the tests: it takes minutes, and Lighthouse is bigger than all else here together. Install it
// first, beside the others and not in the lock file: npm install --no-save lighthouse@12.8.2
import { find } from "./chromium.mjs";
import { serve } from "./server.mjs";
import { folder, prefix, types } from "./site.mjs";

const LEAST = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 };
// Performance is a measurement and wavers, the rest is the same each time.
const RUNS = 3;

const { default: lighthouse, desktopConfig } = await import("lighthouse").catch(() => {
  console.error("Lighthouse is not installed here. Install it with: npm install --no-save lighthouse@12.8.2");
  process.exit(2);
});
const { launch } = await import("chrome-launcher");

const PRESETS = { mobile: undefined, desktop: desktopConfig };

const names = process.argv.slice(2);
// A search by its address is the search page; one that can't be answered is no page of its own.
const wanted = types
  .filter(({ index }) => !index)
  .filter(({ name, address }) => names.length === 0 || names.some((part) => name.includes(part) || address.includes(part)));

const server = await serve(folder, prefix);
const chrome = await launch({
  chromePath: find(),
  chromeFlags: ["--headless=new", "--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
});

const percent = ({ score }) => Math.round(score * 100);
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

// {scores by category, why: the audits that cost something}
async function judge(address, config) {
  const { lhr } = await lighthouse(server.url(address), { port: chrome.port, logLevel: "error", output: "json" }, config);
  if (lhr.runtimeError) {
    throw new Error(`${address}: ${lhr.runtimeError.message}`);
  }
  const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, category]) => [name, percent(category)]));
  // What is told to stay out of search engines can't be found by them: that is what was asked for.
  const kept = lhr.audits["is-crawlable"]?.score === 0;
  const costs = (name) =>
    lhr.categories[name].auditRefs.filter(({ id, weight }) => weight > 0 && ![1, null].includes(lhr.audits[id].score)).map(({ id }) => id);
  if (kept && costs("seo").every((id) => id === "is-crawlable")) {
    scores.seo = "noindex";
  }
  const why = Object.keys(LEAST).flatMap((name) => (scores[name] === "noindex" || scores[name] >= LEAST[name] ? [] : costs(name)));
  return { scores, why };
}

let failed = false;
console.log(`| page | preset | ${Object.keys(LEAST).join(" | ")} |`);
console.log(`| --- | --- | ${Object.keys(LEAST).map(() => "---").join(" | ")} |`);
try {
  for (const { name, address } of wanted) {
    for (const [preset, config] of Object.entries(PRESETS)) {
      const runs = [];
      for (let run = 0; run < RUNS; run += 1) {
        runs.push(await judge(address, config));
      }
      const [{ scores, why }] = runs;
      scores.performance = median(runs.map((run) => run.scores.performance));
      const low = Object.entries(LEAST).some(([category, least]) => scores[category] !== "noindex" && scores[category] < least);
      failed ||= low;
      const cells = Object.keys(LEAST).map((category) => scores[category]);
      console.log(`| ${name}: ${address} | ${preset} | ${cells.join(" | ")} |${low ? ` ${[...new Set(why)].join(", ")}` : ""}`);
    }
  }
} finally {
  await chrome.kill();
  await server.close();
}
process.exitCode = failed ? 1 : 0;
