// The search page: what is asked for, in the form, in the filters and in the address. How it is answered is the affair
// of other scripts; their addresses stand in the page, and so does every word that is said.
const PAUSE = 200;
const STEP = 10;
const MOST = 200;
const OWN = ["q", "sort", "limit"];
const TITLE = document.title;

const page = document.querySelector(".search-page");
const part = (name, within = page) => within.querySelector(`[data-${name}]`);
const form = page.querySelector("form");
const input = form.querySelector("input");
const [status, sort, found, near, list, more, browse] = ["status", "sort", "found", "near", "results", "more", "browse"].map((name) => part(name));
const words = part("words").content;
const language = page.dataset.locale;
const numbers = new Intl.NumberFormat(language);

function say(name, filling = {}) {
  const text = part(`say="${name}"`, words).textContent;
  return text.replace(/\{(\w+)\}/g, (whole, key) => filling[key] ?? whole);
}

// {text, filters: {facet: [value]}, sort, limit}
let state;
// The address is one to come back to, so what is typed next does not take its place.
let settled;
let latest = 0;
let timer;
let answer;
let loaded = false;

const filtered = () => Object.keys(state.filters).length > 0;
const isAsked = () => state.text !== "" || filtered() || sort.selectedIndex > 0;

// Of an address that somebody made up, what makes sense is taken.
function read() {
  const asked = new URLSearchParams(location.search);
  const filters = new Map();
  for (const [name, value] of asked) {
    if (!OWN.includes(name) && value) {
      filters.set(name, new Set(filters.get(name)).add(value));
    }
  }
  input.value = asked.get("q") ?? "";
  sort.value = asked.get("sort") ?? "";
  sort.selectedIndex = Math.max(sort.selectedIndex, 0);
  return {
    text: input.value.trim(),
    filters: Object.fromEntries([...filters].map(([name, values]) => [name, [...values]])),
    sort: sort.value,
    limit: Math.min(Math.max(Math.ceil(asked.get("limit") / STEP) || 1, 1) * STEP, MOST),
  };
}

function address() {
  const { text, filters, limit } = state;
  const asked = new URLSearchParams(text && { q: text });
  for (const [name, values] of Object.entries(filters)) {
    values.forEach((value) => asked.append(name, value));
  }
  if (sort.selectedIndex > 0) {
    asked.set("sort", state.sort);
  }
  if (limit > STEP) {
    asked.set("limit", limit);
  }
  const url = new URL(location);
  url.search = asked;
  return url.href;
}

// Some browsers refuse when somebody types for very long; the search goes on without.
function go(method) {
  try {
    history[method](null, "", address());
  } catch (error) {
    console.warn(error);
  }
}

// A deliberate change is a step to go back to; what is being typed takes the place of what was typed before.
function note(deliberate) {
  if (address() !== location.href) {
    go(deliberate || settled ? "pushState" : "replaceState");
    settled = false;
  }
  settled ||= deliberate;
}

// The form as it stands, with other filters where some are given. Who empties the box wants no list of everything in
// some order.
function ask({ filters = state.filters, deliberate = true } = {}) {
  clearTimeout(timer);
  const text = input.value.trim();
  if (state.text && !text && !filtered()) {
    sort.selectedIndex = 0;
  }
  state = { text, filters, sort: sort.value, limit: STEP };
  note(deliberate);
  return search();
}

// What makes no sense goes out of the address too. It may have been all that was asked for.
function correct(filters) {
  state.filters = filters;
  go("replaceState");
  if (!isAsked()) {
    search();
  }
}

// The focus is never hidden with what had it.
function conceal(element) {
  if (element.contains(document.activeElement)) {
    input.focus();
  }
  element.hidden = true;
}

// Loaded once; a failure may be tried again.
function load() {
  const kit = { page, part, say, numbers, language, conceal, ask, correct, asked: () => state, most: MOST, title: TITLE };
  answer ??= import(part("module=answer", document).href).then((script) => script.default(kit));
  answer.then(
    () => (loaded = true),
    () => (answer = undefined),
  );
  return answer;
}

async function search() {
  const turn = ++latest;
  const late = () => turn !== latest;
  // What comes after the answer waits for it below the window, so that nothing on the screen jumps.
  page.toggleAttribute("data-asked", isAsked());
  page.toggleAttribute("data-busy", isAsked());
  browse.hidden = isAsked() && !loaded;
  if (!isAsked()) {
    [found, near].forEach(conceal);
    status.replaceChildren();
    document.title = TITLE;
    return;
  }
  if (!loaded) {
    status.textContent = say("waiting");
  }
  try {
    await (await load())(late);
  } catch (error) {
    if (!late()) {
      // Who looks after the site finds the reason where browsers note such things.
      console.warn(error);
      [found, near].forEach(conceal);
      list.replaceChildren();
      status.textContent = say("failed");
    }
  }
  if (!late()) {
    page.removeAttribute("data-busy");
    browse.hidden = list.children.length > 0;
  }
}

function restore() {
  clearTimeout(timer);
  state = read();
  settled = isAsked();
  return search();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
  // The keyboard on the screen makes room for the answer.
  if (matchMedia("(pointer: coarse)").matches) {
    input.blur();
  }
});

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => ask({ deliberate: false }), PAUSE);
});

// Who comes to the box will search.
input.addEventListener("focus", () => load().catch(() => {}), { once: true });

sort.addEventListener("change", () => ask());

// The first of the new results takes the focus, so that a keyboard goes on where it was.
more.addEventListener("click", async () => {
  const shown = list.children.length;
  state.limit += STEP;
  go("replaceState");
  await search();
  list.children[shown]?.querySelector("a").focus();
});

window.addEventListener("popstate", restore);
restore();
