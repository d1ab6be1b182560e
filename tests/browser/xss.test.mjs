// Nothing that a page's author writes runs. Builds libraries of text that is made to run, one vector a page, with the
// program that CASEBOOK names, and opens every page without the policy that a host might send. XSS_VECTORS names
// another list: a file with an array of texts as JSON.
import { after, describe, test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { start } from "./chromium.mjs";
import { none, until } from "./expectation.mjs";
import { serve } from "./server.mjs";
import { CLASSES } from "./xss-vectors.mjs";

const program = process.env.CASEBOOK && resolve(process.env.CASEBOOK);
const theme = join(resolve(process.env.LIBRARY ?? join(import.meta.dirname, "../..")), "themes");
const skip = !program && "CASEBOOK does not say where the program is";

const classes = process.env.XSS_VECTORS ? { [process.env.XSS_VECTORS]: JSON.parse(readFileSync(process.env.XSS_VECTORS, "utf8")) } : CLASSES;
const vectors = Object.entries(classes).flatMap(([name, texts]) => texts.map((text) => ({ name, text })));
const addressOf = (place) => `/guides/v${place}/`;

// Pages in hand at once.
const AT_ONCE = 4;

// What a page of such text has wrong by the way. That a link can't be followed is one of these faults: an error, so a
// page with it is published by those only who ask for it.
const LEVELS = ["broken-link", "broken-anchor", "missing-asset", "missing-alt-text", "skipped-heading-level", "vague-link-text", "empty-section", "title-in-body", "too-long", "wrong-type", "unknown-component", "invalid-component", "unknown-field", "wide-table", "missing-glyph"];

// What no file may hold: a page with it is an error, and nothing is published. Nothing is put in its place, so that
// what it stood between comes together.
const REFUSED = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

// A page whose front matter has the text wherever words may stand. JSON is YAML; what no file may hold is left out.
const page = (text, title) => {
  const words = JSON.stringify(title.replace(/[\0-\x1f\x7f]/g, " ").trim() || "x");
  return `---\ntitle: ${words}\nsummary: ${words}\nquestions: [${words}]\nsources: [{title: ${words}, publisher: ${words}}]\n---\n\n${text}\n`;
};

// Builds the library in this mode of raw HTML, and serves it.
async function library(mode) {
  const root = mkdtempSync(join(tmpdir(), "casebook-xss-"));
  after(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "content/guides"), { recursive: true });
  mkdirSync(join(root, "content/_data"));
  const term = `"><script>ran(1)</script><img src=x onerror=ran(1)>`;
  writeFileSync(join(root, "casebook.yaml"), `title: ${JSON.stringify(term)}\nbase_url: https://example.org/\nhtml: ${mode}\npage_size: 100\nlevels: {${LEVELS.map((level) => `${level}: off`).join(", ")}}\n`);
  writeFileSync(join(root, "content/_data/themes.yaml"), `- id: one\n  label: ${JSON.stringify(term)}\n  description: ${JSON.stringify(term)}\n`);
  for (const [place, { text }] of vectors.entries()) {
    const plain = text.replace(REFUSED, "");
    writeFileSync(join(root, `content/guides/v${place}.md`), page(plain, plain));
  }
  writeFileSync(join(root, "content/guides/all.md"), page("Text.", `Findable ${term}`).replace("---\n\n", "themes: [one]\n---\n\n"));
  if (existsSync(theme)) {
    cpSync(theme, join(root, "themes"), { recursive: true });
  }
  execFileSync(program, ["build", "--no-downloads", "--root", root, "--quiet"], { stdio: ["ignore", "ignore", "pipe"] });
  const server = await serve(join(root, "public"), "/");
  after(() => server.close());
  return server;
}

// What could run or take the page over, as the browser has parsed it. With `within`, of the copy there.
function dangers(within) {
  const SCHEMES = ["http:", "https:", "mailto:", "tel:", "sms:", "ftp:", "ftps:", "geo:", "webcal:", "xmpp:"];
  const ADDRESSES = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "cite", "longdesc", "lowsrc", "dynsrc", "manifest", "ping", "codebase", "classid", "to", "values", "from", "by", "content"];
  const NEVER = ["iframe", "frame", "frameset", "object", "embed", "applet", "portal", "base", "style", "animate", "animatemotion", "animatetransform", "set", "discard", "handler", "foreignobject", "math", "marquee", "bgsound", "xmp", "plaintext", "noembed", "noframes"];
  // Ours, where no text of an author stands.
  const NOT_IN_TEXT = ["svg", "form", "button", "textarea", "select", "option", "meta", "link", "title", "template", "script", "noscript", "video", "audio", "source", "track", "dialog", "slot"];
  const faults = [];
  const own = (element) => element.closest(".prose") && !element.closest(".chart, figure, .contact, .statement, .download");
  const look = (root, inText) => {
    for (const element of root.querySelectorAll("*")) {
      const name = element.localName.toLowerCase();
      const tell = (what) => faults.push(`<${name}> ${what}: ${element.outerHTML.slice(0, 200)}`);
      if (NEVER.includes(name) || ((inText || own(element)) && (NOT_IN_TEXT.includes(name) || (name === "input" && !(element.type === "checkbox" && element.disabled))))) {
        tell("may not be here");
      }
      if (name === "script" && element.type !== "application/ld+json") {
        const { origin, pathname } = new URL(element.getAttribute("src") ?? "https://nowhere.example/", location);
        if (origin !== location.origin || !/^\/(assets|search)\//.test(pathname) || element.textContent) {
          tell("is not the theme's");
        }
      }
      // The theme's own pages all have this policy; the browser is told to pass over it.
      const policy = element.parentNode === document.head && element.content === "default-src 'self'";
      if (name === "meta" && element.httpEquiv && !(policy && element.httpEquiv === "Content-Security-Policy")) {
        tell("rules the page");
      }
      for (const { name: attribute, value } of element.attributes) {
        if (/^on|^style$|^srcdoc$/i.test(attribute)) {
          tell(`has ${attribute}`);
        }
        if (ADDRESSES.includes(attribute.toLowerCase()) && name !== "meta" && URL.canParse(value, document.baseURI) && !SCHEMES.includes(new URL(value, document.baseURI).protocol)) {
          tell(`leads to ${value}`);
        }
      }
      if (element.content instanceof DocumentFragment) {
        look(element.content, inText);
      }
      if (element.shadowRoot) {
        tell("has a shadow");
      }
    }
  };
  look(within ?? document, Boolean(within));
  // What a script of the page asks of its document is still answered by the document itself.
  for (const [object, names] of [[document, ["body", "head", "querySelector", "getElementById", "createElement", "cookie", "currentScript", "location", "forms", "defaultView"]], [window, ["fetch", "location", "self", "document", "localStorage", "addEventListener", "URL"]]]) {
    for (const name of names) {
      const found = object[name];
      if (found instanceof Element && !["BODY", "HEAD"].includes(found.tagName) || found instanceof HTMLCollection && name !== "forms") {
        faults.push(`${name} is an element of the page`);
      }
    }
  }
  return faults;
}

// Reads the text again as HTML, the way a script would that puts it elsewhere.
function readAgain() {
  const copy = document.createElement("div");
  for (let time = 0; time < 3; time++) {
    const html = time ? copy.innerHTML : [...document.querySelectorAll(".prose")].map((text) => text.innerHTML).join("");
    copy.innerHTML = html;
    document.body.append(copy);
  }
}

if (skip) {
  test("XSS", { skip }, () => {});
} else {
  const browser = await start();
  after(() => browser.close());

  // Gives `work` a page that notes what runs in it, and the notes.
  const watched = async (work) => {
    const context = await browser.newContext({ bypassCSP: true });
    const ran = [];
    await context.exposeBinding("ran", ({ frame }) => ran.push(`something ran in ${frame.url().slice(0, 100)}`));
    await context.addInitScript(() => {
      for (const name of ["alert", "confirm", "prompt", "print"]) {
        window[name] = () => window.ran(1);
      }
    });
    // No other host is asked, and what would be asked of one is a fault unless it is a picture that an author named.
    await context.route(/^(?!http:\/\/127\.0\.0\.1:)/, (route) => {
      if (route.request().resourceType() !== "image") {
        ran.push(`${route.request().resourceType()} asked of ${route.request().url().slice(0, 100)}`);
      }
      return route.abort();
    });
    const page = await context.newPage();
    page.on("popup", () => ran.push("a window opened"));
    page.on("pageerror", (error) => ran.push(`a script failed: ${error.message}`));
    try {
      return await work(page, ran);
    } finally {
      await context.close();
    }
  };

  const open = async (page, ran, url) => {
    ran.length = 0;
    await page.goto(url, { waitUntil: "load" });
    const faults = await page.evaluate(dangers);
    // A copy shows what changes when it is read twice; what it loads has a turn of the clock to run.
    await page.evaluate(readAgain);
    faults.push(...(await page.evaluate(`(${dangers})(document.body.lastElementChild)`)));
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 5)));
    if (page.url() !== url) {
      faults.push(`the page left for ${page.url()}`);
    }
    return [...ran, ...faults];
  };

  test("the check for dangers sees them", () =>
    watched(async (page, ran) => {
      const server = await serve(mkdtempSync(join(tmpdir(), "casebook-xss-none-")), "/");
      after(() => server.close());
      await page.goto(server.url("/"));
      for (const html of ["<p onclick=x>", "<script>1</script>", "<a href='java\nscript:x'>", "<iframe>", "<p style=x>", "<svg><set>", "<form name=x></form><p>", "<meta http-equiv=refresh content=9>", "<template><img onerror=x></template>"]) {
        assert.notDeepEqual(await page.evaluate(`document.body.innerHTML = ${JSON.stringify(`<div class=prose>${html}</div>`)}; (${dangers})()`), [], html);
      }
      assert.deepEqual(await page.evaluate(`document.body.innerHTML = "<div class=prose><p id=a><a href=/b>c</a><img src=https://example.org/></div>"; (${dangers})()`), []);
      ran.length = 0;
      await page.evaluate(() => (document.body.innerHTML = "<img src=x onerror=ran(1)>"));
      await until("a handler that runs is noted", () => ran.length > 0);
    }));

  for (const mode of ["sanitise", "escape"]) {
    describe(`XSS, html: ${mode}`, { concurrency: AT_ONCE }, async () => {
      const server = await library(mode);
      const parts = Array.from({ length: AT_ONCE }, (_, part) => vectors.map((vector, place) => ({ ...vector, place })).filter(({ place }) => place % AT_ONCE === part));
      for (const [part, own] of parts.entries()) {
        test(`nothing runs on a page of its own, ${own.length} vectors, part ${part + 1}`, { timeout: 600_000 }, () =>
          watched(async (page, ran) => {
            const faults = [];
            for (const { name, text, place } of own) {
              const found = await open(page, ran, server.url(addressOf(place)));
              faults.push(...found.map((fault) => `${name}: ${JSON.stringify(text)}: ${fault}`));
            }
            none(faults);
          }));
      }

      test("nothing runs in lists, on the page of a term and among what a search finds", { timeout: 120_000 }, () =>
        watched(async (page, ran) => {
          const lists = ["/", "/guides/", "/themes/", "/themes/one/", ...Array.from({ length: Math.ceil(vectors.length / 100) - 1 }, (_, number) => `/guides/${number + 2}/`)];
          for (const address of lists) {
            none((await open(page, ran, server.url(address))).map((fault) => `${address}: ${fault}`));
          }
          await page.goto(server.url("/search/?q=findable"));
          await until("the search finds the page", async () => (await page.locator("main a", { hasText: "Findable" }).count()) > 0);
          none([...ran, ...(await page.evaluate(dangers))]);
          await page.goto(server.url("/search/?q=%22%3E%3Cimg+src%3Dx+onerror%3Dran(1)%3E"));
          await until("the search has said what it found", async () => (await page.locator("[role=status]").first().textContent()).trim() !== "");
          none([...ran, ...(await page.evaluate(dangers))]);
          await page.goto(server.url("/"));
          await page.locator("[data-suggest]").first().pressSequentially("findab");
          await until("a page is suggested", async () => (await page.locator("[role=option]", { hasText: "Findable" }).count()) > 0);
          none([...ran, ...(await page.evaluate(dangers))]);
        }));
    });
  }
}
