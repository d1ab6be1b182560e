//! What both reports say of the things that differ, whatever marks they have for it.

use super::{Address, Comparison, Fate, Given, Leak, Moved, Named, Tagged, Told, weight::Heavier};

/// How a report writes words, so that those of others do nothing in it.
pub(super) trait Hand {
    /// Words of others.
    fn text(words: &str) -> String;
    /// A message, in which something may stand as code.
    fn message(words: &str) -> String;
    /// A path, an address, a name.
    fn code(words: &str) -> String;
    /// What is written already, so that nobody passes over it.
    fn strong(written: &str) -> String;
    /// Words of others, as a quotation.
    fn quoted(words: &str) -> String;
}

/// What is seen too early.
pub(super) fn leak<H: Hand>(leak: &Leak) -> String {
    match leak {
        Leak::Shown { title, path, url, until } => {
            let (title, url, path) = (H::strong(&H::text(title)), H::code(url), H::code(path));
            format!("{title} is at {url} now; its embargo was to end {until} ({path})")
        }
        Leak::Earlier { title, path, until, now } => {
            let now = now.as_ref().map_or("is no more".to_owned(), |now| format!("ends {now}"));
            let (title, path) = (H::strong(&H::text(title)), H::code(path));
            format!("{title}: its embargo, which was to end {until}, {now} ({path})")
        }
        Leak::Quoted { path, url, from, words } => {
            let (url, path, from) = (H::code(url), H::code(path), H::code(from));
            format!("{url} ({path}) says what {from} keeps back: {}", H::quoted(words))
        }
        Leak::Carried { file, url, from } => {
            format!("{} gives {}, which belongs to {}", H::code(url), H::code(file), H::code(from))
        }
    }
}

/// A fault with its place.
pub(super) fn fault<H: Hand>(told: &Told) -> String {
    let line = told.line.map_or(String::new(), |line| format!(", line {line}"));
    let place = told.path.as_ref().map_or(String::new(), |path| format!("{}{line}: ", H::code(path)));
    let level = if told.error { "" } else { " (warning)" };
    format!("{place}{}{level} {}", H::message(&told.message), H::code(&told.code))
}

/// A page that is no more.
pub(super) fn gone<H: Hand>(page: &Moved) -> String {
    let why = page.now.as_ref().map_or(String::new(), |state| format!(", as it is {state} now"));
    format!("{} {}{why}; {}", H::text(&page.title), H::code(&page.from), onward::<H>(page))
}

/// A page at another address.
pub(super) fn moved<H: Hand>(page: &Moved) -> String {
    let to = page.to.as_deref().unwrap_or_default();
    format!("{}: {} is now {}; {}", H::text(&page.title), H::code(&page.from), H::code(to), onward::<H>(page))
}

/// Where the old address leads.
fn onward<H: Hand>(page: &Moved) -> String {
    match &page.redirect {
        Some(to) if *to == page.from => "another page has its address".to_owned(),
        Some(to) if page.to.as_ref() == Some(to) => "the old address leads there".to_owned(),
        Some(to) => format!("the old address leads to {}", H::code(to)),
        None => H::strong("the old address leads nowhere"),
    }
}

/// A page that is new.
pub(super) fn added<H: Hand>(page: &Named) -> String {
    let was = page.was.as_ref().map_or(String::new(), |was| format!(", {was} until now"));
    format!("{} {} ({}{was})", H::text(&page.title), H::code(&page.url), H::text(&page.kind))
}

/// A term with more pages or fewer.
pub(super) fn tagged<H: Hand>(term: &Tagged) -> String {
    let (taxonomy, label, url) = (H::text(&term.taxonomy), H::text(&term.label), H::code(&term.url));
    format!("{taxonomy} {label} {url}: {} → {}", count(term.before, "page", "pages"), term.now)
}

/// A file that is new, gone or another one.
pub(super) fn given<H: Hand>(file: &Given) -> String {
    let size = |size: Option<u64>| size.map_or(String::new(), |size| format!(" ({})", bytes(size)));
    let (url, path) = (H::code(&file.url), H::code(&file.path));
    match (file.what, file.bytes) {
        (Fate::New, (_, now)) => format!("{url} is new{}: {path}", size(now)),
        (Fate::Gone, _) => format!("{url} is {}: {path}", H::strong("no longer there")),
        (Fate::Other, (Some(then), Some(now))) if then != now => {
            format!("{url} is another one ({}): {path}", size_change(then, now))
        }
        (Fate::Other, (_, now)) => format!("{url} is another one{}: {path}", size(now)),
    }
}

/// An address that came, went or leads elsewhere.
pub(super) fn address<H: Hand>(address: &Address) -> String {
    let url = H::code(&address.url);
    let led = address.led.as_ref().map_or(String::new(), |led| format!(", which led to {},", H::code(led)));
    match (address.what, &address.leads) {
        (Fate::New, _) => format!("{url} is new"),
        (Fate::Gone, _) => format!("{url}{led} {}", H::strong("leads nowhere now")),
        (Fate::Other, Some(leads)) => format!("{url}{led} leads to {} now", H::code(leads)),
        (Fate::Other, None) => format!("{url}{led} is a page of its own now"),
    }
}

/// What is not certain, as a side has errors; nothing where the older one has none.
pub(super) fn uncertain(report: &Comparison) -> Option<String> {
    let errors = |number: usize| count(number, "error", "errors");
    match (report.errors_before, report.errors) {
        (0, _) => None,
        (then, 0) => Some(format!("The older side has {} itself, so what it shows is not certain.", errors(then))),
        (then, now) => Some(format!(
            "Both sides have errors ({} then, {now} now), so what they show is not certain: `casebook check` tells them.",
            then
        )),
    }
}

/// A page whose weight is another.
pub(super) fn heavier<H: Hand>(page: &Heavier) -> String {
    let html = page.html.0.map_or(bytes(page.html.1), |before| size_change(before, page.html.1));
    let files = match page.files {
        (before, now) if before == now => String::new(),
        (before, now) => format!(", files {}", size_change(before, now)),
    };
    format!("{}: HTML {html}{files}", H::code(&page.url))
}

/// What is otherwise, each with its number; what is not so is left out.
pub(super) fn summary(report: &Comparison) -> Vec<String> {
    let lasting = |moved: &[Moved]| moved.iter().filter(|page| page.redirect.is_none()).count();
    let of = |fate: Fate| report.addresses.iter().filter(move |address| address.what == fate).count();
    let nowhere = lasting(&report.gone) + lasting(&report.moved) + of(Fate::Gone);
    let counts = [
        (report.leaks.len(), "thing shown too early", "things shown too early"),
        (report.added.len(), "new page", "new pages"),
        (report.gone.len(), "page gone", "pages gone"),
        (report.moved.len(), "page moved", "pages moved"),
        (nowhere, "old address that leads nowhere", "old addresses that lead nowhere"),
        (of(Fate::New), "list that is new", "lists that are new"),
        (of(Fate::Other), "old address that leads elsewhere", "old addresses that lead elsewhere"),
        (report.files.len(), "file new, gone or another", "files new, gone or others"),
        (report.changed.len(), "page changed", "pages changed"),
        (report.around.len(), "page with other surroundings", "pages with other surroundings"),
        (report.broken.len(), "newly broken link", "newly broken links"),
        (report.faults.len(), "other new fault", "other new faults"),
        (report.mended, "fault mended", "faults mended"),
        (report.terms.len(), "tag with more pages or fewer", "tags with more pages or fewer"),
    ];
    counts.iter().filter(|(number, ..)| *number > 0).map(|(number, one, many)| count(*number, one, many)).collect()
}

/// `1 page`, `2 pages`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `12.3 kB`, in thousands.
pub(super) fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// `12.3 kB → 14.0 kB`.
pub(super) fn size_change(before: u64, now: u64) -> String {
    if before == now { bytes(now) } else { format!("{} → {}", bytes(before), bytes(now)) }
}
