// `casebook serve` on a copy of a library: CASEBOOK is the program, LIBRARY the library's folder.
import { test } from "node:test";
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { start } from "./chromium.mjs";
import { until } from "./expectation.mjs";

const program = process.env.CASEBOOK && resolve(process.env.CASEBOOK);
const library = resolve(process.env.LIBRARY ?? join(import.meta.dirname, "../.."));
const skip = !program && "CASEBOOK does not say where the program is";

// Both commands take the same time for now.
const environment = { ...process.env, SOURCE_DATE_EPOCH: String(Math.floor(Date.now() / 1000)) };

const freePort = () =>
  new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

// The bytes that a plain client gets.
const bytes = (url) =>
  new Promise((done, fail) => {
    get(url, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => done({ status: response.statusCode, body: Buffer.concat(parts) }));
      response.on("error", fail);
    }).on("error", fail);
  });

// Copies the library, serves the copy while `work` goes on, and cleans up.
async function serving(work) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "casebook-serve-")));
  for (const part of ["casebook.yaml", "content", "themes"].filter((name) => existsSync(join(library, name)))) {
    cpSync(join(library, part), join(root, part), { recursive: true });
  }
  const port = await freePort();
  const said = [];
  const child = spawn(program, ["serve", "--root", root, "--port", String(port)], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.on("data", (text) => said.push(text));
  child.stderr.on("data", (text) => said.push(text));
  const ended = new Promise((done) => {
    child.once("exit", done);
    child.once("error", (error) => {
      said.push(String(error));
      done();
    });
  });
  let over = false;
  ended.then(() => {
    over = true;
  });
  const prefix = new URL(readFileSync(join(root, "casebook.yaml"), "utf8").match(/^base_url:\s*["']?([^\s"'#]+)/m)[1]).pathname;
  const url = (address) => `http://127.0.0.1:${port}${prefix}${address.slice(1)}`;
  try {
    await until(
      "casebook serve answers",
      async () => over || (await bytes(url("/"))).status === 200,
      { seconds: 60 },
    );
    assert.ok(!over, `casebook serve stopped:\n${said.join("")}`);
    return await work({ root, url });
  } catch (error) {
    error.message += `\ncasebook serve said:\n${said.join("")}`;
    throw error;
  } finally {
    child.kill();
    const insist = setTimeout(() => child.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(insist);
    rmSync(root, { recursive: true, force: true });
  }
}

// Whether a text can be seen: in the page or in a frame of it.
async function shows(page, text) {
  for (const frame of page.frames()) {
    if ((await frame.getByText(text).filter({ visible: true }).count()) > 0) {
      return true;
    }
  }
  return false;
}

// A page of the library's own, not the home page: its file and the line of its title.
function somePage(root) {
  const name = readdirSync(join(root, "content")).find((file) => /^[a-z0-9-]+\.md$/.test(file) && file !== "index.md");
  assert.ok(name, "the library has no page to change in content/");
  const file = join(root, "content", name);
  return { file, path: `content/${name}`, address: `/${name.slice(0, -3)}/`, text: readFileSync(file, "utf8") };
}

test("serve: a change shows in the open page, a fault shows over it and goes when it is mended", { skip, timeout: 180_000 }, () =>
  serving(async ({ root, url }) => {
    const browser = await start();
    try {
      const { file, path, address, text } = somePage(root);
      const page = await browser.newPage();
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      await page.goto(url(address));

      const sentence = "This sentence was not here before.";
      assert.ok(!(await shows(page, sentence)));
      const changed = `${text.trimEnd()}\n\n${sentence}\n`;
      writeFileSync(file, changed);
      await until(`${path}: the open page shows the new sentence`, () => shows(page, sentence));

      // 30 February, in the front matter's second line; a date that is there already makes room for it.
      const without = changed.split("\n").filter((line) => !line.startsWith("review_by:"));
      writeFileSync(file, [without[0], "review_by: 2027-02-30", ...without.slice(1)].join("\n"));
      const place = new RegExp(`${path.replaceAll(".", "\\.")}[^]{0,20}?(:|\\bline )2\\b`);
      await until(`${path}: an overlay names the file and line 2`, () => shows(page, place));
      assert.ok(await shows(page, sentence), `${path}: the last good page is gone while the file has a fault`);
      assert.equal((await bytes(url(address))).status, 200, `${path}: the server no longer gives the last good page`);

      await page.reload();
      await until(`${path}: the overlay is there after loading again`, () => shows(page, place));

      const mended = changed.replace(sentence, "And this is the mended sentence.");
      writeFileSync(file, mended);
      await until(`${path}: the mended page shows`, () => shows(page, "And this is the mended sentence."));
      await until(`${path}: the overlay is gone`, async () => !(await shows(page, place)));
      assert.deepEqual(errors, [], `${path}: the browser complained`);
    } finally {
      await browser.close();
    }
  }),
);

// Scripts alone may have more at their end: the part that listens for changes.
test("serve: gives the very bytes that build writes", { skip, timeout: 180_000 }, () =>
  serving(async ({ root, url }) => {
    // The preview writes its first build too, and one waits for the other.
    await until("the site is built", () => promisify(execFile)(program, ["build", "--root", root], { env: environment }), { seconds: 60 });
    const built = readdirSync(join(root, "public"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
      .map((entry) => join(entry.parentPath, entry.name).slice(join(root, "public").length + 1))
      .sort();
    // The first file of each folder at the top, of each depth and of each type of file.
    const some = new Map(built.map((name) => [`${name.split("/")[0]} ${name.split("/").length} ${name.split(".").at(-1)}`, name]));
    assert.ok(some.size >= 5, `only these were built: ${built.join(" ")}`);
    for (const name of some.values()) {
      const address = `/${name.replace(/(^|\/)index\.html$/, "$1")}`;
      const { status, body } = await bytes(url(encodeURI(address)));
      assert.equal(status, 200, `${address}: serve answers ${status}`);
      const file = readFileSync(join(root, "public", name));
      const same = name.endsWith(".js") ? body.subarray(0, file.length) : body;
      assert.ok(same.equals(file), `${address}: serve gives other bytes than build`);
    }
  }),
);
