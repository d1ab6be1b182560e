// How long it takes from saving a file until a page that is open is told to load anew.
//
//     node benches/serve/latency.mjs [PAGES]        CASEBOOK=path/to/casebook [target/release/casebook]
//
// Starts `casebook serve` on a library of so many pages [10000], listens as a browser does, and saves: a word more in
// the middle of a page's text, another title, another theme, a template. Prints the median, the least and the most of
// each, in milliseconds, from before the first byte is written. After each reload the page is fetched, and must have
// the change in it. LIBRARY=DIR takes that library instead; it is copied. Downloads are left out.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const program = resolve(process.env.CASEBOOK ?? join(root, "target/release/casebook"));
const pages = process.argv[2] ?? "10000";
const TURNS = 20;

const work = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "casebook-serve-"));
const library = join(work, "library");
const say = (text) => process.stderr.write(`${text}\n`);
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

if (process.env.LIBRARY) {
  cpSync(process.env.LIBRARY, library, { recursive: true });
} else {
  say(`writing ${pages} pages`);
  const made = spawnSync("python3", [join(root, "benches/build/corpus.py"), "--pages", pages, "--out", library], { stdio: "inherit" });
  if (made.status !== 0) process.exit(1);
}

const child = spawn(program, ["serve", "--root", library, "--no-downloads"], { stdio: ["ignore", "pipe", "pipe"] });
const said = [];
const address = new Promise((done, fail) => {
  const hear = (bytes) => {
    said.push(String(bytes));
    const found = said.join("").match(/See it at (\S+)/);
    if (found) done(found[1]);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  child.once("exit", () => fail(new Error(`casebook serve ended:\n${said.join("")}`)));
});

const body = (url) =>
  new Promise((done, fail) => {
    get(url, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => done(Buffer.concat(parts).toString()));
    }).on("error", fail);
  });

/** Listens; gives a function that waits for the next event `reload`. */
function listen(url) {
  let heard = [];
  let waiting = null;
  return new Promise((ready, fail) => {
    get(new URL("/_casebook/events", url), (response) => {
      let text = "";
      response.on("data", (bytes) => {
        text += bytes;
        const events = text.split("\n\n");
        text = events.pop();
        for (const event of events) {
          const name = event.match(/^event: ?(.*)$/m)?.[1];
          if (name === "hello") {
            ready({
              next: () => new Promise((done, refuse) => {
                const late = setTimeout(() => refuse(new Error(`no reload within a minute:\n${said.join("")}`)), 60_000);
                waiting = (name) => {
                  clearTimeout(late);
                  if (name === "reload") done(performance.now());
                  else refuse(new Error(`${name}:\n${event}`));
                };
                if (heard.length) waiting(heard.shift());
              }),
              forget: () => { heard = []; waiting = null; },
              unasked: () => heard.length,
            });
          } else if (name === "reload" || name === "fault") {
            if (waiting) { const tell = waiting; waiting = null; tell(name); } else heard.push(name);
          }
        }
      });
    }).on("error", fail);
  });
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Saves a file so often, each time changed by `change`, and takes the times. */
async function measure(name, turns, file, change, isThere, channel, page) {
  const times = [];
  let unasked = 0;
  for (let turn = 0; turn < turns; turn++) {
    const text = change(existsSync(file) ? readFileSync(file, "utf8") : "", turn);
    channel.forget();
    const next = channel.next();
    const start = performance.now();
    writeFileSync(file, text);
    times.push((await next) - start);
    const shown = await body(page);
    if (!isThere(shown, turn)) throw new Error(`${name}: the page does not show the change`);
    // An editor is slower, and what comes after the reload must not count for the next one.
    await wait(150);
    unasked += channel.unasked();
  }
  const [least, most] = [Math.min(...times), Math.max(...times)];
  console.log(`| ${name} | ${median(times).toFixed(1)} | ${least.toFixed(1)} | ${most.toFixed(1)} | ${unasked} |`);
}

let failed = false;
try {
  const url = await address;
  const channel = await listen(url);
  const folder = ["case-studies", "guides"].map((name) => join(library, "content", name)).find(existsSync);
  const names = readdirSync(folder).filter((name) => name.endsWith(".md") && !name.startsWith("index"));
  const file = join(folder, names[Math.floor(names.length / 2)]);
  const page = new URL(`${relative(join(library, "content"), file).replace(/\.md$/, "")}/`, url);
  const themes = ["housing", "education", "health"].filter((id) => readFileSync(join(library, "content/_data/themes.yaml"), "utf8").includes(`- id: ${id}\n`));
  const before = readFileSync(file, "utf8");

  // The middle of the text: the sentence that ends after half of it.
  const inside = (text, turn) => {
    const clean = text.replace(/ Zwischenwort\d+/g, "");
    const at = clean.indexOf(". ", clean.lastIndexOf("\n---\n") + Math.floor((clean.length - clean.lastIndexOf("\n---\n")) / 2));
    if (at < 0) throw new Error(`${file} has no text to change`);
    return `${clean.slice(0, at)} Zwischenwort${turn}${clean.slice(at)}`;
  };
  const template = join(library, "themes/civic/templates/parts/footer.html");
  const footer = readFileSync(join(root, "themes/civic/templates/parts/footer.html"), "utf8");

  console.log(`| ${process.env.LIBRARY ? "saved" : `saved, of ${pages} pages`} | median, ms | least | most | reloads that nobody asked for |\n| --- | --- | --- | --- | --- |`);
  await measure("a text", TURNS, file, inside, (shown, turn) => shown.includes(`Zwischenwort${turn}`), channel, page);
  await measure("a title", TURNS, file, (text, turn) => text.replace(/^title: .*$/m, `title: Another title ${turn}`), (shown, turn) => shown.includes(`Another title ${turn}</h1>`), channel, page);
  await measure("a theme", TURNS, file, (text, turn) => text.replace(/^themes: .*$/m, `themes: [${themes[turn % themes.length]}]`), (shown, turn) => shown.includes(`/themes/${themes[turn % themes.length]}/`), channel, page);
  writeFileSync(file, before);
  await wait(1_000);
  mkdirSync(dirname(template), { recursive: true });
  writeFileSync(template, footer);
  await wait(5_000);
  await measure("a template", 5, template, (_, turn) => footer.replace("</footer>", `<p>Note ${turn}</p></footer>`), (shown, turn) => shown.includes(`Note ${turn}<`), channel, page);
} catch (error) {
  failed = true;
  say(String(error.stack ?? error));
} finally {
  child.removeAllListeners("exit");
  child.kill("SIGKILL");
  rmSync(work, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
