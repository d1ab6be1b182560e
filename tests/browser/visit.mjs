// One browser and one server for a file of tests, and pages opened the same way by all of them.
import { after } from "node:test";
import { start } from "./chromium.mjs";
import { until } from "./expectation.mjs";
import { serve } from "./server.mjs";
import { folder, prefix } from "./site.mjs";

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

// Goes to an address and waits until the page has said what it has to say.
export async function arrive(page, url, { said = false } = {}) {
  const response = await page.goto(url, { waitUntil: "load" });
  if (said) {
    await until(`${url} says in role=status what it found`, async () => {
      const text = await page.getByRole("status").first().textContent();
      const query = new URL(url).searchParams.get("q");
      return text.includes(query);
    });
  }
  return response;
}
