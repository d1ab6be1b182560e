// Reads and writes pages for the web editor as people write them. What nobody changed stays as it stood, to the byte,
// comments included, so that a proposal shows what it changes and nothing else.

// Under this key a page keeps the text that it was read from.
const SOURCE = "casebook:source";

// The editor calls the text below the front matter `body`. A field of that name goes by this one there.
const BODY = "front_body";

const renamed = (values, from, to) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key === from ? to : key, value]));

const FRONT = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;

const isNothing = (value) =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "") ||
  (typeof value === "object" && Object.keys(value).length === 0);

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// A value without what nobody filled in: an empty date is not the same as none.
const filled = (value) => {
  if (Array.isArray(value)) {
    return value.map(filled).filter((item) => !isNothing(item));
  }
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one)]).filter(([, one]) => !isNothing(one)));
  }
  return value;
};

// The lines of each key of front matter, with the comments above it; nothing where it is written in another way.
function pieces(front, known) {
  const found = [];
  let above = "";
  for (const line of front.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const key = /^([A-Za-z0-9_][\w-]*):(?=\s|$)/.exec(line)?.[1];
    if (key) {
      found.push({ key, text: above + line });
      above = "";
    } else if (/^(#|\s*$)/.test(line)) {
      above += line;
    } else if (found.length === 0) {
      return undefined;
    } else {
      found[found.length - 1].text += above + line;
      above = "";
    }
  }
  const keys = found.map(({ key }) => key);
  return same(keys, Object.keys(known)) ? { found, below: above } : undefined;
}

// The blocks of a Markdown text: paragraphs, lists, tables, and each fence as a whole.
function blocks(text) {
  const found = [];
  let fence;
  let open = false;
  for (const line of text.split("\n")) {
    const mark = /^ *(`{3,}|~{3,})/.exec(line)?.[1];
    if (!fence && line.trim() === "") {
      open = false;
      continue;
    }
    if (open) {
      found[found.length - 1] += `\n${line}`;
    } else {
      found.push(line);
      open = true;
    }
    if (!fence && mark) {
      fence = mark;
    } else if (fence && mark?.startsWith(fence) && line.trim() === mark) {
      fence = undefined;
    }
  }
  return found;
}

const isFence = (block) => /^ *(`{3}|~{3})/.test(block);

// A block as far as its words go, however its marks are written.
const told = (block) =>
  isFence(block)
    ? block.replace(/\n+/g, "\n")
    : block
        .replace(/\\(?=[^\w\s])/g, "")
        .replace(/^( *)[*+](?= )/gm, "$1-")
        .replace(/^( *\|.*)$/gm, (row) => row.replace(/ *\| */g, "|").replace(/-+/g, "-"))
        .replace(/[*_]/g, "*")
        .replace(/[ \t]+$/gm, "");

// A block as this library writes it. The editor does not know notes and footnotes, and hides their brackets.
const written = (block) =>
  isFence(block)
    ? block
    : block
        .replace(/^( *)\*(?= )/gm, "$1-")
        .replace(/^( *> )\\(?=\[![A-Z]+\])/gm, "$1")
        .replace(/\\(?=\[\^[\w-]+\])/g, "")
        .replace(/^( *\|.*)$/gm, (row) => row.replace(/ +(?=\|)/g, " ").replace(/-{4,}/g, "---"));

// A Markdown text as somebody left it, with each block that says what it said before as it stood there.
function mended(text, before = "") {
  const stood = new Map(blocks(before).map((block) => [told(block), block]));
  return blocks(text)
    .map((block) => stood.get(told(block)) ?? written(block))
    .join("\n\n");
}

// The same for every Markdown text in a value.
function settled(value, before, field) {
  if (Array.isArray(value)) {
    return value.map((item, at) => settled(item, Array.isArray(before) ? before[at] : undefined, field));
  }
  if (value && typeof value === "object") {
    const settle = ([key, one]) => [key, settled(one, before?.[key], named(field?.fields, key))];
    return Object.fromEntries(Object.entries(value).map(settle));
  }
  return field?.type === "markdown" && typeof value === "string" ? mended(value, typeof before === "string" ? before : "") : value;
}

// Can a text stand as it is, and does nobody take it for more?
const isPlain = (text, bracketed) =>
  /^[\p{L}\p{N}/($_.£€“‘]/u.test(text) &&
  !/[\p{Cc}\u2028\u2029\ufeff]/u.test(text) &&
  !/[ \t:\u00a0]$/.test(text) &&
  !/: |\s#|:\t/.test(text) &&
  !(bracketed && /[,[\]{}:]/.test(text)) &&
  !/^(null|true|false|yes|no|on|off|y|n|none|\.nan|\.inf)$/i.test(text) &&
  !/^[\d.][\d _.,:+\-eExXoObBaAcCdDfFTZ]*$/.test(text);

const quoted = (text) => {
  const seen = !/[\p{Cc}\u2028\u2029\ufeff]/u.test(text);
  if (seen && !/["\\]/.test(text)) {
    return `"${text}"`;
  }
  return seen && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
};

const DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?)?)?)?$/;

function scalar(value, type, bracketed) {
  const text = String(value);
  const asWritten =
    (type === "number" && typeof value === "number") ||
    (type === "yes-no" && /^(yes|no)$/.test(text)) ||
    (/^date/.test(type) && DATE.test(text)) ||
    (type === undefined && typeof value !== "string");
  if (type === "yes-no" && typeof value === "boolean") {
    return value ? "yes" : "no";
  }
  return asWritten || isPlain(text, bracketed) ? text : quoted(text);
}

// A text of several lines, each as it is.
function literal(text, indent) {
  const ends = text.endsWith("\n") ? "" : "-";
  const figure = /^[ \t\n]/.test(text) ? "2" : "";
  const lines = text.replace(/\n$/, "").split("\n");
  return `|${figure}${ends}\n${lines.map((line) => (line ? " ".repeat(indent) + line : "")).join("\n")}`;
}

const SHORT = ["choice", "reference", "date", "date-time", "number", "yes-no"];
const WIDEST = 120;

// What stands behind a key at so many blanks, or behind the hyphen of an item.
function behind(value, field, indent, before) {
  if (Array.isArray(value)) {
    const short = SHORT.includes(field?.type) && value.every((item) => typeof item !== "object");
    const list = short && ` [${value.map((item) => scalar(item, field.type, true)).join(", ")}]`;
    if (list && before + list.length <= WIDEST) {
      return `${list}\n`;
    }
    const items = value.map((item) => `${" ".repeat(indent + 2)}-${behind(item, field, indent + 2, 0, true)}`);
    return `\n${items.join("")}`;
  }
  if (value && typeof value === "object") {
    return `\n${group(value, field, indent + 2)}`;
  }
  if (typeof value === "string" && field?.type === "markdown") {
    return ` ${literal(`${value.trimEnd()}\n`, indent + 2)}\n`;
  }
  if (typeof value === "string" && value.includes("\n")) {
    return ` ${literal(value, indent + 2)}\n`;
  }
  return ` ${scalar(value, field?.type, false)}\n`;
}

const named = (fields, name) => fields?.find((field) => field.name === name);

// The lines of a group, in the order of its fields.
function group(value, field, indent) {
  const place = (key) => {
    const at = field?.fields?.findIndex(({ name }) => name === key) ?? -1;
    return at < 0 ? Infinity : at;
  };
  const keys = Object.keys(value).sort((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)));
  return keys.map((key) => entry(key, value[key], named(field?.fields, key), indent)).join("");
}

function entry(key, value, field, indent = 0) {
  const start = `${" ".repeat(indent)}${key}:`;
  if (Array.isArray(value) && value.some((item) => item && typeof item === "object")) {
    // The first line of a group stands behind its hyphen.
    const items = value.map((item) => `${" ".repeat(indent + 2)}- ${group(item, field, indent + 4).trimStart()}`);
    return `${start}\n${items.join("")}`;
  }
  return start + behind(value, field, indent, start.length);
}

// Puts what is new where the kind has it: before the first that comes after it there.
function place(parts, part, order) {
  const rank = (key) => {
    const at = order.indexOf(key);
    return at < 0 ? Infinity : at;
  };
  const at = parts.findIndex(({ key }) => rank(key) > rank(part.key));
  parts.splice(at < 0 ? parts.length : at, 0, part);
}

// What stands below the front matter, beginning with what parts the two.
function textBelow(body, source) {
  const text = mended(body, source?.body);
  const isSame = source && (body === source.body || (text && text === mended(source.body)));
  return isSame ? source.below : text && `\n${text}\n`;
}

// How a file holds its text: with a mark of byte order before it, and all lines ended as Windows does.
function manner(file) {
  const mark = file.startsWith("\ufeff") ? "\ufeff" : "";
  const ending = file.includes("\r\n") && !/(^|[^\r])\n/.test(file) ? "\r\n" : "\n";
  return { mark, ending };
}

// The format of pages. `parse` reads YAML; `kinds` are the fields of each kind in the order in which they are written,
// each kind with the names of them in the order in which they are asked for.
export const pages = (parse, kinds) => ({
  fromFile(file) {
    const { mark, ending } = manner(file);
    const text = file.slice(mark.length).replaceAll(ending, "\n");
    const front = FRONT.exec(text);
    const yaml = front?.[1] ?? "";
    const below = text.slice(front?.[0].length ?? 0);
    const data = (yaml && parse(yaml)) || {};
    const body = below.replace(/^\s*\n/, "").trimEnd();
    return { ...renamed(data, "body", BODY), body, [SOURCE]: { yaml, below, body, mark, ending } };
  },
  toFile(data, asked = []) {
    const { [SOURCE]: source, body = "", ...rest } = data;
    const values = renamed(rest, BODY, "body");
    const fields = kinds.find((kind) => same(kind.asked, asked))?.fields ?? [];
    const order = fields.map(({ name }) => name);
    const before = (source?.yaml && parse(source.yaml)) || {};
    const split = pieces(source?.yaml ? `${source.yaml}\n` : "", before);
    const now = filled(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, settled(value, before[key], named(fields, key))])));
    const parts = [];
    for (const { key, text } of split?.found ?? []) {
      if (key in now ? same(now[key], filled(settled(before[key], undefined, named(fields, key)))) : isNothing(before[key])) {
        parts.push({ key, text });
      } else if (key in now) {
        const above = /^(?:(?:#.*|[ \t]*)\r?\n)*/.exec(text)[0];
        parts.push({ key, text: above + entry(key, now[key], named(fields, key)) });
      }
    }
    for (const key of Object.keys(now).filter((key) => !parts.some((part) => part.key === key))) {
      place(parts, { key, text: entry(key, now[key], named(fields, key)) }, order);
    }
    const front = `---\n${parts.map(({ text }) => text).join("")}${split?.below ?? ""}---\n`;
    const { mark, ending } = source ?? manner("");
    return mark + (front + textBelow(body, source)).replaceAll("\n", ending);
  },
});
