// A self-assessment: keeps the answers in this browser, adds them up, gives them out as CSV and takes them back.
const form = document.querySelector("[data-assessment]");
const part = (name, within = form) => within.querySelector(`[data-${name}]`);
const parts = (name, within = form) => [...within.querySelectorAll(`[data-${name}]`)];
const language = document.documentElement.lang;
const words = part("words").content;
const status = part("status");
const error = part("error");
const dialog = part("delete", document);
const progress = part("progress", document);
const csv = import(form.dataset.csv);
const file = form.querySelector("[type=file]");

const dimensions = parts("dimension").map((box) => ({
  box,
  title: box.dataset.dimension,
  statements: parts("statement", box).map((statement) => ({
    place: statement.dataset.statement,
    text: part("text", statement).textContent,
    choices: [...statement.querySelectorAll("[type=radio]")],
    notes: statement.querySelector("textarea"),
    details: statement.querySelector("details"),
    answer: "",
    date: "",
  })),
}));
const statements = dimensions.flatMap((dimension) => dimension.statements);
const labels = statements[0].choices.map((choice) => choice.labels[0].textContent);

function say(name, filling = {}) {
  const text = words.querySelector(`[data-say="${name}"]`).textContent;
  return text.replace(/\{(\w+)\}/g, (whole, key) => filling[key] ?? whole);
}

// Answers belong to a page and to the very words of its form: once they change, so does the key.
const page = `assessment ${location.pathname} `;
const wording = [...labels, ...statements.map((statement) => statement.text)].join("\n");
const key = page + [...wording].reduce((hash, letter) => (Math.imul(hash, 31) + letter.codePointAt(0)) >>> 0, 7).toString(36);

// Whoever blocks storage gets nothing, and the page says so.
function stored(work) {
  try {
    return work(localStorage);
  } catch {
    part("note=kept").hidden = true;
    part("note=blocked").hidden = false;
  }
}

const keysOf = (storage) => Object.keys(storage).filter((name) => name.startsWith(page));

const keep = () =>
  stored((storage) =>
    storage.setItem(key, JSON.stringify(statements.map(({ answer, notes, date }) => [answer, notes.value, date]))),
  );

function recall(storage) {
  const kept = JSON.parse(storage.getItem(key) ?? "[]");
  statements.forEach((statement, at) => fill(statement, ...(kept[at] ?? [])));
  part("note=changed").hidden = !keysOf(storage).some((name) => name !== key);
}

function fill(statement, answer = "", notes = "", date = "") {
  Object.assign(statement, { answer, date });
  statement.notes.value = notes;
  statement.details.open = notes !== "";
  for (const choice of statement.choices) {
    choice.checked = choice.value === answer;
  }
}

function sum(list) {
  const answered = list.filter((statement) => statement.answer !== "");
  const points = answered.reduce((total, statement) => total + Number(statement.answer), 0);
  return { answered: answered.length, total: list.length, points, most: answered.length * (labels.length - 1) };
}

const inWords = (counted) => say(counted.answered ? "counted" : "progress", counted);

const drawBar = (box, { points, most }) =>
  box.querySelector(".bar-part").setAttribute("width", most && (100 * points) / most);

function show() {
  const all = sum(statements);
  const sums = dimensions.map((dimension) => sum(dimension.statements));
  dimensions.forEach(({ box }, at) => {
    part("subtotal", box).textContent = inWords(sums[at]);
  });
  parts("row").forEach((row, at) => {
    const { answered, total, points, most } = sums[at] ?? all;
    row.cells[1].textContent = say("of", { n: answered, total });
    row.cells[2].firstChild.textContent = most ? say("of", { n: points, total: most }) : "";
    drawBar(row, { points, most });
  });
  part("total").textContent = inWords(all);
  progress.querySelector("p").textContent = say("progress", all);
  drawBar(progress, { points: all.answered, most: all.total });

  const open = statements.filter((statement) => statement.answer === "");
  part("open").hidden = open.length === 0;
  part("open").querySelector("ul").replaceChildren(...open.map(link));
  const next = part("next", progress);
  next.parentElement.hidden = open.length === 0;
  next.href = open.length ? `#${open[0].choices[0].id}` : "";

  // On paper, what a reader wrote stands as text and is never cut off.
  for (const { notes } of statements) {
    notes.parentElement.dataset.written = notes.value;
  }
  const last = statements.map((statement) => statement.date).sort().at(-1);
  part("date").textContent = last && inLongForm(last);
  form.classList.toggle("answered", last !== "");
}

// The order of day, month and year is the page's, not that of the browser's country.
function inLongForm(day) {
  const format = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });
  return say("day", Object.fromEntries(format.formatToParts(new Date(`${day}T12:00`)).map(({ type, value }) => [type, value])));
}

function link({ place, text, choices }) {
  const item = document.createElement("li");
  const anchor = document.createElement("a");
  anchor.href = `#${choices[0].id}`;
  anchor.textContent = place;
  anchor.setAttribute("aria-label", `${place} ${text}`);
  item.append(anchor);
  return item;
}

function problem(name) {
  part("problem").textContent = say(name);
  part("problem").hash = name === "nothing" ? statements[0].choices[0].id : file.id;
  error.hidden = false;
  error.focus();
}

// The day by the reader's own clock.
function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

const rowsOf = () =>
  dimensions.flatMap(({ title, statements }) =>
    statements.map(({ text, answer, notes, date }) => [text, title, labels[answer] ?? "", notes.value, date]),
  );

// Takes the answers to statements that are this form's, and says how many there were.
function takeBack(rows) {
  const found = new Map(rows.map((row) => [`${row[1]}\n${row[0]}`, row]));
  let loaded = 0;
  for (const { title, statements } of dimensions) {
    for (const statement of statements) {
      const [, , answer, notes, date] = found.get(`${title}\n${statement.text}`) ?? [];
      const at = labels.indexOf(answer);
      if (at >= 0 || notes) {
        fill(statement, at < 0 ? "" : String(at), notes, /^\d{4}-\d\d-\d\d$/.test(date) ? date : today());
        loaded += 1;
      }
    }
  }
  return loaded;
}

function done(name, filling) {
  error.hidden = true;
  show();
  status.textContent = say(name, filling);
}

form.addEventListener("input", ({ target }) => {
  const dimension = dimensions.find(({ box }) => box.contains(target));
  const statement = dimension?.statements.find(({ notes, choices }) => notes === target || choices.includes(target));
  if (!statement) {
    return;
  }
  statement.answer = statement.choices.find((choice) => choice.checked)?.value ?? "";
  statement.date = statement.answer || statement.notes.value ? today() : "";
  error.hidden = true;
  keep();
  show();
  if (target !== statement.notes) {
    const subtotal = part("subtotal", dimension.box).textContent;
    status.textContent = say("heard", { ...sum(statements), part: subtotal });
  }
});

part("export").addEventListener("click", async () => {
  if (!statements.some((statement) => statement.date)) {
    problem("nothing");
    return;
  }
  const head = parts("column", words).map((column) => column.textContent);
  const text = (await csv).write([head, ...rowsOf()]);
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = `${location.pathname.split("/").filter(Boolean).at(-1)}-${today()}.csv`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address));
});

file.addEventListener("change", async () => {
  const text = await file.files[0]?.text();
  file.value = "";
  if (text === undefined) {
    return;
  }
  const n = takeBack((await csv).read(text));
  if (n === 0) {
    problem("unreadable");
    return;
  }
  keep();
  done("loaded", { n, total: statements.length });
});

// The browser itself keeps the focus in the dialog, closes it at Escape and gives the focus back.
part("ask").addEventListener("click", () => {
  dialog.returnValue = "";
  dialog.showModal();
});

dialog.addEventListener("close", () => {
  if (dialog.returnValue) {
    stored((storage) => keysOf(storage).forEach((name) => storage.removeItem(name)));
    part("note=changed").hidden = true;
    statements.forEach((statement) => fill(statement));
    done("deleted");
  }
});

// Another tab of the same page.
addEventListener("storage", (event) => {
  if (event.key === key || event.key === null) {
    stored(recall);
    show();
  }
});

part("note=kept").hidden = false;
stored(recall);
for (const waiting of [part("result"), ...parts("subtotal")]) {
  waiting.hidden = false;
}
show();
