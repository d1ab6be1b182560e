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
