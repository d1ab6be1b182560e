//! `casebook fmt`: front matter in one style.

use super::{
    Status, Stopped,
    files::{Change, put},
    library::settings,
    report, root,
    say::{complain, remark},
    shown,
};
use crate::{
    cli::{Fmt, Global},
    config::Overrides,
    front_matter::Left,
    model::{Position, SourceFile},
    pipeline::{self, Formed},
};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

pub(super) fn fmt(options: &Fmt, global: &Global) -> Result<Status, Stopped> {
    let root = root(global)?;
    let config = settings(&root, &Overrides::default())?;
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let pages = pipeline::formed(&config);
    let wanted = wanted(&options.paths, &pages, &|page| real(&root.join(page)))?;
    let (mut changes, mut named, mut kept) = (BTreeMap::new(), Vec::new(), 0);
    for Formed { source, text } in &wanted {
        match text {
            Ok(text) if *text == source.text => {}
            Ok(text) => {
                let path = root.join(&source.path);
                // A page that is a link is written once, where it lies.
                let file = real(&path);
                if !options.check && !changes.contains_key(&file) {
                    let change = change(&file, source, text).map_err(|error| format!("{}: {error}", shown(&path)))?;
                    changes.insert(file, change);
                }
                named.push(shown(&path));
            }
            Err(why) => {
                complain(left(source, why));
                kept += 1;
            }
        }
    }
    put(&changes.into_values().collect::<Vec<_>>())?;
    if !global.quiet || options.check {
        let verb = if options.check { "Not in order:" } else { "Put in order:" };
        named.iter().for_each(|name| remark(format_args!("{verb} {name}")));
    }
    if !global.quiet {
        let pages = report::count(wanted.len(), "page", "pages");
        let others = if kept == 0 { "" } else { " others" };
        let kept = if kept == 0 { String::new() } else { format!("{kept} left as they are, ") };
        remark(match (named.len(), options.check) {
            (0, _) => format!("{pages}: {kept}all{others} in order."),
            (changed, false) => format!("{pages}: {kept}{changed} put in order."),
            (changed, true) => format!("{pages}: {kept}{changed} not in order. `casebook fmt` puts them so."),
        });
    }
    Ok(if options.check && !named.is_empty() { Status::Faults } else { Status::Clean })
}

/// The pages that these paths name, or all.
fn wanted<'a>(
    paths: &[PathBuf],
    pages: &'a [Formed],
    real: &dyn Fn(&str) -> PathBuf,
) -> Result<Vec<&'a Formed>, String> {
    if paths.is_empty() {
        return Ok(pages.iter().collect());
    }
    let pages: Vec<(PathBuf, &Formed)> = pages.iter().map(|page| (real(&page.source.path), page)).collect();
    let mut named = vec![false; pages.len()];
    for path in paths {
        let whole = fs::canonicalize(path).map_err(|error| format!("{} can't be read: {error}", path.display()))?;
        let mut any = false;
        for ((page, _), named) in pages.iter().zip(&mut named) {
            if page.starts_with(&whole) {
                (any, *named) = (true, true);
            }
        }
        if !any {
            return Err(format!("{} is no page of this library, nor a folder with pages", path.display()));
        }
    }
    Ok(pages.iter().zip(named).filter(|(_, named)| *named).map(|((_, page), _)| *page).collect())
}

fn left(source: &SourceFile, Left { span, why }: &Left) -> String {
    let Position { line, column } = Position::of(&source.text, span.start);
    format!("{}:{line}:{column}: left as it is. {why}.", source.path)
}

/// What is to be written of a page, unless somebody changed it meanwhile.
fn change(path: &Path, source: &SourceFile, text: &str) -> io::Result<Change<'static>> {
    let before = fs::read(path)?;
    let mark: &[u8] = if before.starts_with(b"\xef\xbb\xbf") { b"\xef\xbb\xbf" } else { b"" };
    if before.strip_prefix(mark) != Some(source.text.as_bytes()) {
        return Err(io::Error::other("it was changed meanwhile, so nothing was written. Try again"));
    }
    let now = [mark, text.as_bytes()].concat();
    Ok(Change { before: Some(before), ..Change::new(path.to_path_buf(), now) })
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_somebody_is_changing_is_left_to_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let source = SourceFile { path: "a.md".to_owned(), text: "read".to_owned() };
        fs::write(&path, "saved meanwhile").unwrap();
        assert!(change(&path, &source, "new").err().unwrap().to_string().contains("it was changed meanwhile"));
        fs::write(&path, "read").unwrap();
        put(&[change(&path, &source, "new").unwrap()]).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }
}
