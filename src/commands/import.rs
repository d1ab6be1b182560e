//! `casebook import`: pages of what people filled in elsewhere. The one place that writes them.

use super::{
    Status, Stopped, kinds,
    library::Library,
    report,
    say::{complain, remark},
    shown,
};
use crate::{
    cli::{self, Global},
    config::Config,
    diagnostic::{self, Code, Format},
    import::{self, Asked, Import, Known, Page},
    model::{Kind, SourceFile},
    pipeline::{self, Run, Texts, Unseen},
};
use std::{collections::BTreeMap, fs, path::Path};

mod write;

/// How large a file may be that is imported, in bytes. Nobody fills in more, and it is held in memory as a whole.
const LARGEST: u64 = 256 * 1024 * 1024;

pub(super) fn import(options: &cli::Import, global: &Global) -> Result<Status, Stopped> {
    let Library { config, known } = Library::open(global)?;
    let kind = options.kind.as_deref().map(|name| kinds::find(&known.theme, name)).transpose()?;
    let import = read(options, kind, &config, &known)?;
    Ok(place(import, options, global, &config, &known)?)
}

/// What the file holds, by what it is.
fn read(options: &cli::Import, kind: Option<&Kind>, config: &Config, known: &Known) -> Result<Import, String> {
    let (name, bytes) = bytes_of(&options.file)?;
    let ending = options.file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_document = !options.issue && WORD.contains(&ending.as_str());
    if options.title.is_some() && !is_document {
        return Err(
            "--title is for a Word document: tables and issues have the titles of their pages in them".to_owned()
        );
    }
    if options.issue {
        return Ok(import::issue(&name, &bytes, kind, known, config));
    }
    if TABLES.contains(&ending.as_str()) {
        let asked = Asked { map: pairs(&options.map)?, body: options.body.clone(), sheet: options.sheet.clone() };
        return import::table(&name, &bytes, kind, &asked, known);
    }
    if is_document {
        let text = |path: &str| fs::read_to_string(config.root.join(path)).ok();
        let bytes_at = |path: &str| fs::read(config.root.join(path)).ok();
        let place = import::Place { base: &config.base_url, text: &text, bytes: &bytes_at };
        let said = import::Said { kind, title: options.title.as_deref() };
        return import::word(&bytes, &name, &place, said, known);
    }
    Err(format!(
        "{name} is nothing that pages can be made of. Import a Word document (.docx), a table (.xlsx, .ods, .csv), or \
         the text of an issue with --issue"
    ))
}

/// The endings of tables and workbooks. That old, binary and flat ones can't be read is said of each.
const TABLES: [&str; 14] =
    ["csv", "tsv", "tab", "xlsx", "xlsm", "xltx", "xltm", "ods", "ots", "xls", "xlt", "xlsb", "fods", "numbers"];

/// The endings of what word processors write. That the old and the locked ones can't be read is said by name.
const WORD: [&str; 5] = ["docx", "docm", "dotx", "dotm", "doc"];

/// Fields and columns, of `title=Name,summary=Text`. A column may have a comma in its name.
fn pairs(given: &[String]) -> Result<Vec<(String, String)>, String> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for given in given {
        let mut first = true;
        for part in given.split(',') {
            match (part.split_once('='), pairs.last_mut().filter(|_| !first)) {
                (Some((field, column)), _) => pairs.push((field.trim().to_owned(), column.trim().to_owned())),
                (None, Some((_, column))) => column.extend([",", part]),
                (None, None) => return Err(format!("--map takes FIELD=COLUMN, and “{part}” has no `=`")),
            }
            first = false;
        }
    }
    Ok(pairs)
}

/// The bytes of a file, and how reports call it.
fn bytes_of(file: &Path) -> Result<(String, Vec<u8>), String> {
    let name = shown(file);
    let failed = |error: std::io::Error| format!("{name} can't be read: {error}");
    let about = fs::metadata(file).map_err(failed)?;
    if !about.is_file() {
        return Err(format!("{name} is no file"));
    }
    if about.len() > LARGEST {
        return Err(format!("{name} has {} MB, and {} is the most that is imported", about.len() >> 20, LARGEST >> 20));
    }
    Ok((name.clone(), fs::read(file).map_err(failed)?))
}

/// Says what becomes of an import, and writes its pages unless it is only tried or something is in the way.
fn place(
    mut import: Import,
    options: &cli::Import,
    global: &Global,
    config: &Config,
    known: &Known,
) -> Result<Status, String> {
    let places = write::places(&mut import, config, known, options.force);
    write::within(&config.root, &import.pages)?;
    config.levels.apply(&mut import.faults, config.strict);
    diagnostic::sort(&mut import.faults);
    if !global.quiet {
        import.notes.iter().for_each(remark);
    }
    let told = Run {
        diagnostics: import.faults,
        texts: Texts::of_sheet(import.texts, import.sheet.as_deref()),
        ..Run::default()
    };
    let status = report::faults(&told, Format::Human);
    if told.has_errors() {
        complain("Nothing was written.");
        return Ok(status);
    }
    if import.pages.is_empty() {
        return Err("there is nothing in it that a page could be made of".to_owned());
    }
    if options.dry_run {
        let texts = import.pages.iter().map(|page| SourceFile { path: page.path.clone(), text: page.text.clone() });
        let trial = pipeline::try_pages(config, &Unseen, texts.collect());
        announce(&import.pages, &places, "Would write", global);
        if let Some(page) = import.pages.first().filter(|_| !global.quiet) {
            sample(page, import.pages.len() > 1);
        }
        return Ok(checked(trial, &import.pages, true));
    }
    write::all(&config.root, &import.pages, &places)?;
    announce(&import.pages, &places, "Wrote", global);
    let status = checked(pipeline::try_pages(config, &Unseen, Vec::new()), &import.pages, false);
    if !global.quiet {
        remark(last_words(&import.pages, status));
    }
    Ok(status)
}

/// How many pages are named in one line.
const NAMED: usize = 10;

/// What is left to do with pages that were written.
fn last_words(pages: &[Page], status: Status) -> String {
    let mut words = "Read each page, write what is missing, and run `casebook check`.".to_owned();
    let (drafts, others): (Vec<&Page>, Vec<&Page>) = pages.iter().partition(|page| page.is_draft());
    if status == Status::Faults {
        words += " Until their errors are mended, the whole site can't be built, even where they are drafts.";
    }
    if !drafts.is_empty() {
        words += " To publish one, delete its line `status: draft`.";
    }
    if !others.is_empty() {
        let named: Vec<&str> = others.iter().take(NAMED).map(|page| page.path.as_str()).collect();
        let more = match others.len().saturating_sub(NAMED) {
            0 => String::new(),
            count => format!(" and {count} more"),
        };
        words += &format!(
            " What is no draft is on the site with the next build, unless it is under embargo: {}{more}.",
            named.join(", ")
        );
    }
    words
}

/// How many new pages are told of, a line each.
const MOST_TOLD: usize = 20;

/// What there is already of each page, by path.
type Places = BTreeMap<String, write::There>;

fn announce(pages: &[Page], there: &Places, verb: &str, global: &Global) {
    if global.quiet {
        return;
    }
    let mut new = 0_usize;
    for page in pages {
        if matches!(there.get(&page.path), None | Some(write::There::None)) {
            new += 1;
            if new > MOST_TOLD {
                continue;
            }
        }
        let (anew, instead) = match there.get(&page.path) {
            Some(write::There::Own) => (" anew", String::new()),
            Some(write::There::Twin(twin)) => {
                (" anew", format!(". {twin} goes, and links to it want `casebook check --fix`"))
            }
            _ => ("", String::new()),
        };
        let files = match page.files.len() {
            0 => String::new(),
            count => format!(" and {} beside it", report::count(count, "file", "files")),
        };
        remark(format_args!("{verb}{anew} {}{files}: {}{instead}", page.path, report::plain(&page.title)));
    }
    if new > MOST_TOLD {
        remark(format_args!("{verb} {} more.", report::count(new - MOST_TOLD, "new page", "new pages")));
    }
    if pages.len() > 1 {
        remark(format_args!("{verb} {}.", report::count(pages.len(), "page", "pages")));
    }
}

/// How many lines of a page are shown before it is written.
const SAMPLE: usize = 60;

/// Shows what a page would be.
fn sample(page: &Page, is_first: bool) {
    remark(if is_first { "\nThe first would be:\n" } else { "\nIt would be:\n" });
    for line in page.text.lines().take(SAMPLE) {
        remark(format!("  {}", report::plain(line)).trim_end());
    }
    if page.text.lines().count() > SAMPLE {
        remark("  ...");
    }
    remark("");
}

/// Tells what `check` says of these pages.
fn checked(mut run: Run, pages: &[Page], dry: bool) -> Status {
    let pages: BTreeMap<&str, &Page> = pages.iter().map(|page| (page.path.as_str(), page)).collect();
    run.diagnostics.retain(|fault| {
        let page = fault.labels().find_map(|label| pages.get(label.path.as_str()));
        // What lies beside a page is not there before it is written.
        let is_to_come = |page: &Page| dry && fault.code == Code::MissingAsset && !page.files.is_empty();
        page.is_some_and(|page| !is_to_come(page))
    });
    report::faults(&run, Format::Human)
}
