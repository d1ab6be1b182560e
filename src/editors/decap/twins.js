// Lets the web editor find pages in several languages where Casebook has them. The editor wants the language in every
// name, `a.en.md` beside `a.cy.md`; here a page in the main language has none, `a.md`.

const isPath = (text) => typeof text === "string" && text.startsWith("content/");

const isPlain = (value) => Array.isArray(value) || (value && Object.getPrototypeOf(value) === Object.prototype);

// The keys under which the editor hands paths about.
const PATHS = ["path", "newPath"];

// A copy of a value with its paths otherwise: those under their keys, and bare ones where `bare` says so.
function mapped(value, rename, bare) {
  if (isPath(value)) {
    return bare ? rename(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => mapped(item, rename, bare));
  }
  if (!isPlain(value)) {
    return value;
  }
  const map = ([key, one]) => [key, PATHS.includes(key) && isPath(one) ? rename(one) : mapped(one, rename, false)];
  return Object.fromEntries(Object.entries(value).map(map));
}

// False for a page in another language that nobody has written yet: the editor gives it what all languages share.
const isWritten = (main) => ({ path, raw }) => main.test(path) || typeof raw !== "string" || /^title: *\S/m.test(raw);

// The same store of files, under the names that the editor wants.
export function twins(store, languages) {
  const [main] = languages;
  const suffixed = new Set();
  const ofMain = new RegExp(`\\.${main}\\.md$`);
  const ofAny = new RegExp(`\\.(${languages.join("|")})\\.md$`);
  const inward = (path) => (suffixed.has(path) ? path : path.replace(ofMain, ".md"));
  const outward = (path) => {
    if (ofMain.test(path)) {
      suffixed.add(path);
    }
    return ofAny.test(path) ? path : path.replace(/\.md$/, `.${main}.md`);
  };
  return new Proxy(store, {
    get(target, name) {
      const member = target[name];
      if (typeof member !== "function") {
        return member;
      }
      return (...given) => {
        if (name === "persistEntry" && Array.isArray(given[0]?.dataFiles)) {
          given[0] = { ...given[0], dataFiles: given[0].dataFiles.filter(isWritten(ofMain)) };
        }
        const result = member.apply(target, given.map((one) => mapped(one, inward, true)));
        return result instanceof Promise ? result.then((value) => mapped(value, outward, false)) : result;
      };
    },
  });
}
