// The web editor as people use it: Decap CMS in a browser, and its own server for a library on this computer.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { start } from "./chromium.mjs";
import { until } from "./expectation.mjs";
import { program, repository, run } from "./repository.mjs";

// What the packages hold, as the registry says it of these versions.
const PACKAGES = {
  "decap-cms@3.16.3": "sha512-hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw==",
  "@sveltia/cms@0.221.1": "sha512-J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
};

// The folder of a package without what it depends on, fetched once. As dependencies, these two would bring half a
// gigabyte along, none of which is needed.
export async function unpacked(name) {
  const folder = join(import.meta.dirname, "node_modules/.cache", name.replace("/", "-"));
  if (!existsSync(folder)) {
    const scratch = mkdtempSync(join(tmpdir(), "casebook-pack-"));
    try {
      const [{ filename, integrity }] = JSON.parse(await run("npm", ["pack", "--json", "--pack-destination", scratch, name]));
      assert.equal(integrity, PACKAGES[name], name);
      await run("tar", ["-xzf", join(scratch, filename), "-C", scratch, "--exclude=*.map"]);
      mkdirSync(join(folder, ".."), { recursive: true });
      cpSync(join(scratch, "package"), `${folder}.new`, { recursive: true });
      renameSync(`${folder}.new`, folder);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return folder;
}

const freePort = () =>
  new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

// Where the editor looks for a server of this computer.
const OWN = "http://localhost:8081/api/v1";

// A copy of the library with the editor, in a git repository; `settings` are lines for its casebook.yaml, each in the
// place of one with the same key.
export async function edited(settings = "") {
  const files = await unpacked("decap-cms@3.16.3");
  const prepare = (root) => {
    const file = join(root, "casebook.yaml");
    const keys = `${settings}editor:`.match(/^\w+(?=:)/gm);
    const own = keys.reduce((text, key) => text.replace(new RegExp(`^${key}:.*\\n( .*\\n)*`, "m"), ""), readFileSync(file, "utf8"));
    writeFileSync(file, `${own}\n${settings}editor: {name: decap, files: editor/decap-cms}\n`);
    mkdirSync(join(root, "editor"));
    symlinkSync(files, join(root, "editor/decap-cms"));
  };
  return repository(prepare, ["/editor/"]);
}

// Serves the library with the editor and the editor's own server, and opens the editor in a browser.
export async function editing(settings, work) {
  const { root, git, casebook } = await edited(settings);
  const [port, proxy] = [await freePort(), await freePort()];
  const said = [];
  const begin = (file, given, options) => {
    const child = spawn(file, given, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
    child.stdout.on("data", (text) => said.push(text));
    child.stderr.on("data", (text) => said.push(text));
    return { child, ended: new Promise((done) => child.once("exit", done)) };
  };
  const servers = [
    begin(program, ["serve", "--port", String(port)]),
    begin(process.execPath, [join(import.meta.dirname, "node_modules/decap-server/dist/index.js")], {
      env: { ...process.env, MODE: "git", GIT_REPO_DIRECTORY: root, PORT: String(proxy), LOG_LEVEL: "info" },
    }),
  ];
  const browser = await start();
  try {
    const base = new URL(readFileSync(join(root, "casebook.yaml"), "utf8").match(/^base_url:\s*["']?([^\s"'#]+)/m)[1]).pathname;
    const url = `http://127.0.0.1:${port}${base}admin/`;
    const info = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"action":"info"}' };
    await until("casebook serve has the editor", async () => (await fetch(url)).ok, { seconds: 60 });
    await until("the editor's server answers", async () => (await fetch(`http://127.0.0.1:${proxy}/api/v1`, info)).ok);
    const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1280, height: 1000 } });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const asked = new Set();
    page.on("request", (request) => asked.add(new URL(request.url()).origin));
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    // The editor's server works in the repository until it has answered, and refuses what waits for three seconds:
    // it is asked one thing at a time.
    let last = Promise.resolve();
    const ask = (body) => {
      const answer = last.then(() => fetch(`http://127.0.0.1:${proxy}/api/v1`, { ...info, body }));
      last = answer.catch(() => {});
      return answer;
    };
    // Leaves the repository to whoever else works in it.
    const leave = async () => {
      await page.goto("about:blank");
      await last;
    };
    // It would ask at a port that somebody may have: this one leads to ours.
    await page.route(`${OWN}**`, async (route) => {
      const allowed = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
      if (route.request().method() === "OPTIONS") {
        return route.fulfill({ status: 204, headers: allowed });
      }
      const answer = await ask(route.request().postData());
      const headers = { ...allowed, "Content-Type": answer.headers.get("content-type") };
      return route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) });
    });
    await work({ root, git, casebook, url, page, asked, errors, editor: { ...hands(page, url), leave } });
  } catch (error) {
    error.message += `\nThe servers said:\n${said.join("")}`;
    throw error;
  } finally {
    await browser.close();
    servers.forEach(({ child }) => child.kill());
    await Promise.all(servers.map(({ ended }) => ended));
    rmSync(root, { recursive: true, force: true });
  }
}

// What somebody does with the editor.
const hands = (page, url) => {
  const label = (name, nth) => page.locator(`label[for^="${name}-field-"]`).nth(nth);
  const input = (name, nth = 0) => page.locator(`:is(input, textarea)[id^="${name}-field-"]`).nth(nth);
  return {
    async enter() {
      await page.goto(url);
      await page.getByRole("button", { name: "Login" }).click();
      await page.getByRole("heading", { name: "Collections" }).waitFor();
    },
    // To a place in the editor, as if it were opened there.
    async go(place) {
      await page.goto(`${url}#/collections/${place}`);
      await input("title").waitFor();
    },
    input,
    fill: (name, text, nth) => input(name, nth).fill(text),
    async choose(name, text, nth = 0) {
      const box = label(name, nth).locator("xpath=following::input[1]");
      await box.click();
      await box.fill(text);
      await page.getByRole("option", { name: text, exact: true }).first().click();
    },
    async write(name, text) {
      const area = label(name, 0).locator("xpath=following::*[@contenteditable='true'][1]");
      await area.evaluate((element) => element.scrollIntoView({ block: "center" }));
      await area.click();
      await page.keyboard.type(text);
    },
    async add(name, button) {
      await page.getByRole("button", { name: button }).click();
      await label(name, 0).scrollIntoViewIfNeeded();
    },
    async save() {
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("Entry saved").first().waitFor();
    },
  };
};
