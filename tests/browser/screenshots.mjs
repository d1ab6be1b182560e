// Pictures of one page of every type, and its print as a PDF: node screenshots.mjs FOLDER [NAME ...], where a NAME
// picks types by a part of their name or address.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { start } from "./chromium.mjs";
import { serve } from "./server.mjs";
import { folder, prefix, types } from "./site.mjs";
import { arrive } from "./visit.mjs";

const WIDTHS = [390, 768, 1440];
const SCHEMES = ["light", "dark"];

const [into, ...names] = process.argv.slice(2);
if (!into) {
  console.error("Say which folder the pictures go to: node screenshots.mjs FOLDER [NAME ...]");
  process.exit(2);
}
const out = resolve(into);
mkdirSync(out, { recursive: true });

const wanted = types.filter(({ name, address }) => names.length === 0 || names.some((part) => name.includes(part) || address.includes(part)));
const server = await serve(folder, prefix);
const browser = await start();
try {
  for (const type of wanted) {
    const context = await browser.newContext({ reducedMotion: "reduce" });
    const page = await context.newPage();
    await arrive(page, server.url(type.address), type);
    // A picture of the whole page shows what a reader would have scrolled to.
    await page.evaluate(() =>
      Promise.all(
        [...document.images].map((image) => {
          image.loading = "eager";
          return image.decode().catch(() => {});
        }),
      ),
    );
    const file = (ending) => join(out, `${type.name.replace(/[^a-z0-9]+/g, "-")}${ending}`);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: file(`-${width}-${colorScheme}.png`), fullPage: true });
      }
    }
    await page.pdf({ path: file(".pdf"), format: "A4", preferCSSPageSize: true });
    await context.close();
    console.log(`${type.name}: ${type.address}`);
  }
} finally {
  await browser.close();
  await server.close();
}
