// The filters: a fold a facet, a box a value, with counts that follow the question. What stands there is changed and
// not made anew, so that folds stay as they are and the focus where it is.
const SHORT = 8;
// A fold that hides fewer than this is in the way.
const FEW = 3;
const LONG = 20;

const folded = (text) => text.normalize("NFD").replace(/\p{Mark}/gu, "").toLowerCase();
const holdsFocus = (element) => element.contains(document.activeElement);

export default function facets({ part, say, numbers, choose }) {
  const panel = part("panel");
  const box = part("facets");
  const made = new Map();

  // Where the filters stand above the results, the way to these is long.
  part("done").addEventListener("click", () => {
    panel.open = false;
    part("heading").focus();
  });

  function value(facet, { value: name, label }) {
    const item = part("value").content.cloneNode(true).firstElementChild;
    const [tick, text] = [item.querySelector("input"), item.querySelector("label")];
    tick.value = name;
    tick.id = text.htmlFor = `${facet.name}_${facet.values.size}`;
    part("label", item).textContent = label;
    tick.addEventListener("change", () => choose(facet.name, name, tick.checked));
    return { item, tick, label, count: part("count", item) };
  }

  function make({ name, label }) {
    const root = part("facet").content.cloneNode(true).firstElementChild;
    const facet = { name, label, root, values: new Map(), all: part("all", root), fewer: part("all", root).textContent, find: part("find", root) };
    part("name", root).textContent = part("legend", root).textContent = label;
    root.open = made.size === 0;
    facet.all.addEventListener("click", () => {
      facet.whole = !facet.whole;
      show(facet);
    });
    facet.find.addEventListener("input", () => show(facet));
    made.set(name, facet);
    box.append(root);
    return facet;
  }

  // A long list shows its most frequent values, and those that are chosen.
  function show({ root, all, fewer, find, whole, values, counted }) {
    const wanted = folded(find.querySelector("input").value.trim());
    const folds = counted.length >= SHORT + FEW;
    const least = counted.map(({ count }) => count).sort((a, b) => b - a)[SHORT - 1] ?? 0;
    let room = SHORT - counted.filter(({ count }) => count > least).length;
    let hidden = 0;
    for (const { value: name, label, count } of counted) {
      const { item, tick } = values.get(name);
      const frequent = count > least || (count === least && room-- > 0);
      const short = whole || !folds || frequent || tick.checked || holdsFocus(item);
      item.hidden = wanted ? !folded(label).includes(wanted) : !short;
      hidden += short ? 0 : 1;
    }
    find.hidden = counted.length <= LONG && !wanted;
    all.hidden = wanted !== "" || !folds || (hidden === 0 && !whole);
    all.setAttribute("aria-expanded", Boolean(whole));
    all.textContent = whole ? fewer : say("all", { n: numbers.format(counted.length) });
    root.hidden = counted.length === 0;
  }

  function draw(facet) {
    const { name, root, values, counted, chosen } = facet;
    const list = part("values", root);
    const rows = counted.map((each) => {
      const row = values.get(each.value) ?? value(facet, each);
      values.set(each.value, row);
      row.tick.checked = chosen[name]?.includes(each.value) ?? false;
      row.count.textContent = numbers.format(each.count);
      return row.item;
    });
    for (const item of [...list.children]) {
      if (!rows.includes(item) && !holdsFocus(item)) {
        item.remove();
      }
    }
    // The values come in one order always, so what stays is never moved.
    let at = list.firstElementChild;
    for (const row of rows) {
      while (at && !rows.includes(at)) {
        at = at.nextElementSibling;
      }
      if (row === at) {
        at = at.nextElementSibling;
      } else {
        list.insertBefore(row, at);
      }
    }
    const number = chosen[name]?.length ?? 0;
    part("chosen", root).textContent = number > 0 ? say("chosen", { n: numbers.format(number) }) : "";
    if (number > 0 && !facet.opened) {
      facet.opened = root.open = true;
    }
    show(facet);
  }

  return {
    // `declared`: [{name, label}]; `counted`: {facet: [{value, label, count}]}; `chosen`: {facet: [value]}.
    draw(declared, counted, chosen) {
      for (const each of declared) {
        const facet = made.get(each.name) ?? make(each);
        draw(Object.assign(facet, { chosen, counted: counted[each.name] ?? [] }));
      }
      const number = Object.values(chosen).flat().length;
      part("number", panel).textContent = number > 0 ? say("chosen", { n: numbers.format(number) }) : "";
    },

    // A filter in words, once it is known.
    label(name, value) {
      const facet = made.get(name);
      const row = facet?.values.get(value);
      return row && say("filter", { facet: facet.label, label: row.label });
    },
  };
}
