// Asks the index, and hands what it says to those who draw: the results first, then the counts of the filters.
export default async function answers(kit) {
  const { page, part, actions, conceal, most } = kit;
  const more = part("more");
  const draws = async (name) => (await import(part(`module=${name}`, document).href)).default(kit);
  const open = async () => (await import(page.dataset.reader)).open(page.dataset.index, { fetch: fetch.bind(window) });
  const [index, results, facets, chips] = await Promise.all([open(), draws("results"), draws("facets"), draws("chips")]);

  // `read` gives what is asked for as it is now, and `late` tells whether something newer is asked for.
  return async function answer(read, late) {
    actions.keep((name) => index.facets.some((facet) => facet.name === name));
    const { text, filters, filtered, sort, limit } = read();
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
    if (!actions.keep((name, value) => reply.facets[name]?.some((one) => one.value === value))) {
      await answer(read, late);
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
    results.draw(reply, { text, filtered, without });
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
