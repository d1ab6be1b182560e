// Copies texts, keeps the ticks of a checklist, and tells by the reader's own day what is overdue. The page is whole
// without it, and has no button that would then do nothing.
const copying = document.querySelector("[data-copying]");

async function copy(source) {
  const text = source.innerText.trim();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure address, or leave to write, the older way may still work. The words stay selected.
    const selection = getSelection();
    selection.selectAllChildren(source);
    return document.execCommand("copy");
  }
}

for (const source of document.querySelectorAll("[data-copy]")) {
  const part = copying.content.cloneNode(true);
  const button = part.querySelector("button");
  const told = part.querySelector("[role=status]");
  button.textContent = source.dataset.copy;
  button.addEventListener("click", async () => {
    // Emptied first, so that a second copy is told as well.
    for (const other of document.querySelectorAll(".copy [role=status]")) {
      other.textContent = "";
    }
    const done = await copy(source);
    told.textContent = done ? copying.dataset.copied : copying.dataset.failed;
  });
  source.closest("[data-copies]").querySelector("[data-copy-here]").append(part);
}

const PLACE = `tasks ${location.pathname}`;
const tasks = [...document.querySelectorAll(".task")];
const progress = document.querySelector("[data-done]");
const box = (task) => task.querySelector("input");
const nameOf = (task) => task.querySelector("label").textContent;

// Where the browser keeps nothing, ticks last as long as the page.
function kept() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? [];
  } catch {
    return [];
  }
}

function keep(names) {
  try {
    localStorage.setItem(PLACE, JSON.stringify(names));
  } catch {
    // Nothing to be done.
  }
}

const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  .map((part) => String(part).padStart(2, "0"))
  .join("-");

function show() {
  for (const task of tasks) {
    const late = task.dataset.due < today && !box(task).checked;
    for (const when of task.querySelectorAll("[data-when]")) {
      when.hidden = (when.dataset.when === "overdue") !== late;
    }
  }
  const done = tasks.filter((task) => box(task).checked).length;
  progress.textContent = progress.dataset.done.replace("{done}", done).replace("{all}", tasks.length);
}

if (tasks.length > 0) {
  const done = kept();
  for (const task of tasks) {
    box(task).checked = done.includes(nameOf(task));
    box(task).addEventListener("change", () => {
      keep(tasks.filter((each) => box(each).checked).map(nameOf));
      show();
    });
  }
  show();
  progress.hidden = false;
}
