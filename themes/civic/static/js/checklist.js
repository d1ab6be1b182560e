// Keeps the ticks of a checklist in this browser, by the words of what is ticked.
for (const list of document.querySelectorAll("[data-checklist]")) {
  const key = `checklist ${location.pathname} ${list.id}`;
  const boxes = [...list.querySelectorAll("[type=checkbox]")];
  const words = (box) => box.labels[0].textContent;
  const clear = list.querySelector("[data-clear]");
  const status = list.querySelector("[role=status]");

  const recall = () => {
    const ticked = JSON.parse(localStorage.getItem(key) ?? "[]");
    for (const box of boxes) {
      box.checked = ticked.includes(words(box));
    }
  };

  try {
    recall();
    list.addEventListener("change", () => {
      localStorage.setItem(key, JSON.stringify(boxes.filter((box) => box.checked).map(words)));
      status.textContent = "";
    });
    clear.addEventListener("click", () => {
      localStorage.removeItem(key);
      recall();
      status.textContent = status.dataset.cleared;
    });
    for (const waiting of list.querySelectorAll("[data-kept]")) {
      waiting.hidden = false;
    }
  } catch {
    // Storage is blocked: the boxes can be ticked all the same, and nothing says that they are kept.
  }
}
