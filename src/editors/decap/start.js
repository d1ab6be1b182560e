// Starts the web editor with what it has to know of Casebook's pages.
"use strict";

window.CMS_MANUAL_INIT = true;

const isNothing = (value) => value === undefined || value === null || value === "" || value.size === 0;

// What nobody filled in is not written: an empty date or status is not the same as none.
const withoutNothing = (value) => {
  if (!value || typeof value !== "object" || typeof value.filter !== "function" || typeof value.map !== "function") {
    return value;
  }
  return value.map(withoutNothing).filter((one) => !isNothing(one));
};

document.addEventListener("DOMContentLoaded", () => {
  const { CMS } = window;
  const before = document.getElementById("before");
  if (!CMS) {
    return;
  }
  document.getElementById("waiting").hidden = false;
  const isThere = () => document.getElementById("nc-root")?.childElementCount > 0;
  const watch = new MutationObserver(() => {
    if (isThere()) {
      watch.disconnect();
      before.remove();
    }
  });
  watch.observe(document.body, { childList: true, subtree: true });
  CMS.registerEventListener({
    name: "preSave",
    handler: ({ entry }) => withoutNothing(entry.get("data")),
  });
  CMS.init();
});
