// Gives out the texts of a pack as they stand on the page, with what a reader has filled in: to the clipboard, and as
// files that are made here and sent to nobody.
const words = document.querySelector("template[data-words]");

// The words of a part of the page: lists have their dashes and numbers, a heading has a line to itself.
function plain(element) {
  const copy = element.cloneNode(true);
  for (const item of copy.querySelectorAll("li")) {
    const { parentElement: whole } = item;
    item.prepend(whole.matches("ol") ? `${whole.start + [...whole.children].indexOf(item)}. ` : "- ");
  }
  for (const heading of copy.querySelectorAll("h3, h4, h5, h6")) {
    heading.append(document.createElement("br"));
  }
  // Only what is on the page is set as its style sheet has it.
  element.after(copy);
  const text = copy.innerText;
  copy.remove();
  return text.replace(/\n{3,}/g, "\n\n").trim();
}

async function copyOf(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure address, or leave to write, the older way may still work. The words stay selected.
    if (source) {
      getSelection().selectAllChildren(source);
      return document.execCommand("copy");
    }
    const box = document.createElement("textarea");
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}

// Says beside a control what came of it, and takes back what was said elsewhere.
function tell(control, word, name) {
  const told = control.closest("[data-tells]").querySelector("[role=status]");
  for (const other of document.querySelectorAll("[data-tells] [role=status]")) {
    other.textContent = "";
  }
  // In its own turn, so that the same words are spoken again.
  setTimeout(() => (told.textContent = words.content.querySelector(`[data-say="${word}"]`).textContent.replace("{name}", name)));
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.addEventListener("click", async () => tell(button, (await copyOf(plain(source), source)) ? "copied" : "failed"));
}

// What makes the files is loaded when the first is wanted.
const files = () => import(words.dataset.files);

document.querySelector("[data-copy-posts]")?.addEventListener("click", async ({ currentTarget }) =>
  // The mark at the front is for files.
  tell(currentTarget, (await copyOf((await (await files()).table()).slice(1))) ? "copied" : "failed"),
);

for (const control of document.querySelectorAll("button[data-make], [data-make] > a")) {
  control.addEventListener("click", async (event) => {
    // A link leads to the file as the pack has it, which is the same as long as nothing is filled in.
    if (control.href && !document.querySelector(".placeholder.filled")) {
      return;
    }
    event.preventDefault();
    try {
      const name = await (await files()).save(control.closest("[data-make]").dataset.make, plain);
      tell(control, "made", name);
    } catch {
      tell(control, "not-made");
    }
  });
}
