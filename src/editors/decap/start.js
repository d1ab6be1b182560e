// Starts the web editor with what it has to know of Casebook's pages.
import { pages } from "./pages.js";
import kinds from "./kinds.js";

window.CMS_MANUAL_INIT = true;

// The module of the editor's own YAML reader in the one version of it that Casebook takes.
const YAML = 43824;

function reader() {
  let yaml;
  window.webpackChunkDecapCms.push([["casebook"], {}, (load) => { yaml = load(YAML); }]);
  const { parse } = yaml?.YAML ?? yaml?.default ?? yaml ?? {};
  return parse;
}

// Until the editor is there the page says that it is on its way.
function watch() {
  const before = document.getElementById("before");
  document.getElementById("waiting").hidden = false;
  const observer = new MutationObserver(() => {
    if (document.getElementById("nc-root")?.childElementCount > 0) {
      observer.disconnect();
      before.remove();
    }
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

document.addEventListener("DOMContentLoaded", () => {
  const { CMS } = window;
  if (!CMS) {
    return;
  }
  watch();
  // In the place of the editor's own: that writes all of a page anew.
  CMS.registerCustomFormat("yaml-frontmatter", "md", pages(reader(), kinds));
  CMS.init();
});
