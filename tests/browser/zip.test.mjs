// The theme's ZIP, without a browser.
import { test } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateRawSync } from "node:zlib";

const library = process.env.LIBRARY ?? join(import.meta.dirname, "../..");
const { crc32, read, write } = await import(pathToFileURL(join(library, "themes/civic/static/js/zip.js")));

const bytes = (text) => new TextEncoder().encode(text);
const TEXT = bytes("All of them, every one of them. ".repeat(40));

// A ZIP of one packed file as programs write it that don't know its size beforehand: the head has no sizes, which
// follow the file, and the list at the end has a comment.
function streamed(name, content) {
  const packed = deflateRawSync(content);
  const sizes = Buffer.alloc(12);
  [crc32(content), packed.length, content.length].forEach((value, place) => sizes.writeUInt32LE(value, 4 * place));
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(8, 6);
  head.writeUInt16LE(8, 8);
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(4, 28);
  const file = Buffer.concat([head, Buffer.from(name), Buffer.from("more"), packed, Buffer.from("PK\x07\x08", "latin1"), sizes]);
  const line = Buffer.alloc(46);
  line.writeUInt32LE(0x02014b50, 0);
  line.writeUInt16LE(8, 8);
  line.writeUInt16LE(8, 10);
  sizes.copy(line, 16);
  line.writeUInt16LE(name.length, 28);
  line.writeUInt16LE(3, 32);
  const list = Buffer.concat([line, Buffer.from(name), Buffer.from("why")]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(file.length, 16);
  end.writeUInt16LE(5, 20);
  return new Uint8Array(Buffer.concat([file, list, end, Buffer.from("hello")]));
}

test("the sum of the standard's own example is right", () => {
  assert.equal(crc32(bytes("123456789")), 0xcbf43926);
  assert.equal(crc32(new Uint8Array(0)), 0);
});

test("files come back as they were, in their order", async () => {
  const files = [
    { name: "b.txt", bytes: TEXT },
    { name: "posts/ŵythnos.txt", bytes: bytes("ŷ 👍") },
    { name: "a.txt", bytes: new Uint8Array(0) },
  ];
  assert.deepEqual(await read(write(files)), files);
});

test("the same files give the same bytes", () => {
  const files = [{ name: "a.txt", bytes: TEXT }];
  assert.deepEqual(write(files), write(files));
});

test("a packed file is read, whoever packed it", async () => {
  const [file] = await read(streamed("word/document.xml", TEXT));
  assert.equal(file.name, "word/document.xml");
  assert.deepEqual(file.bytes, TEXT);
});

test("a part of a larger buffer is read", async () => {
  const zip = write([{ name: "a.txt", bytes: TEXT }]);
  const larger = new Uint8Array(zip.length + 10);
  larger.set(zip, 10);
  assert.deepEqual((await read(larger.subarray(10)))[0].bytes, TEXT);
});

test("what is damaged or no ZIP is told, and not handed on", async () => {
  const zip = write([{ name: "a.txt", bytes: TEXT }]);
  zip[60] ^= 1;
  await assert.rejects(read(zip), /a\.txt is damaged/);
  await assert.rejects(read(bytes("<!doctype html><title>Not found</title>")), /not a ZIP/);
  await assert.rejects(read(new Uint8Array(0)), /not a ZIP/);
});
