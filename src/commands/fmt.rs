//! `casebook fmt`: front matter in one style.

use super::{
    Status, report, root,
    say::{complain, remark},
    shown,
};
use crate::{
    cli::{Fmt, Global},
    config::Overrides,
    diagnostic::Format,
    front_matter::Left,
    model::{Position, SourceFile},
    pipeline::{self, Formed},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub(super) fn fmt(options: &Fmt, global: &Global) -> Result<Status, String> {
    let root = root(global)?;
    let config = match pipeline::settings(&root, &Overrides::default()) {
        Ok(config) => config,
        Err(run) => return Ok(report::faults(&run, Format::Human)),
    };
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let pages = pipeline::formed(&config);
    let wanted = wanted(&options.paths, &pages, &|page| real(&root.join(page)))?;
    let (mut changed, mut count) = (0, 0);
    for Formed { source, text } in wanted {
        count += 1;
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                complain(left(source, why));
                continue;
            }
        };
        if *text == source.text {
            continue;
        }
        changed += 1;
        let path = root.join(&source.path);
        if !options.check {
            rewrite(&real(&path), source, text).map_err(|error| format!("{}: {error}", shown(&path)))?;
        }
        if !global.quiet || options.check {
            let verb = if options.check { "Not in order:" } else { "Put in order:" };
            remark(format_args!("{verb} {}", shown(&path)));
        }
    }
    if !global.quiet {
        let pages = report::count(count, "page", "pages");
        remark(match (changed, options.check) {
            (0, _) => format!("{pages}: all in order."),
            (changed, false) => format!("{pages}: {changed} put in order."),
            (changed, true) => format!("{pages}: {changed} not in order. `casebook fmt` puts them so."),
        });
    }
    Ok(if options.check && changed > 0 { Status::Faults } else { Status::Clean })
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

/// Writes a page anew, unless somebody changed it meanwhile.
fn rewrite(path: &Path, source: &SourceFile, text: &str) -> io::Result<()> {
    let before = fs::read(path)?;
    let mark: &[u8] = if before.starts_with(b"\xef\xbb\xbf") { b"\xef\xbb\xbf" } else { b"" };
    if before.strip_prefix(mark) != Some(source.text.as_bytes()) {
        return Err(io::Error::other("it was changed meanwhile, so it is left as it is"));
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let bytes = [mark, text.as_bytes()].concat();
    let written = fs::File::create_new(&part).and_then(|mut file| io::Write::write_all(&mut file, &bytes));
    let kept = written.and_then(|()| fs::set_permissions(&part, fs::metadata(path)?.permissions()));
    let swapped = kept.and_then(|()| fs::rename(&part, path));
    if swapped.is_err() {
        let _ = fs::remove_file(&part);
    }
    swapped
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
        assert!(rewrite(&path, &source, "new").unwrap_err().to_string().contains("it was changed meanwhile"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "saved meanwhile");
        // What it would be written to first is taken.
        fs::write(&path, "read").unwrap();
        fs::write(folder.path().join("a.md.part"), "").unwrap();
        assert!(rewrite(&path, &source, "new").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "read");
    }
}
