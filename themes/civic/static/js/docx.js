// Word documents: puts a reader's own words into the content controls of one.

// What XML can't hold is left out. A new line is a break of Word's.
const escaped = (text) =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
const runs = (text) =>
  text
    .split(/\r?\n/)
    .map((line) => `<w:t xml:space="preserve">${escaped(line)}</w:t>`)
    .join("<w:br/>");

const CONTROL = /<w:sdt\b(?:(?!<w:sdt\b)[^])*?<\/w:sdt>/g;
const TAG = /<w:tag\b[^>]*\bw:val=["']([^"']*)["']/;
const TEXT = /<w:t(?: [^>]*)?>[^<]*<\/w:t>|<w:t(?: [^>]*)?\/>/g;
// What tells a gap from what is filled in: that it is one, its style, its ground.
const GAP = /<w:(?:showingPlcHdr|rStyle|highlight|shd)\b[^>]*?\/>/g;

// The XML of a part of a document with the controls filled whose tag is a name among `values`.
export function filled(xml, values) {
  return xml.replace(CONTROL, (control) => {
    const value = values[TAG.exec(control)?.[1]];
    if (!value) {
      return control;
    }
    let words = runs(value);
    return control.replace(GAP, "").replace(TEXT, () => {
      const text = words;
      words = "";
      return text;
    });
  });
}

// What the controls are bound to: Word shows what stands here, and changes every control of a name at once.
const KEPT = /<placeholder\b[^>]*?\bname=["']([^"']*)["'][^>]*?(?:\/>|>[^<]*<\/placeholder>)/g;

export function kept(xml, values) {
  const line = (whole, name) => (values[name] ? `<placeholder name="${name}">${escaped(values[name])}</placeholder>` : whole);
  return xml.includes('"urn:casebook:placeholders"') ? xml.replace(KEPT, line) : xml;
}

const PARTS = [
  [/^word\/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml$/, filled],
  [/^customXml\/item\d+\.xml$/, kept],
];

// The bytes of a document, filled; `zip` is the module that reads and writes those.
export async function fill(bytes, values, zip) {
  const files = await zip.read(bytes);
  const changed = ({ name, bytes }) => {
    const change = PARTS.find(([part]) => part.test(name))?.[1];
    return { name, bytes: change ? new TextEncoder().encode(change(new TextDecoder().decode(bytes), values)) : bytes };
  };
  return zip.write(files.map(changed));
}
