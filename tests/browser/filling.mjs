// Fills in the whole form of a kind in the web editor, as its settings describe it.
import assert from "node:assert/strict";
import { join } from "node:path";

// What a rule beyond the form asks of a value, by the field or by the list that it is in.
const FITTING = { embargo: "2027-10-20T09:30", year: "2027", campaign: "2027" };

// Rules of the form itself, told by a part of the pattern.
const PATTERNS = [
  ["https?", "https://example.org/a"],
  ["@", "office@example.org"],
  [".md", "/guides/a-strong-board.md"],
  ["\\d{4}", "2027-10"],
];

// What somebody writes into a box.
function answer(field, within, kind) {
  const pattern = (field.pattern?.[0] ?? "").replace("\\.md", ".md");
  // Two pages can't have had one address.
  const old = within === "aliases" ? `/old/${kind}/` : undefined;
  return old ?? FITTING[field.name] ?? PATTERNS.find(([part]) => pattern.includes(part))?.[1] ?? `Words of ${field.name}`;
}

// Fills in every field of the form of a kind, lists with one item each. `root` is the folder of the library.
export async function fill(page, { name: kind, fields }, root) {
  const seen = {};
  const label = (name, nth) => page.locator(`label[for^="${name}-field-"]`).nth(nth);
  const choose = async (at, option, typed) => {
    const box = at.locator("xpath=following::input[1]");
    await box.click();
    if (typed) {
      await box.fill(typed);
    }
    await page.getByRole("option", option).first().click();
  };
  const upload = async (at) => {
    await at.locator("xpath=following::button[starts-with(normalize-space(), 'Choose a')][1]").click();
    await page.locator("input[type=file]").first().setInputFiles(join(root, "content/packs/care-leavers-week-2027/banner.png"));
    await page.getByText("banner.png").first().waitFor();
    await page.getByRole("button", { name: "Choose selected" }).click();
    await page.getByRole("button", { name: "Choose selected" }).waitFor({ state: "hidden" });
  };
  const one = async (field, within) => {
    seen[field.name] = (seen[field.name] ?? -1) + 1;
    const at = label(field.name, seen[field.name]);
    const into = async (text) => page.locator(`[id="${await at.getAttribute("for")}"]`).fill(text);
    const inside = async () => {
      for (const inner of field.fields ?? [field.field]) {
        await one(inner, field.name);
      }
    };
    const ways = {
      string: () => into(answer(field, within, kind)),
      text: () => into(answer(field, within, kind)),
      number: () => into(FITTING[field.name] ?? String(field.min ?? 7)),
      datetime: () => into(FITTING[field.name] ?? (field.time_format ? "2027-10-26T09:30" : "2027-10-26")),
      // What a page is that nobody has read yet stays as it is.
      select: () => field.default ?? choose(at, { name: field.options[0].label, exact: true }),
      relation: () => choose(at, {}, FITTING[field.name]),
      image: () => upload(at),
      file: () => upload(at),
      object: inside,
      async markdown() {
        const area = at.locator("xpath=following::*[@contenteditable='true'][1]");
        await area.evaluate((element) => element.scrollIntoView({ block: "center" }));
        await area.click();
        await page.keyboard.type(`Words of ${field.name}.`);
      },
      async list() {
        await page.getByRole("button", { name: `Add ${field.label.toLowerCase()}`, exact: true }).last().click();
        await inside();
      },
    };
    assert.ok(ways[field.widget], `nobody knows how to fill in ${field.name}, a ${field.widget}`);
    await ways[field.widget]();
  };
  for (const field of fields) {
    await one(field);
  }
}
