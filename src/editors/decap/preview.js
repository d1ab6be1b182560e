// Shows a page beside its form, in the site's own style: what stands above the text, the texts below their headings,
// and the facts with their labels. What only a build can show (charts, notes, the address) looks as it is written.

const plain = (value) => (typeof value?.toJS === "function" ? value.toJS() : value);

const isNothing = (value) =>
  value === undefined || value === null || value === "" || value === false || (typeof value === "object" && Object.keys(value).length === 0);

// What one value says to a reader: the label of a choice, a text, or the facts of a group.
function told(h, value, field) {
  if (Array.isArray(value)) {
    const items = value.filter((item) => !isNothing(item)).map((item) => told(h, item, field.field ?? field));
    return field.widget === "list" ? h("ul", {}, ...items.map((item) => h("li", {}, item))) : items.join(", ");
  }
  if (value && typeof value === "object") {
    return facts(h, value, field.fields ?? []);
  }
  return field.options?.find((option) => option.value === value)?.label ?? String(value);
}

function facts(h, values, fields) {
  const known = fields.filter(({ name }) => !isNothing(values[name]));
  const rows = known.flatMap((field) => [h("dt", {}, field.label), h("dd", { style: { whiteSpace: "pre-line" } }, told(h, values[field.name], field))]);
  return rows.length > 0 ? h("dl", {}, ...rows) : null;
}

const ABOVE = ["title", "summary"];

function page({ createClass, h }) {
  return createClass({
    render() {
      const { entry, fields, widgetFor } = this.props;
      const values = plain(entry.get("data")) ?? {};
      const asked = plain(fields);
      const texts = asked.filter(({ name, widget }) => widget === "markdown" && !isNothing(values[name]));
      const pictures = asked.filter(({ name, widget }) => widget === "image" && !isNothing(values[name]));
      const rest = asked.filter((field) => ![...texts, ...pictures].includes(field) && !ABOVE.includes(field.name));
      return h(
        "main",
        { style: { padding: "1rem" } },
        h("h1", {}, values.title),
        h("p", {}, values.summary),
        ...pictures.map(({ name }) => h("div", { key: name }, widgetFor(name))),
        ...texts.flatMap(({ name, label }) => [name !== "body" && h("h2", { key: `${name}-label` }, label), h("div", { key: name }, widgetFor(name))]),
        facts(h, values, rest),
      );
    },
  });
}

// The style sheets of the site, as its first page names them.
async function sheets(home) {
  const text = await (await fetch(home)).text();
  const links = new DOMParser().parseFromString(text, "text/html").querySelectorAll("link[rel='stylesheet'][href]");
  return [...links].map((link) => new URL(link.getAttribute("href"), home).href);
}

// Tells the editor how to show pages of each kind. Without the site's style they are shown without.
export async function previews(CMS, kinds, home) {
  kinds.forEach(({ name }) => CMS.registerPreviewTemplate(name, page(window)));
  const found = await sheets(home).catch(() => []);
  found.forEach((href) => CMS.registerPreviewStyle(href));
}
