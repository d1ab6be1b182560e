// What is chosen, in words, each with a button that takes it away.
export default function chips({ part, choose, clear }) {
  const root = part("chips");
  const list = root.querySelector("ul");
  const buttons = list.getElementsByTagName("button");
  let drawn = "[]";

  part("clear").addEventListener("click", clear);

  function chip({ name, value, words }) {
    const item = part("chip").content.cloneNode(true).firstElementChild;
    const button = item.querySelector("button");
    part("words", button).textContent = part("paper", item).textContent = words;
    button.setAttribute("aria-label", button.getAttribute("aria-label").replace("{filter}", () => words));
    button.addEventListener("click", () => choose(name, value, false));
    return item;
  }

  return {
    // `filters`: {facet: [value]}; `label(facet, value)` has the words for one once it is known.
    draw(filters, label) {
      const all = Object.entries(filters).flatMap(([name, values]) => values.map((value) => ({ name, value, words: label(name, value) })));
      const known = all.filter(({ words }) => words);
      if (JSON.stringify(known) === drawn) {
        return;
      }
      drawn = JSON.stringify(known);
      const focused = root.contains(document.activeElement);
      const at = [...buttons].indexOf(document.activeElement);
      list.replaceChildren(...known.map(chip));
      root.hidden = known.length === 0;
      // The focus goes on to the chip in the place of the one that went, or to what comes after them all.
      if (focused) {
        (buttons[Math.min(at, known.length - 1)] ?? part("heading")).focus();
      }
    },
  };
}
