// The language server as an editor meets it: driven by Microsoft's own client library over standard input and output.
// What it answers in which place is tested by tests/it/lsp.rs; here it is a program, and somebody types.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFile, rename } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { Editor, edited, library, lsp, write } from "./client.mjs";

const casebook = process.env.CASEBOOK;

const FILES = {
  "casebook.yaml": "title: Test\nbase_url: https://example.org/\n",
  "content/_data/themes.yaml": "- id: mentoring\n  label: Mentoring\n- id: housing\n  label: Housing\n",
  "content/guides/one.md": "---\ntitle: One\nsummary: The first.\nthemes: [mentoring]\n---\n\nSee [two](two.md#the-end).\n",
  "content/guides/two.md": "---\ntitle: Two\nsummary: The second.\nthemes: [housing]\n---\n\n## The end\n\nText.\n",
};

/** Does something in an editor on a library of these files. */
function session(files, work, options) {
  return async () => {
    const lib = await library(files);
    const editor = await Editor.open(lib.root, options);
    try {
      await work(editor, lib.root);
      assert.equal(await editor.quit(), 0);
    } finally {
      editor.child.kill();
      await lib.remove();
    }
  };
}

const place = (line, character) => ({ line, character });

test("faults come and go as somebody types, each with its version and place", session(FILES, async (editor) => {
  const name = "content/guides/one.md";
  const text = FILES[name];
  await editor.show(name, text);
  // Two code units of UTF-16 before the fault: the picture of a woman.
  await editor.type(name, text.replace("See [two](two.md", "👩 [two](tow.md").replace("[mentoring]", "[mentring]"));
  const { diagnostics, version } = await editor.told(name, (faults) => faults.length === 2);
  assert.equal(version, 2);
  const [term, link] = diagnostics;
  assert.deepEqual([term.code, link.code], ["CB0304", "CB0401"]);
  assert.deepEqual([term.severity, term.source], [lsp.DiagnosticSeverity.Error, "casebook"]);
  assert.match(term.message, /mentring.*\n.*Did you mean `mentoring`/s);
  assert.deepEqual(term.range, { start: place(3, 9), end: place(3, 17) });
  assert.deepEqual(link.range, { start: place(6, 9), end: place(6, 23) });
  await editor.type(name, text);
  assert.equal((await editor.told(name, (faults) => faults.length === 0)).version, 3);
}));

test("what is typed in one page is told of in another, and forgotten when it is not saved", session(FILES, async (editor) => {
  await editor.show("content/guides/two.md", FILES["content/guides/two.md"].replace("The end", "An end"));
  const { diagnostics, version } = await editor.told("content/guides/one.md", (faults) => faults.length === 1);
  assert.equal(diagnostics[0].code, "CB0402");
  assert.equal(version ?? null, null);
  await editor.close("content/guides/two.md");
  await editor.told("content/guides/one.md", (faults) => faults.length === 0);
}));

test("files that change on the disk, new ones and settings are followed", session(FILES, async (editor, root) => {
  await write(root, "content/guides/three.md", "---\ntitle: Three\nsummary: x\n---\n\n[Nowhere](no.md)\n");
  await editor.told("content/guides/three.md", (faults) => faults[0]?.code === "CB0401");
  await write(root, "casebook.yaml", "title: [\n");
  await editor.told("casebook.yaml", (faults) => faults.length === 1);
  // In the meantime the last sound state of the library answers.
  const offered = await editor.offered("content/guides/one.md", "---\ntitle: One\nthemes: [¦]\n---\n");
  assert.deepEqual(offered.map((item) => item.label), ["mentoring", "housing"]);
  await write(root, "casebook.yaml", FILES["casebook.yaml"]);
  await editor.told("casebook.yaml", (faults) => faults.length === 0);
}));

test("a page that is renamed in the editor keeps its readers: check is clean and the old address leads on", session(FILES, async (editor, root) => {
  const name = "content/guides/two.md";
  await editor.show("content/guides/one.md", FILES["content/guides/one.md"]);
  const files = [{ oldUri: editor.uri(name), newUri: editor.uri("content/guides/second.md") }];
  const edit = await editor.connection.sendRequest(lsp.WillRenameFilesRequest.type, { files });
  for (const { textDocument, edits } of edit.documentChanges) {
    const file = decodeURIComponent(new URL(textDocument.uri).pathname);
    await write(root, path.relative(root, file), edited(await readFile(file, "utf8"), edits));
  }
  await rename(path.join(root, name), path.join(root, "content/guides/second.md"));
  execFileSync(casebook, ["check", "--strict", "--root", root]);
  execFileSync(casebook, ["build", "--no-downloads", "--quiet", "--root", root]);
  assert.match(await readFile(path.join(root, "public/guides/two/index.html"), "utf8"), /\/guides\/second\//);
  assert.match(await readFile(path.join(root, "public/guides/one/index.html"), "utf8"), /href="\/guides\/second\/#the-end"/);
}));

test("clients that count in bytes, or know of less, get what they understand", async () => {
  const least = { general: { positionEncodings: ["utf-8", "utf-16"] } };
  await session(FILES, async (editor) => {
    assert.equal(editor.server.capabilities.positionEncoding, "utf-8");
    const name = "content/guides/one.md";
    await editor.show(name, FILES[name].replace("See [two](two.md", "👩 [two](tow.md"));
    const { diagnostics } = await editor.told(name, (faults) => faults.length === 1);
    assert.equal(diagnostics[0].range.start.character, 11);
    const offered = await editor.offered(name, "---\nco¦\n---\n");
    assert.ok(offered.every((item) => item.insertTextFormat !== lsp.InsertTextFormat.Snippet));
    const files = [{ oldUri: editor.uri("content/guides/two.md"), newUri: editor.uri("content/guides/second.md") }];
    const edit = await editor.connection.sendRequest(lsp.WillRenameFilesRequest.type, { files });
    assert.deepEqual(Object.keys(edit), ["changes"]);
  }, { capabilities: least })();
});

test("the library is found from the page that is opened, and where there is none the server stays", async () => {
  await session(FILES, async (editor) => {
    const name = "content/guides/one.md";
    await editor.show(name, FILES[name].replace("two.md", "tow.md"));
    await editor.told(name, (faults) => faults.length === 1);
  }, { folder: null })();
  await session({ "notes.md": "# Notes\n" }, async (editor) => {
    const [log] = await Promise.all([
      new Promise((resolve) => editor.connection.onNotification(lsp.LogMessageNotification.type, resolve)),
      editor.show("notes.md", "# Notes\n\n[x](y.md)\n"),
    ]);
    assert.match(log.message, /no casebook\.yaml/);
    assert.equal(await editor.ask("notes.md", 3, lsp.HoverRequest.type), null);
  })();
});

test("odd questions are refused one by one, and the next is answered", session(FILES, async (editor) => {
  const refused = async (method, params, code) => {
    await assert.rejects(editor.connection.sendRequest(method, params), (error) => error.code === code);
  };
  await refused("textDocument/nonsense", {}, -32601);
  await refused("textDocument/hover", { position: "here" }, -32602);
  const name = "content/guides/one.md";
  assert.equal(await editor.connection.sendRequest(lsp.HoverRequest.type, {
    textDocument: { uri: "untitled:Untitled-1" }, position: place(0, 0),
  }), null);
  for (const text of ["", "\0", "---", "---\n: :\n\t[{\"", "```\n", "---\n---\n[](", "\u{feff}---\r\ntitle: x\r\n---\r\n", "---\ntitle: &a *a\n---\n"]) {
    for (const offset of [0, 1, text.length]) {
      await (editor.texts.has(name) ? editor.type(name, text) : editor.show(name, text));
      for (const type of [lsp.CompletionRequest.type, lsp.HoverRequest.type, lsp.DefinitionRequest.type, lsp.PrepareRenameRequest.type]) {
        await editor.ask(name, Math.min(offset, text.length), type);
      }
      await editor.ask(name, 0, lsp.ReferencesRequest.type, { context: { includeDeclaration: true } });
    }
    const whole = { textDocument: { uri: editor.uri(name) } };
    await editor.connection.sendRequest(lsp.DocumentSymbolRequest.type, whole);
    await editor.connection.sendRequest(lsp.DocumentLinkRequest.type, whole);
  }
  await editor.type(name, FILES[name]);
  const hover = await editor.ask(name, FILES[name].indexOf("mentoring") + 2, lsp.HoverRequest.type);
  assert.match(hover.contents.value, /Mentoring/);
}));

test("an editor that goes away without a word ends the server", async () => {
  const lib = await library(FILES);
  const editor = await Editor.open(lib.root);
  const ended = new Promise((resolve) => editor.child.once("exit", resolve));
  editor.child.stdin.end();
  assert.equal(await ended, 1);
  await lib.remove();
});

test("somebody who starts it by hand, or on a folder that is not there, is told what it is", () => {
  const help = spawnSync(casebook, ["lsp", "--help"], { encoding: "utf8" });
  assert.match(help.stdout, /docs\/lsp\.md/);
  const nowhere = spawnSync(casebook, ["lsp", "--root", "/no/such/folder"], { encoding: "utf8", input: "" });
  assert.equal(nowhere.status, 2);
  assert.match(nowhere.stderr, /there is no folder/);
});
