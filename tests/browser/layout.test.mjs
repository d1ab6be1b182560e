// One page of every type on the narrowest screen, under a finger, and on paper.
import { none } from "./expectation.mjs";
import { types } from "./site.mjs";
import { enter, STATES } from "./states.mjs";
import { each, stage } from "./visit.mjs";

const { visit } = await stage();

// What sticks out of the window. What lies inside a part that scrolls by itself does not count.
function overflowing() {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) {
    return [];
  }
  const scrolls = (element) => element && element !== document.documentElement && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element.parentElement));
  const outermost = wide.filter((element) => !wide.includes(element.parentElement));
  const name = (element) => `<${element.localName}${element.className ? ` class="${element.className}"` : ""}> ${Math.round(element.getBoundingClientRect().right)} px`;
  return [`the page is ${document.scrollingElement.scrollWidth} px wide`, ...outermost.slice(0, 5).map(name)];
}

// What a reader of paper can't use.
function navigationToSee() {
  const parts = document.querySelectorAll("nav, [role=navigation], [role=search], search, button, a[href='#main_content']");
  return [...parts].filter((part) => part.checkVisibility({ visibilityProperty: true })).map((part) => `<${part.localName} class="${part.className}">`);
}

// Text that does not fit its box and can't be scrolled to. What is hidden from the eye on purpose is one pixel
// big, and a field scrolls with its cursor.
function cut() {
  const hides = (style) => [style.overflowX, style.overflowY].some((overflow) => overflow === "hidden" || overflow === "clip");
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.checkVisibility() && element.clientWidth > 1 && !element.matches("input, textarea, select") && hides(getComputedStyle(element)))
    .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
    .map((element) => `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 40)}`);
}

// What stays in the window when the reader scrolls must leave half of it for the text.
function staying() {
  window.scrollTo(0, document.documentElement.scrollHeight / 2);
  const stays = [...document.body.querySelectorAll("*")].filter((element) => {
    const { position } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const across = box.width > innerWidth / 2 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    return across && (position === "fixed" || (position === "sticky" && (Math.abs(box.top) < 1 || Math.abs(box.bottom - innerHeight) < 1)));
  });
  const height = stays.reduce((sum, element) => sum + element.getBoundingClientRect().height, 0);
  return height > innerHeight / 2 ? stays.map((element) => `<${element.localName} class="${element.className}">`) : [];
}

// Controls that a finger would miss, measured where a finger meets them: a label is part of its box's target, and
// a control may reach further than it looks.
function small() {
  const controls = "button, input:not([type=hidden]), select, textarea, summary, [role=button], nav li > a, nav p > a";
  const reach = (element) => {
    element.scrollIntoView({ block: "center" });
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const meets = (across, down) => {
      const met = document.elementFromPoint(x + across, y + down);
      return met !== null && [element, ...(element.labels ?? [])].some((part) => part.contains(met));
    };
    const far = (across, down) => {
      let steps = 0;
      while (steps < 22 && meets(across * (steps + 1), down * (steps + 1))) {
        steps += 1;
      }
      return steps;
    };
    return { width: far(-1, 0) + far(1, 0) + 1, height: far(0, -1) + far(0, 1) + 1 };
  };
  return [...document.querySelectorAll(controls)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(":disabled"))
    .flatMap((element) => {
      // Lists of links to read by, as contents and crumbs are, keep to the 24 px of WCAG 2.5.8.
      const least = element.localName === "a" && element.closest("aside, .crumbs, .contents") ? 24 : 44;
      const { width, height } = element.getBoundingClientRect();
      if (height >= least - 0.5 && width >= 24) {
        return [];
      }
      const target = reach(element);
      const name = (element.labels?.[0]?.textContent || element.textContent || element.name || "").trim().slice(0, 40);
      return target.height < least - 1 || target.width < 24 ? [`<${element.localName}> ${name} is ${target.width} by ${target.height} px, not ${least}`] : [];
    });
}

const zoomed = STATES.find(({ spaced }) => spaced);

each("400 % zoom", types, (type) =>
  visit(type, {}, async (page) => {
    const faults = [];
    // With the text as it comes, and with the space that a reader may ask for.
    for (const spaced of [false, true]) {
      await enter(page, { ...zoomed, spaced });
      const found = [
        ...(await page.evaluate(overflowing)).map((part) => `reflow: ${part}`),
        ...(await page.evaluate(cut)).map((part) => `text is cut: ${part}`),
        ...(await page.evaluate(staying)).map((part) => `stays over half of the window: ${part}`),
      ];
      faults.push(...found.map((fault) => `${type.address}: ${fault}${spaced ? " (spaced text)" : ""}`));
    }
    none(faults);
  }),
);

each("targets", types, (type) =>
  visit(type, { viewport: { width: 390, height: 844 } }, async (page) => {
    await enter(page, STATES.find(({ opened, viewport }) => opened && viewport.width === 390));
    none((await page.evaluate(small)).map((part) => `${type.address}: target: ${part}`));
  }),
);

each("print", types, (type) =>
  visit(type, {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    const faults = (await page.evaluate(navigationToSee)).map((part) => `${type.address}: print: ${part} is printed`);
    if (!(await page.getByRole("heading", { level: 1 }).first().isVisible())) {
      faults.push(`${type.address}: print: the heading is not printed`);
    }
    none(faults);
  }),
);
