// What every page must be made of, read off all of them: headings, landmarks, tables, drawings, titles.
import { test } from "node:test";
import { none } from "./expectation.mjs";
import { pages } from "./site.mjs";
import { stage } from "./visit.mjs";

const { server, open } = await stage();

// Parsed by the browser, shown by nobody: all pages in a second or two.
async function readAll(addresses) {
  const nameOf = (element) => {
    const labels = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
    const named = labels.map((id) => element.ownerDocument.getElementById(id)?.textContent.trim() ?? "").join(" ");
    return named || (element.getAttribute("aria-label") ?? "").trim();
  };
  const inSection = (element) => element.parentElement.closest("article, aside, main, nav, section") !== null;
  const tag = (element) => element.cloneNode(false).outerHTML.replace(/<\/.*$/, "").slice(0, 100);

  function faultsOf(page) {
    const faults = [];
    const all = (selector) => [...page.querySelectorAll(selector)];

    let level = 0;
    for (const heading of all("h1, h2, h3, h4, h5, h6")) {
      const next = Number(heading.localName[1]);
      if (next > level + 1) {
        faults.push(`headings: "${heading.textContent.trim()}" skips from level ${level} to ${next}`);
      }
      if (!heading.textContent.trim()) {
        faults.push(`headings: an empty <${heading.localName}>`);
      }
      level = next;
    }
    if (all("h1").length !== 1 || !page.querySelector("main h1")) {
      faults.push(`headings: ${all("h1").length} first-level headings, and in <main> ${all("main h1").length}`);
    }

    for (const [what, found] of [
      ["<main>", all("main, [role=main]")],
      ["page header", all("header, [role=banner]").filter((element) => !inSection(element))],
      ["page footer", all("footer, [role=contentinfo]").filter((element) => !inSection(element))],
    ]) {
      if (found.length !== 1) {
        faults.push(`landmarks: ${found.length} of ${what}, not 1`);
      }
    }
    const met = new Set();
    for (const landmark of all("nav, aside, [role=navigation], [role=complementary], [role=region], [role=search], [role=form], search")) {
      const name = nameOf(landmark);
      const key = `${landmark.getAttribute("role") ?? landmark.localName}: ${name}`;
      if (!name && !landmark.matches("search, [role=search]")) {
        faults.push(`landmarks: ${tag(landmark)} has no name`);
      } else if (met.has(key)) {
        faults.push(`landmarks: two called "${key}"`);
      }
      met.add(key);
    }

    for (const table of all("table")) {
      if (!table.querySelector("th")) {
        faults.push(`tables: one has no header cells: ${table.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}`);
      }
      for (const cell of table.querySelectorAll("th:not([scope])")) {
        // A header in the first row needs no scope where only that row has headers.
        if (!cell.closest("thead") || table.querySelector("tbody th")) {
          faults.push(`tables: the header "${cell.textContent.trim()}" has no scope`);
        }
      }
    }

    for (const drawing of all("svg")) {
      // What is inside a picture is no thing by itself.
      const hidden = drawing.closest("[aria-hidden=true]") ?? drawing.parentElement.closest("[role=img]");
      const inside = drawing.querySelector("a[href]");
      const name = nameOf(drawing) || drawing.querySelector(":scope > title")?.textContent.trim();
      if (!hidden && !name) {
        faults.push(`drawings: ${tag(drawing)} has no name and is not hidden`);
      } else if (hidden && inside) {
        faults.push(`drawings: ${tag(drawing)} is hidden but has links`);
      } else if (!hidden && !inside && drawing.getAttribute("role") !== "img") {
        faults.push(`drawings: ${tag(drawing)} has no role`);
      }
    }

    all("img:not([alt])").forEach((image) => faults.push(`pictures: ${tag(image)} has no alt`));
    all("img:not([width][height])").forEach((image) => faults.push(`pictures: ${tag(image)} has no width and height, so the text below jumps`));
    // A link to a page in another language says its own words in that language.
    all("a[hreflang]:not([lang])").forEach((link) => faults.push(`languages: ${tag(link)} has no lang`));
    return faults;
  }

  const read = async (url) => {
    const text = await (await fetch(url)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    return { lang: page.documentElement.lang, title: page.title, faults: faultsOf(page) };
  };
  return Promise.all(addresses.map(read));
}

const found = await open({}, async (page) => {
  await page.goto(server.url("/"));
  const read = await page.evaluate(`(${readAll})(${JSON.stringify(pages.map((address) => server.url(address)))})`).catch((error) => {
    throw new Error(`The pages can't be read: ${error.message}`);
  });
  return read.map((each, index) => ({ address: pages[index], ...each }));
});

for (const subject of ["headings", "landmarks", "tables", "drawings", "pictures", "languages"]) {
  test(`structure of every page: ${subject}`, () => {
    none(found.flatMap(({ address, faults }) => faults.filter((fault) => fault.startsWith(`${subject}:`)).map((fault) => `${address}: ${fault}`)));
  });
}

test("every page has a title of its own", () => {
  const first = new Map(); // language and title: the first page with them
  const faults = [];
  for (const { address, lang, title } of found) {
    const key = `${lang} ${title}`;
    if (first.has(key)) {
      faults.push(`${address}: title: "${title}" is that of ${first.get(key)} too`);
    }
    first.set(key, first.get(key) ?? address);
  }
  none(faults);
});
