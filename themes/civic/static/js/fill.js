// Puts what a reader fills in into every gap of the page, counts the posts again, and keeps it in this browser. The
// other scripts of the page read the texts and the form as they stand.
const form = document.querySelector("[data-fill]");
const progress = form.querySelector("[data-progress]");
const clear = form.querySelector("[data-clear]");
const words = document.querySelector("template[data-words]").content;
const plurals = new Intl.PluralRules(document.documentElement.lang);
const KEY = `fill ${location.pathname}`;

const fields = [...form.querySelectorAll("[name]")];
const gaps = [...document.querySelectorAll("[data-placeholder]")].map((mark) => ({ mark, label: mark.textContent }));
const posts = [...document.querySelectorAll("[data-post]")].map((post) => ({
  post,
  text: post.querySelector("[data-cell=text]"),
  line: post.querySelector("[data-most]"),
}));

function say(name, filling = {}) {
  const text = words.querySelector(`[data-say="${name}"]`).textContent;
  return text.replace(/\{(\w+)\}/g, (whole, key) => filling[key] ?? whole);
}

// By name, and by nothing that every object has.
const bare = (texts) => ({ __proto__: null, ...texts });
const values = () => bare(Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]).filter(([, value]) => value)));

function fillIn(texts) {
  for (const field of fields) {
    field.value = texts[field.name] ?? "";
  }
}

// Counts as the build does: characters, a web address as so many as the channel says, a gap as it is written.
function lengthOf(text, address) {
  const written = [...text].length;
  const saved = (word) => {
    const found = /https?:\/\/.*$/.exec(word)?.[0].replace(/[.,;:!?)"]+$/, "");
    return found ? address - [...found].length : 0;
  };
  return address ? text.split(/\s+/).reduce((sum, word) => sum + saved(word), written) : written;
}

const isOpen = (node) => node.matches?.("[data-placeholder]:not(.filled)");
const written = (text) => [...text.childNodes].map((node) => (isOpen(node) ? `{{${node.dataset.placeholder}}}` : node.textContent)).join("");

// Says of a post how long it is, and tells whether that is too long.
function count({ text, line }) {
  if (!line) {
    return false;
  }
  const length = lengthOf(written(text), Number(line.dataset.address));
  const over = length - line.dataset.most;
  const open = [...text.childNodes].some(isOpen);
  line.textContent = say(over > 0 ? "length_over" : open ? "length_open" : "length", { length, most: line.dataset.most, over });
  line.classList.toggle("too-long", over > 0);
  return over > 0;
}

function link({ post }) {
  const anchor = document.createElement("a");
  anchor.href = `#${post.id}`;
  anchor.textContent = post.querySelector("h3").textContent.trim();
  return anchor;
}

function show() {
  const texts = values();
  for (const { mark, label } of gaps) {
    const text = texts[mark.dataset.placeholder];
    mark.textContent = text ?? label;
    mark.classList.toggle("filled", text !== undefined);
  }
  const long = posts.filter(count);
  const told = [say("progress", { filled: Object.keys(texts).length, all: fields.length })];
  if (long.length > 0) {
    told.push(" ", say(`too-long-${plurals.select(long.length)}`, { n: long.length }));
    told.push(...long.flatMap((post, place) => [place ? ", " : " ", link(post)]));
  }
  // What is spoken is spoken again only where it is new.
  const heard = document.createElement("p");
  heard.append(...told);
  if (heard.innerHTML !== progress.innerHTML) {
    progress.replaceChildren(...heard.childNodes);
  }
}

function note(name) {
  for (const each of form.querySelectorAll("[data-note]")) {
    each.hidden = each.dataset.note !== name;
  }
}

// Where the browser keeps nothing, the words last as long as the page, and the page says so.
function stored(work) {
  try {
    work(localStorage);
    note("kept");
  } catch {
    note("blocked");
  }
}

function keep() {
  const texts = values();
  stored((storage) => (Object.keys(texts).length ? storage.setItem(KEY, JSON.stringify(texts)) : storage.removeItem(KEY)));
}

// A slip of the finger costs nothing: what was cleared can be put back until something else is written.
let cleared;
const clearWords = clear.textContent;
const offer = (texts) => {
  cleared = texts;
  clear.textContent = texts ? say("undo") : clearWords;
};

form.addEventListener("input", () => {
  offer(undefined);
  keep();
  show();
});

clear.addEventListener("click", () => {
  const back = cleared;
  offer(back ? undefined : values());
  fillIn(back ?? bare());
  keep();
  show();
  if (!back) {
    progress.textContent = say("cleared");
  }
});

const recall = () => stored((storage) => fillIn(bare(JSON.parse(storage.getItem(KEY)))));

// Another tab of the same page.
addEventListener("storage", (event) => {
  if (event.key === KEY || event.key === null) {
    recall();
    show();
  }
});

recall();
if (fields.some((field) => field.value)) {
  show();
}
