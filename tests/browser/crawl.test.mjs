// Walks every link from the home page, in a real browser, and looks at each page once.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { none } from "./expectation.mjs";
import { files, folder, heading, pages, published, redirects, within } from "./site.mjs";
import { arrive, stage } from "./visit.mjs";

const AT_ONCE = 3;

const { server, open, visit } = await stage();

// What a page holds, read inside the browser.
async function look() {
  const links = [];
  const note = (selector, name) => {
    for (const element of document.querySelectorAll(selector)) {
      links.push({ url: new URL(element.getAttribute(name), document.baseURI).href, where: `<${element.localName} ${name}="${element.getAttribute(name)}">` });
    }
  };
  note("a[href], area[href], link[href]", "href");
  note("img[src], script[src], source[src], video[src], audio[src], iframe[src], embed[src], input[src]", "src");
  note("form[action]", "action");
  note("[data-reader]", "data-reader");
  for (const element of document.querySelectorAll("img[srcset], source[srcset]")) {
    for (const part of element.srcset.split(",")) {
      const [url] = part.trim().split(/\s+/);
      links.push({ url: new URL(url, document.baseURI).href, where: `<${element.localName} srcset="... ${url} ...">` });
    }
  }
  const images = [];
  for (const image of document.images) {
    image.loading = "eager";
    const loaded = await image.decode().then(() => true, () => false);
    images.push({ src: image.getAttribute("src"), alt: image.getAttribute("alt"), loaded });
  }
  return {
    lang: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll("h1").length,
    ids: [...document.querySelectorAll("[id], a[name]")].flatMap((element) => [element.id, element.name].filter((id) => typeof id === "string" && id)),
    links,
    images,
    violations: globalThis.policyViolations,
  };
}

const seen = new Map(); // address of a page: what `look` found there
const trouble = []; // what the browser complained of
const answers = new Map(); // path of anything else: the status that it answered with
const linkedFrom = new Map(); // path: the first page with a link to it

await (async () => {
  const there = new Set(pages);
  const queue = ["/"];
  const queued = new Set(queue);
  let busy = 0;

  const meet = async (path, from) => {
    if (queued.has(path)) {
      return;
    }
    queued.add(path);
    linkedFrom.set(path, from);
    if (there.has(path)) {
      queue.push(path);
    } else {
      const response = await fetch(server.url(path), { redirect: "manual" });
      await response.arrayBuffer();
      answers.set(path, response.status);
    }
  };

  const walk = async (page, current) => {
    const response = await arrive(page, server.url(current));
    answers.set(current, response.status());
    const found = await page.evaluate(look);
    seen.set(current, found);
    for (const link of found.links) {
      const url = new URL(link.url);
      link.path = within(url, server.origin);
      link.fragment = decodeURIComponent(url.hash.slice(1));
      link.local = url.origin === server.origin;
      if (link.path) {
        await meet(link.path, current);
      }
    }
    return found.violations;
  };

  const worker = () =>
    open({}, async (page) => {
      let current;
      const complain = (rule, detail) => trouble.push(`${current}: ${rule}: ${detail}`);
      await page.addInitScript(() => {
        globalThis.policyViolations = [];
        document.addEventListener("securitypolicyviolation", (event) => {
          globalThis.policyViolations.push(`${event.effectiveDirective} refused ${event.blockedURI || "something inline"} (line ${event.lineNumber})`);
        });
      });
      page.on("console", (message) => message.type() === "error" && complain("console error", message.text()));
      page.on("pageerror", (error) => complain("script error", error.message));
      page.on("requestfailed", (request) => {
        const reason = request.failure()?.errorText;
        // What was still on its way when we left for the next page is no fault.
        if (reason !== "net::ERR_ABORTED") {
          complain("failed request", `${request.url()} (${reason})`);
        }
      });
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith("http") && url.origin !== server.origin) {
          complain("request to another host", url.href);
        }
      });
      while (queue.length > 0 || busy > 0) {
        if (queue.length === 0) {
          // Another worker's page may still bring links.
          await new Promise((resolve) => setTimeout(resolve, 20));
          continue;
        }
        current = queue.shift();
        busy += 1;
        try {
          for (const violation of await walk(page, current)) {
            complain("content-security-policy", violation);
          }
        } finally {
          busy -= 1;
        }
      }
    });
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
})();

const eachPage = (find) => none([...seen].flatMap(([address, found]) => find(found).map((fault) => `${address}: ${fault}`)));

test("every internal link answers 200", () => {
  none(
    [...answers]
      .filter(([, status]) => status !== 200)
      .map(([path, status]) => `${linkedFrom.get(path) ?? "/"}: broken link: ${path} answers ${status}`),
  );
});

test("no link on this site's host leads outside the site", () => {
  eachPage(({ links }) => links.filter((link) => link.local && !link.path).map((link) => `link outside the site: ${link.where}`));
});

test("every fragment of a link exists on the page that it names", () => {
  eachPage(({ links }) =>
    links
      .filter(({ path, fragment }) => fragment && fragment !== "top" && seen.has(path) && !seen.get(path).ids.includes(fragment))
      .map(({ where, path, fragment }) => `broken fragment: ${where}: ${path} has no element with the id ${fragment}`),
  );
});

test("no page has a console error, a script error, a policy violation or a request to another host", () => {
  none(trouble);
});

test("every page can be reached from the home page", () => {
  none(
    pages.filter((page) => page !== "/404.html" && !seen.has(page)).map((page) => `${page}: out of reach: no page links to it`),
  );
});

test("every page has a language, a title and one first-level heading", () => {
  eachPage(({ lang, title, headings }) => [
    ...(lang ? [] : ["lang: <html> says no language"]),
    ...(title.trim() ? [] : ["title: the document has none"]),
    ...(headings === 1 ? [] : [`h1: there are ${headings} first-level headings, not one`]),
  ]);
});

test("every image has its alternative text and loads", () => {
  eachPage(({ images }) => [
    ...images.filter(({ alt }) => alt === null).map(({ src }) => `alt: ${src} has none`),
    ...images.filter(({ loaded }) => !loaded).map(({ src }) => `image: ${src} does not load`),
  ]);
});

test("the sitemap names pages that exist, and only by their published address", { skip: !files.includes("sitemap.xml") && "no sitemap.xml" }, () => {
  const sitemap = readFileSync(join(folder, "sitemap.xml"), "utf8");
  const there = new Set(pages);
  none(
    [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)]
      .map(([, location]) => location.replaceAll("&amp;", "&"))
      .filter((location) => {
        const url = new URL(location);
        return url.origin !== published.origin || !there.has(within(url, server.origin));
      })
      .map((location) => `sitemap.xml: ${location} is no page of this site`),
  );
});

test("every redirect leads to its page", { skip: redirects.length === 0 && "no redirects" }, async () => {
  const faults = [];
  for (const { address, target } of redirects) {
    const path = within(new URL(target, server.url(address)), server.origin);
    if (!path || !pages.includes(path)) {
      faults.push(`${address}: redirect: ${target} is no page of this site`);
      continue;
    }
    await visit({ address }, {}, async (page) => {
      await page.waitForURL(server.url(path)).catch(() => faults.push(`${address}: redirect: stayed at ${page.url()}`));
      const shown = await page.locator("h1").first().textContent();
      if (shown.trim() === "" || heading(path) === "") {
        faults.push(`${address}: redirect: ${path} shows no heading`);
      }
    });
  }
  none(faults);
});

test("an address that does not exist answers 404 with the site's own page", async () => {
  const response = await fetch(server.url("/no/such/page/"));
  const body = await response.text();
  none([
    ...(response.status === 404 ? [] : [`/no/such/page/: answers ${response.status}`]),
    ...(body === readFileSync(join(folder, "404.html"), "utf8") ? [] : ["/no/such/page/: is not 404.html"]),
  ]);
});
