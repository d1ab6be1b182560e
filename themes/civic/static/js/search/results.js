// Draws what was found, and says how much.
const LONGEST = 80;
const MOST_COUNCILS = 3;

export default function results({ part, say, numbers, language, title: page }) {
  const status = part("status");
  const list = part("results");
  const near = part("near");
  const row = part("result").content;
  const dates = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });

  const plurals = new Intl.PluralRules(language);

  const sayCount = (name, n, filling) => say(`${name}-${plurals.select(n)}`, { n: numbers.format(n), ...filling });
  const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text);
  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  // The text with the words that were asked for in <mark>; `marks` are places in it, in order.
  function marked(text, marks) {
    let at = 0;
    const pieces = marks.flatMap(([start, end]) => {
      const before = text.slice(at, start);
      at = end;
      return [before, element("mark", text.slice(start, end))];
    });
    return [...pieces, text.slice(at)];
  }

  // The year is that of the work. When the page changed says nothing of it, but explains the order of the newest.
  function facts({ councils = [], years = [], date }, sort) {
    const rest = councils.length - MOST_COUNCILS;
    const shown = rest > 1 ? [...councils.slice(0, MOST_COUNCILS), say("councils", { n: rest })] : councils;
    const dated = date && (years.length === 0 || sort === "newest");
    const changed = dated ? [say("updated", { date: dates.format(new Date(date)) })] : [];
    return [...shown, ...years, ...changed].map((fact) => element("li", fact));
  }

  function draw({ url, title, kind, summary, excerpt, marks, section, fields }, sort) {
    const item = row.cloneNode(true);
    const heading = Object.assign(document.createElement("h3"), { className: "entry-title" });
    heading.append(Object.assign(element("a", title), { href: url }));
    part("kind", item).textContent = kind;
    part("kind", item).after(heading);
    const place = part("section", item);
    if (section) {
      Object.assign(place.querySelector("a"), { href: section.url, textContent: section.title });
    } else {
      place.remove();
    }
    part("excerpt", item).append(...(excerpt ? marked(excerpt, marks) : [summary]));
    part("facts", item).append(...facts(fields, sort));
    return item;
  }

  function sentences({ total, corrected }, { text, filtered, without }) {
    const query = short(text);
    if (total === 0 && filtered) {
      return [say("none-chosen"), ...(without > 0 ? [sayCount("without", without)] : [])];
    }
    if (total === 0) {
      return [say("nothing", { query })];
    }
    if (!text) {
      return [sayCount("listed", total)];
    }
    const count = sayCount("found", total, { query: short(corrected ?? text) });
    return corrected ? [say("corrected", { query, corrected: short(corrected) }), count] : [count];
  }

  return {
    // What is the same as before is not said again.
    draw(reply, asked) {
      list.replaceChildren(...reply.results.map((result) => draw(result, asked.sort)));
      // Where the filters are to blame, words near those asked for are no help.
      near.hidden = reply.near.length === 0 || asked.without > 0;
      near.querySelector("ul").replaceChildren(
        ...reply.near.map(({ title, url }) => {
          const item = document.createElement("li");
          item.append(Object.assign(element("a", title), { href: url }));
          return item;
        }),
      );
      document.title = asked.text ? say("title", { query: short(asked.text), title: page }) : page;
      const said = sentences(reply, asked);
      if (said.join("") !== status.textContent) {
        status.replaceChildren(...said.map((sentence) => element("p", sentence)));
      }
    },
  };
}
