// Figures as people read them, in a table of Markdown.
import { cpus } from "node:os";

/** When and on what the figures were measured. */
export function measured() {
  const day = new Date().toISOString().slice(0, 10);
  const cores = cpus();
  return `Measured on ${day}, Node ${process.versions.node}, ${cores.length} × ${cores[0].model}.`;
}

export const kilobytes = (bytes) =>
  bytes === undefined ? "–" : `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)} KB`;
export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
export const seconds = (number) => (number === undefined ? "–" : `${number.toFixed(2)} s`);
export const share = (number) => `${(number * 100).toFixed(1)} %`;
export const score = (number) => number.toFixed(3);
export const times = ({ median, p99 }) => `${median.toFixed(2)} / ${p99.toFixed(2)} ms`;

/** A table of rows (objects) with columns `[[heading, row => cell], …]`. Rows that `failed` say so once. */
export function table(columns, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const cells = (row) =>
    columns.map(([, cell], place) => {
      if (!row.failed || place < 2) {
        return cell(row);
      }
      return place === 2 ? row.failed : "";
    });
  const headings = columns.map(([heading]) => heading);
  const rule = headings.map(() => "---");
  return [headings, rule, ...rows.map(cells)].map(line).join("\n");
}

/** The columns of what an answer costs, of use in every table. */
export const costColumns = [
  ["cold bytes", ({ cold }) => kilobytes(cold.bytes)],
  ["requests", ({ cold }) => cold.requests],
  ["round trips", ({ cold }) => cold.trips],
  ["work of the first answer", ({ cold }) => `${cold.work.toFixed(0)} ms`],
  ["warm, median / p99", ({ warm }) => times(warm)],
  ["index on disk", ({ disk }) => megabytes(disk)],
  ["indexing", ({ seconds: taken, whole }) => (whole ? `${seconds(taken)} (build ${seconds(whole)})` : seconds(taken))],
];
