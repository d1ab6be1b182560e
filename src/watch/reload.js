
;(() => {
  "use strict";
  // Appended by the development server to the site's scripts. `casebook build` writes none of this.
  const mark = Symbol.for("casebook.preview");
  if (typeof document === "undefined" || window[mark]) return;
  window[mark] = true;

  const memory = "casebook.preview";
  const timing = performance.getEntriesByType("navigation")[0]?.serverTiming ?? [];
  let build = timing.find((entry) => entry.name === "casebook")?.description || null;
  let channel = null;
  let overlay = null;

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const close = () => {
    overlay?.remove();
    overlay = null;
  };

  const place = ({ path, line, column }) => [path, line, column].filter((part) => part != null).join(":");

  const item = (fault) => {
    const made = element("li");
    if (fault.path) made.append(element("p", place(fault), "place"));
    made.append(element("p", fault.message, "message"));
    if (fault.help) made.append(element("p", fault.help, "help"));
    made.append(element("p", `${fault.code} ${fault.name}`, "code"));
    return made;
  };

  const show = (faults) => {
    close();
    if (faults.length === 0) return;
    overlay = element("div");
    overlay.id = "casebook-overlay";
    overlay.lang = "en";
    overlay.dir = "ltr";
    // A shadow tree keeps the site's styles out of the overlay, and the overlay's out of the site.
    const inside = overlay.attachShadow({ mode: "open" });
    const styles = element("link");
    styles.rel = "stylesheet";
    styles.href = "/_casebook/overlay.css";
    const panel = element("section");
    panel.tabIndex = 0;
    panel.setAttribute("role", "alert");
    inside.append(styles, panel);
    document.documentElement.append(overlay);
    // Filled once it stands in the page: that is what a screen reader announces.
    const button = element("button", "Close (Escape)");
    button.type = "button";
    button.addEventListener("click", close);
    const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
    const list = element("ol");
    list.append(...faults.map(item));
    panel.append(
      element("h2", `The site could not be built: ${count}`),
      element("p", "The last good build is kept. Save a correction and this page loads anew."),
      list,
      button,
    );
  };

  // At most once a page and build: a browser that answers from its cache must not be sent round in a circle.
  const renew = (next) => {
    const key = `${next} ${location.pathname}`;
    let known = null;
    try {
      known = sessionStorage.getItem(memory);
      sessionStorage.setItem(memory, key);
    } catch {
      // Without storage the page still loads anew when told to, not when it merely looks out of date.
      known = build === null ? null : key;
    }
    build = next;
    if (known !== key) location.reload();
  };

  const hang_up = () => {
    channel?.close();
    channel = null;
  };

  const listen = () => {
    // A browser opens six connections to one server: tabs that nobody sees must not hold them.
    if (channel || document.visibilityState === "hidden") return;
    channel = new EventSource("/_casebook/events");
    channel.addEventListener("hello", ({ data }) => {
      close();
      if (build !== null && build !== data) renew(data);
      build = data;
    });
    channel.addEventListener("reload", ({ data }) => renew(data));
    channel.addEventListener("fault", ({ data }) => show(JSON.parse(data)));
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? hang_up() : listen()));
  addEventListener("pagehide", hang_up);
  addEventListener("pageshow", listen);
  listen();
})();
