// The library as it is built on a given day, and readers who come on another.
import { after } from "node:test";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import axe from "axe-core";
import { start } from "./chromium.mjs";
import { none } from "./expectation.mjs";
import { serve } from "./server.mjs";
import { prefix } from "./site.mjs";

const program = process.env.CASEBOOK && resolve(process.env.CASEBOOK);
const library = resolve(process.env.LIBRARY ?? join(import.meta.dirname, "../.."));

export const skip = !program && "CASEBOOK does not say where the program is";

// Builds a copy of the library on the day `built`; the `visit` that comes back opens an address as a reader on
// another day would: `today` is a date and time, `zone` where the reader is.
export async function dated(built) {
  if (skip) {
    return () => undefined;
  }
  const root = realpathSync(mkdtempSync(join(tmpdir(), "casebook-dated-")));
  for (const part of ["casebook.yaml", "content", "themes"].filter((name) => existsSync(join(library, name)))) {
    cpSync(join(library, part), join(root, part), { recursive: true });
  }
  await promisify(execFile)(program, ["build", "--root", root, "--now", built]);
  const server = await serve(join(root, "public"), prefix);
  const browser = await start();
  after(async () => {
    await browser.close();
    await server.close();
    rmSync(root, { recursive: true, force: true });
  });
  return async (address, { today, zone = "Europe/London", ...options }, work) => {
    const context = await browser.newContext({ reducedMotion: "reduce", timezoneId: zone, ...options });
    context.setDefaultTimeout(10_000);
    try {
      const page = await context.newPage();
      if (today) {
        await page.clock.setFixedTime(new Date(today));
      }
      await page.goto(server.url(address), { waitUntil: "load" });
      return await work(page, context);
    } finally {
      await context.close();
    }
  };
}

// axe-core finds nothing in the page as it now is, in light and in dark.
export async function sound(page, state) {
  await page.evaluate(axe.source);
  const faults = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(async () => {
      const { violations } = await globalThis.axe.run(document, {
        resultTypes: ["violations"],
        rules: { "target-size": { enabled: true } },
      });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.flat().join(" ")}`));
    });
    faults.push(...found.map((fault) => `${state}: ${colorScheme}: ${fault}`));
  }
  none(faults);
}
