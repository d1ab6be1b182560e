//! What a new site no longer has at an address where the last one had a page.

use super::noted::Noted;
use crate::{
    config::Config,
    diagnostic::{Code, Diagnostic},
    model::Output,
    publish::Press,
};

/// How many addresses are named.
const NAMED: usize = 20;

/// Says of which pages the addresses lead nowhere from now on, at the level that the library gives to that. It is said
/// once, as the next build compares with this one: so `--strict` takes it for no error, or it would stand in the way of
/// every build to come. What the last build showed before its time has no address to lose.
pub(super) fn gone(press: &Press, outputs: &[Output], last: Option<&Noted>, config: &Config) -> Vec<Diagnostic> {
    if last.is_some_and(|last| last.showed_more(config)) {
        return Vec::new();
    }
    let paths = press.gone(outputs);
    let addresses: Vec<String> = paths.iter().map(|path| address(path)).collect();
    let Some(first) = addresses.first() else { return Vec::new() };
    let named: Vec<&str> = addresses.iter().take(NAMED).map(String::as_str).collect();
    let mut message = match addresses.len() {
        1 => "A page of the last site is gone, and nothing leads on from its address: ".to_owned(),
        count => format!("{count} pages of the last site are gone, and nothing leads on from their addresses: "),
    };
    message.push_str(&named.join(", "));
    if let Some(more) = addresses.len().checked_sub(NAMED).filter(|more| *more > 0) {
        message.push_str(&format!(" and {more} more"));
    }
    let help = format!(
        "Where another page takes the place of one, add its address to that page: `aliases: [{first}]`. Where it is \
         gone for good, nothing needs to be done; this is said once."
    );
    let mut faults = vec![Diagnostic::new(Code::PageRemoved, message).help(help)];
    config.levels.apply(&mut faults, false);
    faults
}

/// The address of a page, from the front page of the site.
fn address(path: &str) -> String {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{path}"),
    }
}
