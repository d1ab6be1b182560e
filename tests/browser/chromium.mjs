// Finds the Chromium of this machine and starts it. Run by itself, this file prints where it is.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APPLICATIONS = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const runs = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export function find() {
  if (process.env.CHROMIUM) {
    return runs(process.env.CHROMIUM) ? process.env.CHROMIUM : undefined;
  }
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const inPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  // The last is where `npx playwright-core install chromium` puts its own.
  return [...inPath, ...APPLICATIONS, chromium.executablePath()].find((path) => path && runs(path));
}

export async function start() {
  const executablePath = find();
  if (!executablePath) {
    throw new Error("No Chromium was found. Install one, or set CHROMIUM to the path of its program.");
  }
  return chromium.launch({
    executablePath,
    args: [
      // Root has no sandbox to step into.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-gpu",
      "--disable-quic",
      "--disable-sync",
      "--no-first-run",
      // No name but this machine's is ever looked up: a page that asks another host fails at once.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = find();
  if (!path) {
    process.exit(1);
  }
  console.log(path);
}
