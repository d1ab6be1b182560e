// One browser and one server for a file of tests, and pages opened the same way by all of them.
import { after, describe, test } from "node:test";
import { start } from "./chromium.mjs";
import { until } from "./expectation.mjs";
import { serve } from "./server.mjs";
import { folder, prefix } from "./site.mjs";

// Pages in hand at once: the browser works on one while the tests think about another.
const AT_ONCE = 3;

export async function stage() {
  const server = await serve(folder, prefix);
  const browser = await start();
  after(async () => {
    await browser.close();
    await server.close();
  });

  // Gives an empty page in a context of its own to `work`, and closes it.
  const open = async (options, work) => {
    const context = await browser.newContext({ reducedMotion: "reduce", ...options });
    context.setDefaultTimeout(10_000);
    try {
      return await work(await context.newPage());
    } finally {
      await context.close();
    }
  };

  // The same with the page of a type.
  const visit = (type, options, work) =>
    open(options, async (page) => {
      await arrive(page, server.url(type.address), type);
      return work(page);
    });
  return { server, open, visit };
}

// A test for each of `types`, several at a time: `work` gets the type.
export function each(title, types, work) {
  describe(title, { concurrency: AT_ONCE }, () => {
    for (const type of types) {
      test(`${title}: ${type.name}: ${type.address}`, { timeout: 120_000 }, () => work(type));
    }
  });
}

// Does the page's status say one of the sentences of this name that the page keeps for its script?
function says(name) {
  const text = document.querySelector("[role=status]").textContent.trim();
  const sentences = [...document.querySelector("template[data-words]").content.querySelectorAll(`[data-say^="${name}"]`)];
  return sentences.some((sentence) => {
    const parts = sentence.textContent.split(/\{\w+\}/);
    return text.startsWith(parts[0]) && parts.every((part) => text.includes(part));
  });
}

// Is it a file of the search index, and not the page or the script that reads it?
export const ofIndex = ({ pathname }) => pathname.startsWith(`${prefix}search/`) && !/\/(reader\.js)?$/.test(pathname);

// Goes to an address and waits until the page has said what it has to say.
export async function arrive(page, url, { said, index } = {}) {
  if (index) {
    await page.route(ofIndex, (route) => (index === "broken" ? route.fulfill({ status: 500, body: "" }) : undefined));
  }
  const response = await page.goto(url, { waitUntil: "load" });
  if (said) {
    await until(`${url} says in role=status what it found`, () => page.evaluate(says, said));
    if (index !== "held") {
      await until(`${url} is drawn`, async () => (await page.locator(".search-page[data-busy]").count()) === 0);
    }
  }
  return response;
}
