// Titles and themes below a search box while one types: a combobox with a list that only suggests, as the ARIA
// practices describe it. Where the index fails nothing is suggested.
const PAUSE = 120;
const MOST = 8;

export default async function suggest(input) {
  const { reader, index, language, suggestLabel, suggestCount } = input.dataset;
  const { open } = await import(reader);
  const source = await open(index, { fetch: fetch.bind(window), language });

  const list = Object.assign(document.createElement("ul"), { id: `${input.id}_suggestions`, className: "suggestions", role: "listbox", ariaLabel: suggestLabel, hidden: true });
  const status = Object.assign(document.createElement("p"), { className: "visually-hidden", role: "status" });
  input.parentElement.append(list, status);
  input.setAttribute("aria-controls", list.id);
  const options = list.children;

  let latest = 0;
  let timer;
  let active = -1;

  function activate(place) {
    options[active]?.removeAttribute("aria-selected");
    active = place;
    const option = options[active];
    if (option) {
      option.ariaSelected = "true";
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show(open) {
    list.hidden = !open;
    input.ariaExpanded = String(open);
    activate(-1);
  }

  function close() {
    clearTimeout(timer);
    latest += 1;
    status.textContent = "";
    show(false);
  }

  function option({ title, url, kind }, place) {
    const item = Object.assign(document.createElement("li"), { id: `${list.id}_${place}`, role: "option" });
    item.dataset.url = url;
    item.append(
      Object.assign(document.createElement("span"), { textContent: title }),
      " ",
      Object.assign(document.createElement("span"), { className: "quiet", textContent: kind }),
    );
    return item;
  }

  async function look() {
    const turn = ++latest;
    const text = input.value.trim();
    const found = text ? await source.suggest(text, { limit: MOST }).catch(() => []) : [];
    if (turn === latest) {
      list.replaceChildren(...found.map(option));
      show(found.length > 0);
      status.textContent = found.length > 0 ? suggestCount.replace("{n}", found.length) : "";
    }
  }

  const go = (item) => location.assign(item.dataset.url);

  // The box itself comes between the last option and the first.
  function press(key) {
    if (key === "ArrowDown") {
      return list.hidden ? look() : activate(active + 1 < options.length ? active + 1 : -1);
    }
    if (key === "ArrowUp") {
      return list.hidden ? look() : activate(active < 0 ? options.length - 1 : active - 1);
    }
    if (key === "Escape" && !list.hidden) {
      return close();
    }
    if (key === "Enter" && active >= 0) {
      return go(options[active]);
    }
    return false;
  }

  input.addEventListener("keydown", (event) => {
    // What an input method does with these keys is its own affair.
    if (!event.isComposing && press(event.key) !== false) {
      event.preventDefault();
    }
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  input.addEventListener("blur", close);

  // A finger or a mouse on the list leaves the focus in the box.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) {
      go(item);
    }
  });

  // Somebody may have typed before all this was there.
  if (input === document.activeElement && input.value) {
    look();
  }
}
