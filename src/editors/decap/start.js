// Starts the web editor with what it has to know of Casebook's pages.
import { pages } from "./pages.js";
import { previews } from "./preview.js";
import { twins } from "./twins.js";
import { kinds, languages } from "./kinds.js";

window.CMS_MANUAL_INIT = true;

// The module of the editor's own YAML reader in the one version of it that Casebook takes.
const YAML = 43824;

function reader() {
  let yaml;
  window.webpackChunkDecapCms.push([["casebook"], {}, (load) => { yaml = load(YAML); }]);
  const { parse } = yaml?.YAML ?? yaml?.default ?? yaml ?? {};
  return parse;
}

// Those who may keep the library: its host, or the computer itself.
const STORES = ["github", "gitlab", "proxy"];

function speakAll(CMS) {
  for (const store of STORES.map((name) => CMS.getBackend(name)).filter(Boolean)) {
    const { init } = store;
    store.init = (...given) => twins(init(...given), languages);
  }
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
  if (languages.length > 1) {
    speakAll(CMS);
  }
  previews(CMS, kinds, new URL("../", location.href).href);
  // Its own words in the library's language, where it has them.
  const [language] = languages;
  const locale = CMS.getLocale(language) ? language : "en";
  // On a preview, the editor asks the computer's own decap-server first. It looks itself at where it is.
  CMS.init({ config: { local_backend: true, locale } });
});
