//! What templates can call.

use super::Call;

/// Every function and filter that the program adds to Tera's own.
pub const CALLS: &[Call] = &[
    Call {
        name: "t",
        example: "t(key=\"listing.count\", count=3)",
        meaning: "also `\"listing.count\" | t(count=3)`: the words of `i18n/`, in the form for `count`; every other argument fills the place of its name in braces",
    },
    Call {
        name: "asset",
        example: "asset(path=\"css/site.css\")",
        meaning: "the address of a file of `static/`, under the name that it has in the site",
    },
    Call { name: "href", example: "href(path=\"/themes/\")", meaning: "the address of a path of the site" },
    Call {
        name: "token",
        example: "token(name=\"action\", dark=true)",
        meaning: "the value of a custom property of `static/css/tokens.css`, by day or by night",
    },
    Call {
        name: "fit",
        example: "fit(text=card.title, width=1040, height=300, sizes=[80, 60], leading=1.2, bold=true)",
        meaning: "for drawings: `{size, lines}` in which a text fits into a box of so many pixels; no lines where the font has no letters for it",
    },
    Call {
        name: "chart",
        example: "chart(type=\"bar\", rows=c.rows, series=c.series, out_of=c.out_of)",
        meaning: "where the parts of a chart lie, across in per cent and down in em: `templates/parts/chart.html` draws it",
    },
    Call {
        name: "hexagons",
        example: "hexagons(register=\"councils\")",
        meaning: "the map of a register with the columns `q` and `r`: its size, its cells (a term with `x`, `y`, `count` and `step`), their outline in one; nothing where there is none. `templates/parts/map.html` draws it",
    },
    Call {
        name: "hexagon_map",
        example: "hexagon_map(register=\"councils\")",
        meaning: "the same map without its cells: on a page that shows where something lies, and not how much there is",
    },
    Call {
        name: "hexagon",
        example: "hexagon(register=\"councils\", id=council.id)",
        meaning: "one cell of that map; for a term that has replaced another, the cell of the other; nothing where there is none",
    },
    Call {
        name: "kept",
        example: "\"entries.row\" | kept(entry=entry, brief=true)",
        meaning: "as `<entries.row entry={entry} brief={true}/>`, but rendered once for each set of arguments and kept for every page that asks for it: for what is the same on many pages. The component sees its arguments, `site`, `lang` and `dir`, and nothing of the page. With `each=\"entry\"` the argument `entry` is a list, and the component is rendered for each of its values. Give it texts, numbers and what many pages are given, such as cards and terms; maps and lists that a page makes for itself are compared with `alike=true` only",
    },
    Call { name: "figure", example: "value | figure", meaning: "a number as the language writes it: 8,750" },
    Call { name: "today", example: "today()", meaning: "the [date](#date) of the build, by the one clock" },
    Call {
        name: "days_to",
        example: "days_to(date=event.start)",
        meaning: "how many days a whole date or a moment is ahead of the build; below nothing where it is past",
    },
    Call {
        name: "range",
        example: "range(start=0, end=10, step_by=2)",
        meaning: "the numbers from one up to another, which is not one of them; a page may count through a million",
    },
    Call {
        name: "placeholders",
        example: "text | placeholders(of=page.placeholders or [])",
        meaning: "HTML in which every `{{placeholder}}` is a `mark`; plain text is escaped first, and Markdown has its marks already",
    },
    Call { name: "bytes", example: "size | bytes", meaning: "a size as people say it: 340 KB" },
];
