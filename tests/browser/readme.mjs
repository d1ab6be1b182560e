// Makes the pictures of README afresh: npm run readme. They show the site in SITE as it is.
import { join } from "node:path";
import { start } from "./chromium.mjs";
import { serve } from "./server.mjs";
import { folder, prefix, types } from "./site.mjs";
import { arrive } from "./visit.mjs";

const into = join(import.meta.dirname, "../../docs/images");
const one = (section) => types.find(({ name }) => name === `${section}, one`);

const PICTURES = [
  { file: "home.png", type: { address: "/" }, viewport: { width: 1440, height: 1000 }, colorScheme: "light" },
  { file: "case-study.png", type: one("case-studies"), viewport: { width: 1440, height: 1100 }, colorScheme: "light" },
  {
    file: "search.png",
    type: { address: "/search/?q=foster+carers" },
    viewport: { width: 1440, height: 1000 },
    colorScheme: "light",
    shows: "ol li mark",
  },
  { file: "pack.png", type: one("packs"), viewport: { width: 390, height: 1400 }, colorScheme: "dark" },
];

const server = await serve(folder, prefix);
const browser = await start();
try {
  for (const { file, type, viewport, colorScheme, shows } of PICTURES) {
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
    await arrive(page, server.url(type.address));
    await (shows && page.locator(shows).first().waitFor());
    await page.evaluate(() => Promise.all([...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight).map((image) => image.decode())));
    await page.screenshot({ path: join(into, file) });
    await page.close();
    console.log(`docs/images/${file}: ${type.address}`);
  }
} finally {
  await browser.close();
  await server.close();
}
