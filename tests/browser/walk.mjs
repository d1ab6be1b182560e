// What a walk with the Tab key needs to know; `prepare` and `place` run inside the browser.

// Every stop that the page offers, in the order of its markup, kept in the page for `place`.
export function prepare() {
  const offered = "a[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], [tabindex], [contenteditable]";
  // A group of radio buttons is one stop.
  const groupOf = (element) => (element.type === "radio" && element.name ? `${element.form?.id}/${element.name}` : undefined);
  const groups = new Set();
  globalThis.stops = [...document.querySelectorAll(offered)].filter((element) => {
    if (element.matches(":disabled, [type=hidden]") || element.closest("[inert]") || element.tabIndex < 0) {
      return false;
    }
    if (!element.checkVisibility({ visibilityProperty: true }) || (element.localName === "summary" && element.matches(":not(details > summary)"))) {
      return false;
    }
    const group = groupOf(element);
    const again = group && groups.has(group);
    groups.add(group);
    return !again;
  });
  globalThis.stopOf = (element) => {
    const group = groupOf(element);
    return globalThis.stops.findIndex((stop) => stop === element || (group && groupOf(stop) === group));
  };
  globalThis.nameOf = (element) => {
    const words = element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.textContent || element.name || "";
    return `<${element.localName}> ${words.trim().replace(/\s+/g, " ").slice(0, 40)}`;
  };
  return {
    names: globalThis.stops.map(globalThis.nameOf),
    ahead: [...document.querySelectorAll("[tabindex]")].filter((element) => element.tabIndex > 0).map(globalThis.nameOf),
  };
}

// The element with the focus: which stop it is, where it is, and how it looks with the focus and without.
export function place() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) {
    return undefined;
  }

  // A colour as the screen has it: computed ones come in many notations.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([red, green, blue]) => {
    const linear = [red, green, blue].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (start) => {
    for (let at = start.parentElement; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) {
        return colour;
      }
    }
    return [255, 255, 255, 255];
  };

  const look = () => {
    const style = getComputedStyle(element);
    // A shape in a drawing may show the focus by its own stroke.
    const shapes = [...element.querySelectorAll(":scope > :is(use, path, polygon, rect, circle)")].map((shape) => [getComputedStyle(shape).stroke, getComputedStyle(shape).strokeWidth]);
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor } = style;
    return { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, borderColor, shapes };
  };
  // In a drawing the box of a link holds its words too; its shape is what is pointed at.
  const pointed = element.querySelector(":scope > :is(use, path, polygon, rect, circle)") ?? element;
  const boxes = [...pointed.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
  const seen = boxes.filter((box) => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
  const covered = (box) => {
    const middle = document.elementFromPoint(
      Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
      Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1),
    );
    return !middle || !(element.contains(middle) || middle.contains(element) || [...(element.labels ?? [])].some((label) => label.contains(middle)));
  };

  const withFocus = look();
  element.blur();
  const without = look();
  element.focus({ focusVisible: true, preventScroll: true });

  const strokes = withFocus.shapes.filter(([stroke], index) => stroke !== "none" && JSON.stringify(withFocus.shapes[index]) !== JSON.stringify(without.shapes[index]));
  const lines = [
    ...(withFocus.outlineStyle === "none" ? [] : [{ width: parseFloat(withFocus.outlineWidth), colour: withFocus.outlineColor }]),
    ...strokes.map(([stroke, width]) => ({ width: parseFloat(width), colour: stroke })),
  ];
  const shadow = withFocus.boxShadow.match(/^(?:rgba?|color|oklch|lab)\([^)]*\)/)?.[0];
  const colours = [...lines.map(({ colour }) => colour), ...(shadow ? [shadow] : [])];
  const box = boxes[0] ?? pointed.getBoundingClientRect();
  return {
    stop: globalThis.stopOf(element),
    name: globalThis.nameOf(element),
    href: element.getAttribute("href"),
    inView: seen.length > 0,
    uncovered: seen.some((part) => !covered(part)),
    changes: JSON.stringify(withFocus) !== JSON.stringify(without),
    width: Math.max(0, ...lines.map(({ width }) => width)),
    contrast: Math.max(1, ...colours.map((colour) => contrast(rgba(colour), ground(element)))),
    // Where it stands on the page, and in which part: parts stand beside each other.
    part: [...document.querySelectorAll("aside, svg, [role=application]")].indexOf(element.closest("aside, svg, [role=application]")),
    drawn: element.closest("svg") !== null,
    box: { left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY },
  };
}

// Does a reader's eye have to go back from `here` to `there`? Up is forward only into a column further on.
export function goesBack(here, there) {
  if (here.part !== there.part || there.drawn) {
    return false;
  }
  const [a, b] = [here.box, there.box];
  const above = b.bottom <= a.top + 1;
  const before = b.right <= a.left + 1 && b.top < a.bottom - 1 && b.bottom <= a.bottom + 1;
  return (above && b.left <= a.left + 1) || before;
}
