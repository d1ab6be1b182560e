// Nothing on a page moves by itself: not while it loads, and not while the reader scrolls down to its pictures.
import { none } from "./expectation.mjs";
import { types } from "./site.mjs";
import { arrive, each, stage } from "./visit.mjs";

const { server, open } = await stage();

// Runs before the page's own scripts.
function watch() {
  globalThis.shifts = [];
  const name = (node) => (node?.nodeType === Node.ELEMENT_NODE ? `<${node.localName} class="${node.className}">` : "text");
  const note = (list) =>
    list.getEntries().forEach(({ value, startTime, sources }) => globalThis.shifts.push({ value, time: Math.round(startTime), what: sources.map(({ node }) => name(node)) }));
  const observer = new PerformanceObserver(note);
  observer.observe({ type: "layout-shift", buffered: true });
  globalThis.takeShifts = () => note({ getEntries: () => observer.takeRecords() });
}

async function scroll() {
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await frame();
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
    window.scrollTo(0, top);
    await frame();
    await Promise.all([...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight).map((image) => image.decode().catch(() => {})));
  }
  await frame();
  globalThis.takeShifts();
  return globalThis.shifts;
}

each("nothing moves", types, async (type) => {
  const faults = [];
  for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    await open({ viewport }, async (page) => {
      await page.addInitScript(watch);
      await arrive(page, server.url(type.address), type);
      if (!type.index) {
        await page.waitForLoadState("networkidle");
      }
      const shifts = await page.evaluate(scroll);
      const sum = shifts.reduce((total, { value }) => total + value, 0);
      const moved = [...new Set(shifts.flatMap(({ what }) => what))].slice(0, 4).join(", ");
      if (sum > 0) {
        faults.push(`${type.address}: layout shift: ${sum.toFixed(4)} at ${viewport.width} px: ${moved}`);
      }
    });
  }
  none(faults);
});
