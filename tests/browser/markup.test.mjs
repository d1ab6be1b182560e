// html-validate over every HTML file of the site.
import { test } from "node:test";
import { join } from "node:path";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { none } from "./expectation.mjs";
import config from "./markup.config.mjs";
import { files, folder } from "./site.mjs";

test("every HTML file is valid", async () => {
  const validator = new HtmlValidate(new StaticConfigLoader(config));
  const faults = [];
  for (const file of files.filter((name) => name.endsWith(".html"))) {
    const { results } = await validator.validateFile(join(folder, file));
    for (const { line, column, ruleId, message } of results.flatMap((result) => result.messages)) {
      faults.push(`${file}:${line}:${column}: ${ruleId}: ${message}`);
    }
  }
  none(faults);
});
