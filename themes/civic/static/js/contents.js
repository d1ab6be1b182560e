// Marks in the contents where the reader is: at the last heading that has come to the top of the window. The line is
// so near to it that a short section is marked, and not the one after it.
const links = [...document.querySelectorAll(".contents a")];
// What scrolls when they are longer than the window: they alone, or with what stands above them.
const box = document.querySelector(".follow, .contents");
const passed = new Set();

const lines = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      passed[isIntersecting ? "add" : "delete"](target.id);
    }
    const current = links.findLast((link) => passed.has(decodeURIComponent(link.hash.slice(1))));
    for (const link of links) {
      if (link === current) {
        link.setAttribute("aria-current", "location");
      } else {
        link.removeAttribute("aria-current");
      }
    }
    keepInSight(current);
  },
  // Everything above the line counts, however far up.
  { rootMargin: "1000000px 0px -90% 0px" },
);

// The page itself never moves for it.
function keepInSight(link) {
  if (link && box.scrollHeight > box.clientHeight) {
    box.scrollTop += link.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
  }
}

for (const link of links) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (target) {
    lines.observe(target);
  }
}
