// Asks the index, and hands what it says to those who draw: the results first, then the counts of the filters.
const inUse = (filters) => Object.fromEntries(Object.entries(filters).filter(([, values]) => values.length > 0));

// Of filters the values that `known` says yes to.
const only = (filters, known) =>
  inUse(Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, values.filter((value) => known(name, value))])));

export default async function answers(kit) {
  const { page, part, conceal, ask, asked, correct, most } = kit;
  const more = part("more");

  // What a box or a chip does.
  const choose = (name, value, on) => {
    const { filters } = asked();
    const others = (filters[name] ?? []).filter((one) => one !== value);
    return ask({ filters: inUse({ ...filters, [name]: on ? [...others, value] : others }) });
  };
  const clear = () => ask({ filters: {} });

  const draws = async (name) => (await import(part(`module=${name}`, document).href)).default({ ...kit, choose, clear });
  const open = async () => {
    const { reader, index, language } = page.dataset;
    return (await import(reader)).open(index, { fetch: fetch.bind(window), language });
  };
  const [index, results, facets, chips] = await Promise.all([open(), draws("results"), draws("facets"), draws("chips")]);

  // Takes out of what is asked for the filters that are not `known`; says whether there were any.
  function refuse(known) {
    const { filters } = asked();
    const left = only(filters, known);
    const refused = JSON.stringify(left) !== JSON.stringify(filters);
    if (refused) {
      correct(left);
    }
    return refused;
  }

  // `late` tells whether something newer is asked for.
  return async function answer(late) {
    refuse((name) => index.facets.some((facet) => facet.name === name));
    if (late()) {
      return;
    }
    const { text, filters, sort, limit } = asked();
    const filtered = Object.keys(filters).length > 0;
    const drawFilters = ({ facets: counted }) => {
      facets.draw(index.facets, counted, filters);
      chips.draw(filters, facets.label);
    };
    chips.draw(filters, facets.label);

    // Without filters the results need not wait for the counts.
    const whole = filtered || !text;
    const reply = await index.search(text, { limit, sort, ...(whole && { filters }) });
    if (late()) {
      return;
    }
    // A value that nobody knows would leave nothing.
    if (refuse((name, value) => reply.facets[name]?.some((one) => one.value === value))) {
      if (!late()) {
        await answer(late);
      }
      return;
    }
    const nothing = reply.total === 0;
    const without = nothing && filtered && text ? (await index.search(text, { limit: 1 })).total : 0;
    if (late()) {
      return;
    }
    if (whole) {
      drawFilters(reply);
    }
    results.draw(reply, { text, sort, filtered, without });
    part("found").hidden = false;
    more.hidden = reply.results.length >= Math.min(reply.total, most);
    if (nothing && !filtered) {
      conceal(part("found"));
    } else if (!whole) {
      const counted = await index.search(text, { limit: 1, filters });
      if (!late()) {
        drawFilters(counted);
      }
    }
  };
}
