// A button that prints one part of its page, and hides the rest for as long as that takes.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const alone = document.getElementById(button.dataset.print);
    addEventListener("afterprint", () => alone.classList.remove("print-alone"), { once: true });
    alone.classList.add("print-alone");
    print();
  });
}
