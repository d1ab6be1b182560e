// The search page. The words it says stand in the page, the engine behind `data-reader`.
const PAUSE = 200;
const STEP = 20;

const page = document.querySelector(".search-page");
const part = (name, within = page) => within.querySelector(`[data-${name}]`);
const form = page.querySelector("form");
const input = form.querySelector("input");
const status = part("status");
const list = part("results");
const more = part("more");
const browse = part("browse");
const row = part("result").content;
const words = part("words").content;
const plurals = new Intl.PluralRules(document.documentElement.lang);

let index;
let latest = 0;
let timer;

function say(name, filling = {}) {
  const text = words.querySelector(`[data-say="${name}"]`).textContent;
  return text.replace(/\{(\w+)\}/g, (whole, key) => filling[key] ?? whole);
}

// The index is loaded once, at the first search; a failure may be tried again.
function open() {
  index ??= import(page.dataset.reader)
    .then((reader) => reader.open(page.dataset.index, { fetch: window.fetch.bind(window) }))
    .catch((error) => {
      index = undefined;
      throw error;
    });
  return index;
}

const plain = (text) => text.normalize("NFD").replace(/\p{Mark}/gu, "").toLowerCase();

// A result names those of its terms that the reader asked for.
function draw({ url, title, summary, kind, terms = [] }, asked) {
  const item = row.cloneNode(true);
  const link = part("link", item);
  link.href = url;
  link.textContent = title;
  part("kind", item).textContent = kind?.label ?? kind ?? "";
  part("summary", item).textContent = summary ?? "";
  part("terms", item).append(
    ...terms
      .map((term) => term.label ?? term)
      .filter((term) => asked.some((word) => plain(term).includes(word)))
      .map((term) => {
        const entry = document.createElement("li");
        entry.textContent = term;
        return entry;
      }),
  );
  return item;
}

async function search(limit = STEP) {
  const turn = ++latest;
  const query = input.value.trim();
  const address = new URL(window.location);
  if (query) {
    address.searchParams.set("q", query);
  } else {
    address.searchParams.delete("q");
  }
  window.history.replaceState(null, "", address);

  // What comes after the answer waits for it below the window, so that nothing on the screen jumps.
  page.toggleAttribute("data-asked", query !== "");
  if (!query) {
    browse.hidden = false;
    status.textContent = "";
    list.replaceChildren();
    more.hidden = true;
    return;
  }
  if (!index) {
    status.textContent = say("waiting");
    browse.hidden = true;
  }

  try {
    const { results, total } = await (await open()).search(query, { limit });
    if (turn !== latest) {
      return;
    }
    const number = new Intl.NumberFormat(document.documentElement.lang).format(total);
    status.textContent = total
      ? say(`found-${plurals.select(total)}`, { n: number, query })
      : say("nothing", { query });
    const asked = plain(query).split(/\s+/);
    list.replaceChildren(...results.map((result) => draw(result, asked)));
    more.hidden = results.length >= total;
  } catch (error) {
    if (turn === latest) {
      status.textContent = say("failed");
    }
    throw error;
  } finally {
    if (turn === latest) {
      browse.hidden = false;
    }
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  search();
});

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => search(), PAUSE);
});

// The first of the new results takes the focus, so that a keyboard goes on where it was.
more.addEventListener("click", async () => {
  const shown = list.children.length;
  await search(shown + STEP);
  list.children[shown]?.querySelector("a").focus();
});

input.value = new URLSearchParams(window.location.search).get("q") ?? "";
search();
