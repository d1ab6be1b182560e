// Rows of cells as CSV after RFC 4180, and back.

// A spreadsheet runs a cell that begins like a formula: an apostrophe before it makes it text.
const guarded = (cell) => (/^['\s]*[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell);
const unguarded = (cell) => (/^'['\s]*[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell);

// The mark at the front tells Excel that the text is UTF-8.
export function write(rows) {
  const line = (cells) => `${cells.map((cell) => `"${guarded(cell).replaceAll('"', '""')}"`).join(",")}\r\n`;
  return `\ufeff${rows.map(line).join("")}`;
}

export function read(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.replace(/^\ufeff/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    const cell = quoted?.replaceAll('""', '"').replaceAll("\r\n", "\n") ?? plain;
    rows.at(-1).push(unguarded(cell));
    if (end !== ",") {
      rows.push([]);
    }
  }
  // The end of the text looks like one more, empty, line.
  return rows.filter((row) => row.join("") !== "");
}
