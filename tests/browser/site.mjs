// The built site, as its files tell: where it stands on its host, its pages, and one page of every type.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";

const here = import.meta.dirname;

export const folder = resolve(process.env.SITE ?? join(here, "../../public"));

const read = (file) => readFileSync(join(folder, file), "utf8");

const attribute = (tag, name) => tag.match(new RegExp(`\\b${name}="([^"]*)"`, "i"))?.[1];
const tags = (html, name) => html.match(new RegExp(`<${name}\\b[^>]*>`, "gi")) ?? [];

export const files = (() => {
  let names;
  try {
    names = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    throw new Error(`There is no built site in ${folder}. Build one with: cargo run --release -- build`);
  }
  return names
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).split(sep).join("/"))
    .sort();
})();

if (!files.includes("index.html")) {
  throw new Error(`There is no index.html in ${folder}. Build the site with: cargo run --release -- build`);
}

const canonical = (html) => {
  const tag = tags(html, "link").find((link) => attribute(link, "rel") === "canonical");
  return tag && new URL(attribute(tag, "href"));
};

// Where the site is to be published, read off its home page: with the path, and a slash at its end.
export const published = canonical(read("index.html")) ?? new URL("https://example.org/");
export const prefix = published.pathname;

export const addressOf = (file) => `/${file.replace(/(^|\/)index\.html$/, "$1")}`;

// Pages that only send the reader on: {address, target}, the target as the page has it.
export const redirects = [];
// The addresses of all other HTML pages.
export const pages = [];

for (const file of files.filter((name) => name.endsWith(".html"))) {
  const refresh = tags(read(file), "meta").find((meta) => attribute(meta, "http-equiv")?.toLowerCase() === "refresh");
  if (refresh) {
    redirects.push({ address: addressOf(file), target: attribute(refresh, "content").replace(/^[^=]*=\s*/, "") });
  } else {
    pages.push(addressOf(file));
  }
}

// The path within the site of a URL of it, wherever it is served; nothing for another site's.
export function within(url, origin) {
  if (url.origin !== origin && url.origin !== published.origin) {
    return undefined;
  }
  return url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length - 1) : undefined;
}

const fileOf = (address) => `${address.slice(1)}${address.endsWith("/") ? "index.html" : ""}`;

export const heading = (address) => {
  const inner = read(fileOf(address)).match(/<h1\b[^>]*>([\s\S]*?)<\/h1>/i)?.[1] ?? "";
  return inner.replace(/<[^>]*>/g, "").replace(/&[^;]*;/g, " ").trim();
};

// The later parts of a long list, by its own links from one to the next.
function laterParts(address) {
  const parts = [];
  for (let part = address; part; ) {
    const next = tags(read(fileOf(part)), "a").find((link) => attribute(link, "rel") === "next");
    part = next && within(new URL(attribute(next, "href"), new URL(part.slice(1), published)), published.origin);
    if (!part || parts.includes(part)) {
      break;
    }
    parts.push(part);
  }
  return parts;
}

// A folder with pages in it is a list or an index; the first of those pages stands for all of its kind or
// taxonomy. A page with nothing below it is one by itself.
function typesBelow(root) {
  const below = (start) => {
    const depth = start.split("/").length + 1;
    return pages.filter((page) => page.startsWith(start) && page.endsWith("/") && page.split("/").length === depth);
  };
  const types = [];
  for (const section of below(root)) {
    const name = section.slice(1, -1);
    if (section === "/search/") {
      continue;
    }
    // A folder named after a language holds the same again in that language.
    if (root === "/" && /^[a-z]{2}$/.test(name)) {
      types.push({ name: `${name} home`, address: section }, ...typesBelow(section));
      continue;
    }
    types.push({ name, address: section });
    const parts = laterParts(section);
    if (parts.length > 0) {
      types.push({ name: `${name}, part 2`, address: parts[0] });
    }
    const first = below(section).find((page) => !parts.includes(page));
    if (first) {
      types.push({ name: `${name}, first`, address: first });
    }
  }
  return types;
}

const below = typesBelow("/");

// A word that the search must find: the longest in the heading of the first page within a list.
export const findable = (() => {
  const source = below.find((type) => type.name.endsWith(", first")) ?? { address: "/" };
  const words = heading(source.address).match(/\p{Letter}{4,}/gu) ?? ["children"];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest));
})();
export const unfindable = "zzyzxqwv";

// One page of each type: {name, address}; `said` marks a page that is ready once its status has said something.
export const types = [
  { name: "home", address: "/" },
  ...below,
  ...(pages.includes("/search/")
    ? [
        { name: "search", address: "/search/" },
        { name: "search with results", address: `/search/?q=${encodeURIComponent(findable)}`, said: true },
        { name: "search without results", address: `/search/?q=${unfindable}`, said: true },
      ]
    : []),
  { name: "not found", address: "/404.html" },
];
