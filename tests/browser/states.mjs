// The settings of a reader that a page is judged in.

// What a reader sets who needs more space between letters, words, lines and paragraphs: WCAG 2.2, 1.4.12.
const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`;

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };
// A window of 1280 by 1024 at 400 %.
const ZOOMED = { width: 320, height: 256 };

// Rules about names and structure depend on what is shown (the width; what is open), rules about colours on the
// scheme, rules about sizes on the width and the spacing. So every two of width, scheme and what is open meet
// once, and each of the rarer settings comes once, at the width where it hurts most; all of them multiplied
// would be 48 settings and show nothing else.
export const STATES = [
  { name: "phone, light", viewport: PHONE, media: { colorScheme: "light" } },
  { name: "desk, dark", viewport: DESK, media: { colorScheme: "dark" } },
  { name: "phone, dark, opened", viewport: PHONE, media: { colorScheme: "dark" }, opened: true },
  { name: "desk, light, opened", viewport: DESK, media: { colorScheme: "light" }, opened: true },
  { name: "400 % zoom, spaced text, opened", viewport: ZOOMED, media: { colorScheme: "light" }, opened: true, spaced: true },
  {
    name: "desk, forced colours, motion, opened",
    viewport: DESK,
    media: { colorScheme: "dark", forcedColors: "active", reducedMotion: "no-preference" },
    opened: true,
    // The colours are the reader's own. axe takes the text's from a property that keeps the author's.
    without: ["color-contrast"],
  },
];

// Opens what a click would open and leave on the page.
function openAll() {
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.open = true;
  }
  for (const button of document.querySelectorAll("button[aria-expanded=false]")) {
    button.click();
  }
}

// A sheet that is built in the page is no inline style, so that it passes the strictest policy.
function space(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet];
}

// The page's own observers have had their turn once a second frame is due.
const settle = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

// Puts a page that has been opened into a state. What is open stays open: the states are in that order.
export async function enter(page, { viewport, media, opened = false, spaced = false }) {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ forcedColors: "none", reducedMotion: "reduce", ...media });
  if (opened) {
    await page.evaluate(openAll);
  }
  await page.evaluate(space, spaced ? SPACING : "");
  await page.evaluate(settle);
}
