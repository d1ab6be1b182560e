// ZIP files, read and written: what a browser needs to change a Word document and to give several texts out as one.

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

// Names are UTF-8 (bit 11 of the flags). The time is 1 January 1980, the first that the format knows.
const UTF8 = 0x0800;
const DAY = 0x0021;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return value;
});

export function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff];
  }
  return (value ^ 0xffffffff) >>> 0;
}

async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// The files of a ZIP, in their order: [{name, bytes}]. The list at its end is what counts, not the heads before the
// files, which may leave the sizes out.
export async function read(zip) {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  let end = zip.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) {
    end -= 1;
  }
  if (end < 0) {
    throw new Error("not a ZIP");
  }
  const files = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== CENTRAL) {
      throw new Error("not a ZIP");
    }
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const start = view.getUint32(at + 42, true);
    const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    const packed = zip.subarray(from, from + view.getUint32(at + 20, true));
    const name = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + nameLength));
    const bytes = view.getUint16(at + 10, true) === 0 ? packed : await inflated(packed);
    if (crc32(bytes) !== view.getUint32(at + 16, true)) {
      throw new Error(`${name} is damaged`);
    }
    files.push({ name, bytes });
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

// A ZIP of [{name, bytes}], nothing in it packed: texts are small, and every program can read it.
export function write(files) {
  const parts = [];
  const list = [];
  let at = 0;
  for (const file of files) {
    const name = new TextEncoder().encode(file.name);
    const { length } = file.bytes;
    // What the head of a file and its line in the list share: flags, method, time, day, sum, both sizes, name.
    const shared = [[UTF8, 2], [0, 2], [0, 2], [DAY, 2], [crc32(file.bytes), 4], [length, 4], [length, 4], [name.length, 2], [0, 2]];
    const head = [...numbers([LOCAL, 4], [20, 2], ...shared), ...name];
    list.push(...numbers([CENTRAL, 4], [20, 2], [20, 2], ...shared, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), ...name);
    parts.push(Uint8Array.from(head), file.bytes);
    at += head.length + length;
  }
  const count = files.length;
  parts.push(Uint8Array.from([...list, ...numbers([END, 4], [0, 2], [0, 2], [count, 2], [count, 2], [list.length, 4], [at, 4], [0, 2])]));
  const zip = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((place, part) => (zip.set(part, place), place + part.length), 0);
  return zip;
}

// Numbers as bytes, the least first: [value, how many bytes].
const numbers = (...values) =>
  values.flatMap(([value, size]) => Array.from({ length: size }, (_, place) => (value >>> (8 * place)) & 0xff));
