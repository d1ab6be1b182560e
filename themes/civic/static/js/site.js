// Nothing here is needed for reading. A table that fits its column needs no stop for the keyboard.
const tables = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) {
      target.setAttribute("tabindex", "0");
    } else {
      target.removeAttribute("tabindex");
    }
  }
});

for (const region of document.querySelectorAll(".table-scroll")) {
  tables.observe(region);
}

// A page pays for suggestions only where somebody goes to its search box. Without them it is a search box still.
for (const input of document.querySelectorAll("[data-suggest]")) {
  Object.assign(input, { role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list" });
  const attach = async () => (await import(input.dataset.suggest)).default(input);
  input.addEventListener("focus", () => attach().catch(() => {}), { once: true });
}
