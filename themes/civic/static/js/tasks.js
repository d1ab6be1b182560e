// Tells by the reader's own day which tasks are overdue, and which of those that are not done comes next. The ticks
// are kept by checklist.js, which is loaded before.
const list = document.querySelector("#checklist_tasks");
const tasks = [...list.querySelectorAll(".task")].map((item) => ({
  due: item.dataset.due,
  box: item.querySelector("input"),
  lines: [...item.querySelectorAll("[data-when]")],
}));
const done = list.querySelector("[data-done]");

const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

function show() {
  const open = tasks.filter(({ box }) => !box.checked);
  // They stand in the order of their days; one without a day is never due.
  const next = open.find(({ due }) => due >= today)?.due;
  for (const task of tasks) {
    const says = !open.includes(task) ? "due" : task.due < today ? "overdue" : task.due === next ? "next" : "due";
    for (const line of task.lines) {
      line.hidden = line.dataset.when !== says;
    }
  }
  done.textContent = done.dataset.done.replace("{done}", tasks.length - open.length).replace("{all}", tasks.length);
}

list.addEventListener("change", show);
list.querySelector("[data-clear]").addEventListener("click", show);
show();
