// html-validate's recommended rules. Each rule that is set otherwise says why.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // `<!doctype html>`: the standard takes either case, and so do we in the rest of the markup.
    "doctype-style": ["error", { style: "lowercase" }],
    // Titles are the editors' own, with the site's name after them; search engines shorten what they show.
    "long-title": "off",
    // The box around a wide table is a region so that a keyboard can scroll it, and no section of the text.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // Blank ends of lines are no fault of a page: templates leave some, and code blocks mean theirs.
    "no-trailing-whitespace": "off",
  },
};
