// A page is made once and read for months: the days to go are counted again on the reader's own day.
const DAY = 86_400_000;
const words = document.querySelector("[data-countdown-words]")?.content;

const say = (name) => words.querySelector(`[data-say="${name}"]`).textContent;

// The number of a calendar day, the same in every time zone and on either side of a change of the clocks.
const numberOf = (iso) => Date.parse(`${iso}T00:00Z`) / DAY;
const now = new Date();
const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY;

function told(start, end) {
  const days = numberOf(start) - today;
  const left = numberOf(end) - today;
  if (left < 0) {
    return say("past");
  }
  if (days < 0) {
    return say(left === 0 ? "last" : "now");
  }
  if (days < 2) {
    return say(days === 0 ? "today" : "tomorrow");
  }
  const { lang } = document.documentElement;
  const form = new Intl.PluralRules(lang).select(days);
  return say(`days-${form}`).replace("{n}", new Intl.NumberFormat(lang).format(days));
}

for (const countdown of document.querySelectorAll("[data-countdown]")) {
  const { start, end } = countdown.dataset;
  countdown.querySelector("[data-count]").textContent = told(start, end);
  countdown.querySelector("[data-counted]")?.remove();
  // What is over is no longer on.
  const passing = countdown.closest("[data-passing]");
  if (passing && numberOf(end) < today) {
    const section = passing.closest("section");
    passing.remove();
    section.hidden = !section.querySelector("[data-passing]");
  }
}
