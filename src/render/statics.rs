//! The files that a theme serves: style sheets and scripts minified and named after their contents, the rest as is.

use super::{
    addresses,
    minify::{self, Sheets},
};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{Position, Span, StaticFile, Theme},
};
use rayon::prelude::*;
use std::{collections::HashMap, sync::Arc};

/// The folder of the site that they are served from.
const FOLDER: &str = "/assets/";

/// How many characters of its hash stand in a file's name.
const HASH_LENGTH: usize = 8;

/// A file that the theme serves, ready.
#[derive(Clone, Debug)]
pub struct Static {
    /// Its path in the site: `/assets/css/site.1a2b3c4d.css`.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// The files that a theme serves.
#[derive(Debug, Default)]
pub struct Statics {
    /// By place in the theme; none for a part of a style sheet, which is in the sheets that import it.
    files: Vec<Option<Static>>,
    /// The path of each in the site, by its path below `static/`.
    paths: HashMap<String, String>,
}

impl Statics {
    /// The files of a theme. One that can't be minified stays as it is, and is reported.
    pub fn new(theme: &Theme) -> (Self, Vec<Diagnostic>) {
        let is_sheet = |file: &&StaticFile| file.path.ends_with(".css");
        let sheets = theme.statics.iter().filter(is_sheet);
        let mut sheets: Sheets = sheets.filter_map(|file| Some((file.path.as_str(), file.text()?))).collect();
        for (theme, file) in &theme.inherited {
            sheets.inherit(theme, &file.path, file.text().unwrap_or_default());
        }
        let made: Vec<_> = theme.statics.par_iter().map(|file| ready(file, &sheets)).collect();
        let (files, faults): (Vec<Option<Static>>, Vec<Option<minify::Fault>>) = made.into_iter().unzip();
        // A fault in a part is a fault of every sheet that imports it, and told once.
        let mut told: Vec<minify::Fault> = Vec::new();
        for fault in faults.into_iter().flatten() {
            if !told.contains(&fault) {
                told.push(fault);
            }
        }
        let diagnostics = told.iter().map(|fault| diagnostic(theme, fault)).collect();
        let served = theme.statics.iter().zip(&files).filter_map(|(file, ready)| Some((file, ready.as_ref()?)));
        let paths = served.map(|(file, ready)| (file.path.clone(), addresses::of_file(&ready.path))).collect();
        (Self { files, paths }, diagnostics)
    }

    /// The file at this place in the theme.
    pub fn get(&self, place: usize) -> Option<&Static> {
        self.files.get(place)?.as_ref()
    }

    /// The site path of a file, as an address, by its path below `static/`.
    pub fn path(&self, file: &str) -> Option<&str> {
        self.paths.get(file).map(String::as_str)
    }

    /// The paths below `static/`.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.paths.keys().map(String::as_str)
    }
}

fn ready(file: &StaticFile, sheets: &Sheets<'_>) -> (Option<Static>, Option<minify::Fault>) {
    if is_part(&file.path) {
        return (None, None);
    }
    let Some(minified) = minified(file, sheets) else {
        return (Some(Static { path: format!("{FOLDER}{}", file.path), bytes: Arc::from(&*file.bytes) }), None);
    };
    let (bytes, fault) = match minified {
        Ok(text) => (Arc::from(text.into_bytes()), None),
        Err(fault) => (Arc::from(&*file.bytes), Some(fault)),
    };
    (Some(Static { path: fingerprinted(&file.path, &bytes), bytes }), fault)
}

/// A style sheet or a script without what only its authors need; nothing for a file of another sort.
fn minified(file: &StaticFile, sheets: &Sheets<'_>) -> Option<Result<String, minify::Fault>> {
    let text = || file.text().ok_or_else(|| minify::Fault::of_encoding(&file.path));
    match file.path.rsplit_once('.')?.1 {
        "css" => Some(text().and_then(|_| minify::css(&file.path, sheets))),
        "js" | "mjs" | "cjs" => Some(text().and_then(|text| minify::js(&file.path, text))),
        _ => None,
    }
}

/// True for a style sheet that is there to be imported: `css/_lists.css`.
fn is_part(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('_') && name.ends_with(".css")
}

fn fingerprinted(path: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let short = hash.get(..HASH_LENGTH).unwrap_or_default();
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    format!("{FOLDER}{stem}.{short}.{ending}")
}

fn diagnostic(theme: &Theme, fault: &minify::Fault) -> Diagnostic {
    let inherited = || theme.inherited.iter().find(|(theme, file)| fault.path == format!("{theme}/{}", file.path));
    let file = theme.statics.iter().find(|file| file.path == fault.path);
    let file = file.or_else(|| inherited().map(|(_, file)| file));
    let text = file.map(|file| String::from_utf8_lossy(&file.bytes)).unwrap_or_default();
    let source = file.map_or(fault.path.as_str(), |file| &file.source);
    let at = Position { line: fault.line, column: fault.column }.offset(&text);
    let message = match fault.message.as_str() {
        "" => format!("{} can't be read", fault.path),
        reason => format!("{} can't be read: {reason}", fault.path),
    };
    Diagnostic::new(Code::InvalidThemeFile, message)
        .at(source, Span::at(at))
        .help("Mend the style sheet or script at this place; what stands just before it may be to blame.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(files: &[(&str, &'static str)]) -> Theme {
        let file = |(path, text): &(&str, &'static str)| StaticFile {
            path: (*path).to_owned(),
            source: format!("themes/x/static/{path}"),
            bytes: std::borrow::Cow::Borrowed(text.as_bytes()),
        };
        Theme { statics: files.iter().map(file).collect(), ..Theme::default() }
    }

    #[test]
    fn style_sheets_and_scripts_are_minified_and_named_after_their_bytes() {
        let (statics, faults) =
            Statics::new(&theme(&[("css/site.css", "a { color: red }\n"), ("font x.woff2", "bytes")]));
        assert!(faults.is_empty());
        let sheet = statics.get(0).unwrap();
        assert_eq!(&*sheet.bytes, b"a{color:red}");
        let hash = blake3::hash(b"a{color:red}").to_hex();
        assert_eq!(sheet.path, format!("/assets/css/site.{}.css", &hash[..8]));
        assert_eq!(statics.path("css/site.css"), Some(sheet.path.as_str()));
        assert_eq!(statics.get(1).unwrap().path, "/assets/font x.woff2");
        assert_eq!(statics.path("font x.woff2"), Some("/assets/font%20x.woff2"));
        assert_eq!(statics.path("css/none.css"), None);
    }

    #[test]
    fn a_fault_is_reported_at_its_place_and_the_file_stays() {
        let (statics, faults) = Statics::new(&theme(&[("a.js", "let a = 1;\nlet = ;\n")]));
        assert_eq!(faults[0].code, Code::InvalidThemeFile);
        let place = faults[0].place.as_ref().unwrap();
        assert_eq!(place.path, "themes/x/static/a.js");
        assert!(place.span.start > "let a = 1;".len(), "{place:?}");
        assert_eq!(&*statics.get(0).unwrap().bytes, b"let a = 1;\nlet = ;\n");
    }
}
