// The parts of the search page, for tests.
import { until } from "./expectation.mjs";
import { stage } from "./visit.mjs";

// Everything that there is, with filters.
export const EVERYTHING = "/search/?sort=title";

export const box = (page) => page.getByRole("main").getByRole("searchbox").first();
export const status = (page) => page.getByRole("status").first();
export const results = (page) => page.getByRole("main").getByRole("heading", { level: 3 }).getByRole("link");
export const titles = (page) => results(page).allTextContents();
export const asked = (page) => new URL(page.url()).searchParams;
export const query = (page) => asked(page).get("q");
export const focused = (page) => page.evaluate(() => document.activeElement.textContent || document.activeElement.id);

// How many the page says it has found.
export const total = async (page) => Number((await status(page).textContent()).replace(/[^\d]*(\d[\d,]*).*/s, "$1").replaceAll(",", ""));

// Waits until the page has drawn all that it was asked for.
export const ready = (page) => until("the search page is ready", async () => (await page.locator(".search-page[data-busy]").count()) === 0);

// The stage, with a way to the search page at an address of it.
export async function asking() {
  const { visit, ...others } = await stage();
  const search = (address, work, options = {}) =>
    visit({ address }, options, async (page) => {
      await ready(page);
      return work(page);
    });
  return { ...others, visit, search };
}
