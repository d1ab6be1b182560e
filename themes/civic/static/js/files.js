// Makes files of the texts of a pack as they stand on the page. Nothing is sent anywhere.
const $ = (selector) => document.querySelector(selector);
const { csv, zip, docx } = $("template[data-words]").dataset;
const list = $("[data-posts]");
const release = $("[data-release]");
const slug = location.pathname.split("/").filter(Boolean).at(-1);
const bytes = (text) => new TextEncoder().encode(text);
const nameOf = (link) => link.href.split("/").at(-1);
const linkTo = (make) => $(`[data-make=${make}] > a`);

// Lines end as Windows has it: its plainest editors know no other.
const lines = (text) => text.replaceAll("\n", "\r\n");

const columns = [...($("template[data-columns]")?.content.children ?? [])].map((column) => ({
  name: column.dataset.column,
  label: column.textContent,
}));
const cell = (post, name) => post.querySelector(`[data-cell=${name}]`)?.textContent.trim() ?? "";
const posts = () => [...list.querySelectorAll("[data-post]")];

// A spreadsheet knows 2027-10-25 09:00 as a time, whatever its language.
const value = (post, name) => post.querySelector(`time[data-cell=${name}]`)?.dateTime.slice(0, 16).replace("T", " ") ?? cell(post, name);

export async function table() {
  const { write } = await import(csv);
  return write([columns.map(({ label }) => label), ...posts().map((post) => columns.map(({ name }) => value(post, name)))]);
}

// A post with what belongs to it: the words first, then the rest, each under its label.
function sheet(post) {
  const rest = columns.filter(({ name }) => name !== "text" && cell(post, name));
  return lines(`${cell(post, "text")}\n\n${rest.map(({ name, label }) => `${label}: ${cell(post, name)}\n`).join("")}`);
}

// The built document with the gaps filled that it has as content controls.
async function word() {
  const answer = await fetch(linkTo("docx").href);
  if (!answer.ok) {
    throw new Error(answer.statusText);
  }
  const values = Object.fromEntries([...document.querySelectorAll("[data-fill] [name]")].map((field) => [field.name, field.value.trim()]));
  const [{ fill }, zips] = await Promise.all([import(docx), import(zip)]);
  return fill(new Uint8Array(await answer.arrayBuffer()), values, zips);
}

const releaseName = () => `${slug}-${release.dataset.release}.txt`;
// A filled file beside the one with gaps in somebody's downloads has a name of its own.
const filledName = (link) => nameOf(link).replace(/\.[a-z]+$/, `-${release.dataset.filled}$&`);
const releaseText = (plain) => lines(`${plain($("#release_text"))}\n`);

async function everything(plain) {
  const files = [{ name: releaseName(), bytes: bytes(releaseText(plain)) }];
  if (linkTo("docx")) {
    files.push({ name: nameOf(linkTo("docx")), bytes: await word() });
  }
  if (list) {
    const { posts: folder } = list.dataset;
    const each = posts().map((post, at) => {
      const channel = cell(post, "channel").toLowerCase().replace(/[^a-z0-9]+/g, "-");
      return { name: `${folder}/${String(at + 1).padStart(2, "0")}-${channel}.txt`, bytes: bytes(sheet(post)) };
    });
    files.push({ name: `${slug}-${folder}.csv`, bytes: bytes(await table()) }, ...each);
  }
  return (await import(zip)).write(files);
}

// `plain` gives the words of a part of the page.
const makers = {
  csv: async () => [filledName(linkTo("csv")), linkTo("csv").type, await table()],
  text: (plain) => [releaseName(), "text/plain", releaseText(plain)],
  docx: async () => [filledName(linkTo("docx")), linkTo("docx").type, await word()],
  zip: async (plain) => [`${slug}-${release.dataset.texts}.zip`, "application/zip", await everything(plain)],
};

// Makes a file, hands it to the browser to save, and says what it is called.
export async function save(make, plain) {
  const [name, type, content] = await makers[make](plain);
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([content], { type }));
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href));
  return name;
}
