// The built site, as its files tell: where it stands on its host, and its pages.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";

const here = import.meta.dirname;

export const folder = resolve(process.env.SITE ?? join(here, "../../public"));

export const read = (file) => readFileSync(join(folder, file), "utf8");

export const attribute = (tag, name) => tag.match(new RegExp(`\\b${name}="([^"]*)"`, "i"))?.[1];
export const tags = (html, name) => html.match(new RegExp(`<${name}\\b[^>]*>`, "gi")) ?? [];

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

export const fileOf = (address) => `${address.slice(1)}${address.endsWith("/") ? "index.html" : ""}`;

export const heading = (address) => {
  const inner = read(fileOf(address)).match(/<h1\b[^>]*>([\s\S]*?)<\/h1>/i)?.[1] ?? "";
  return inner.replace(/<[^>]*>/g, "").replace(/&[^;]*;/g, " ").trim();
};
