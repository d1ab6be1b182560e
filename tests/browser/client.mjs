// An editor without a window: Microsoft's client library, over standard input and output.

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as lsp from "vscode-languageserver-protocol/node";

const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] } },
  textDocument: { completion: { completionItem: { snippetSupport: true } }, publishDiagnostics: { versionSupport: true } },
};

/** A library of these files in a folder of its own; `remove` takes it away. */
export async function library(files) {
  const root = realpathSync(await mkdtemp(path.join(tmpdir(), "casebook-editor-")));
  for (const [name, text] of Object.entries(files)) await write(root, name, text);
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

export async function write(root, name, text) {
  await mkdir(path.dirname(path.join(root, name)), { recursive: true });
  await writeFile(path.join(root, name), text);
}

export class Editor {
  /** Starts the program on a folder, as an editor would. */
  static async open(root, { casebook = process.env.CASEBOOK, capabilities = CAPABILITIES, folder = root, args = [] } = {}) {
    const child = spawn(casebook, ["lsp", "--stdio", ...args], { stdio: ["pipe", "pipe", "inherit"], cwd: tmpdir() });
    const editor = new Editor(root, child);
    const uri = folder && pathToFileURL(folder).href;
    const folders = uri ? [{ uri, name: "library" }] : null;
    const asked = { processId: process.pid, rootUri: uri, workspaceFolders: folders, capabilities };
    editor.server = await editor.connection.sendRequest(lsp.InitializeRequest.type, asked);
    await editor.connection.sendNotification(lsp.InitializedNotification.type, {});
    return editor;
  }

  constructor(root, child) {
    this.root = root;
    this.child = child;
    this.texts = new Map();
    this.faults = new Map();
    this.waiting = [];
    const reader = new lsp.StreamMessageReader(child.stdout);
    this.connection = lsp.createProtocolConnection(reader, new lsp.StreamMessageWriter(child.stdin));
    this.connection.onNotification(lsp.PublishDiagnosticsNotification.type, (told) => {
      this.faults.set(told.uri, told);
      this.waiting = this.waiting.filter((wait) => !wait());
    });
    this.connection.listen();
  }

  uri(name) {
    return pathToFileURL(path.join(this.root, name)).href;
  }

  async show(name, text) {
    this.texts.set(name, { text, version: 1 });
    const textDocument = { uri: this.uri(name), languageId: "markdown", version: 1, text };
    await this.connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, { textDocument });
  }

  async type(name, text) {
    const version = this.texts.get(name).version + 1;
    this.texts.set(name, { text, version });
    const textDocument = { uri: this.uri(name), version };
    await this.connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
      textDocument,
      contentChanges: [{ text }],
    });
  }

  async close(name) {
    this.texts.delete(name);
    await this.connection.sendNotification(lsp.DidCloseTextDocumentNotification.type, {
      textDocument: { uri: this.uri(name) },
    });
  }

  /** What is said of a file, once that fits. */
  async told(name, fits = () => true) {
    const uri = this.uri(name);
    const now = () => {
      const told = this.faults.get(uri);
      return told && fits(told.diagnostics) ? told : null;
    };
    if (now()) return now();
    return new Promise((resolve, reject) => {
      const tooLong = setTimeout(() => {
        const said = JSON.stringify(this.faults.get(uri)?.diagnostics ?? null);
        reject(new Error(`nothing that fits was said of ${name}: ${said}`));
      }, 20_000);
      this.waiting.push(() => {
        const told = now();
        if (!told) return false;
        clearTimeout(tooLong);
        resolve(told);
        return true;
      });
    });
  }

  /** Opens a text whose cursor is the mark `|`, and asks about that place. */
  async at(name, marked, type, more = {}) {
    const offset = marked.indexOf("¦");
    if (offset < 0) throw new Error("no cursor ¦ in the text");
    const text = marked.slice(0, offset) + marked.slice(offset + 1);
    await (this.texts.has(name) ? this.type(name, text) : this.show(name, text));
    return this.ask(name, offset, type, more);
  }

  ask(name, offset, type, more = {}) {
    const before = this.texts.get(name).text.slice(0, offset).split(/\r\n|\n|\r/);
    const position = { line: before.length - 1, character: before.at(-1).length };
    return this.connection.sendRequest(type, { textDocument: { uri: this.uri(name) }, position, ...more });
  }

  /** The names that are offered at the cursor. */
  async offered(name, marked) {
    const { items } = await this.at(name, marked, lsp.CompletionRequest.type);
    return items;
  }

  async quit() {
    await this.connection.sendRequest(lsp.ShutdownRequest.type);
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    await this.connection.sendNotification(lsp.ExitNotification.type);
    const status = await ended;
    this.connection.dispose();
    return status;
  }
}

/** A text after edits, none of which overlaps another. */
export function edited(text, edits) {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((end) => end.index + end[0].length)];
  const offset = ({ line, character }) => starts[line] + character;
  const placed = edits.map((edit) => ({ start: offset(edit.range.start), end: offset(edit.range.end), text: edit.newText }));
  placed.sort((a, b) => b.start - a.start || b.end - a.end);
  return placed.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), text);
}

export { lsp };
