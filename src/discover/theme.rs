//! Reads the theme and those that it extends: of each the library's own files in `themes/<name>/`, before those of
//! the built-in theme of that name.

use super::{layer::Layer, read};
use crate::{
    builtin,
    config::{Config, is_theme_name},
    diagnostic::{Code, Diagnostic},
    model::{SourceFile, StaticFile, Step, ThemeFiles, Unsaved},
    nearest::nearest,
    yaml,
};
use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Where the library's own themes lie.
const FOLDER: &str = "themes";

type Bytes = Cow<'static, [u8]>;

/// The bytes of a theme's files, by their path there.
type Files = BTreeMap<String, Bytes>;

/// The file that says what a theme is and which one it extends.
const MANIFEST: &str = "theme.yaml";

/// The files of the theme that the library asks for, and of those that it extends. What is unsaved stands before what
/// is on the disk.
pub fn theme(config: &Config, unsaved: &Unsaved) -> (ThemeFiles, Vec<Diagnostic>) {
    let themes = config.root.join(FOLDER);
    let mut diagnostics = Vec::new();
    let themes = Themes { real: fs::canonicalize(&config.root).ok().map(|root| root.join(FOLDER)), folder: themes };
    if !themes.has(&config.theme) {
        let message = format!("There is no theme called “{}”", config.theme);
        let help = format!("Make the folder themes/{}, or use `theme: {}`.", config.theme, builtin::NAME);
        let span = yaml::locate(&config.file.text, &[Step::Key("theme".to_owned())]).value;
        diagnostics.push(Diagnostic::new(Code::InvalidSettings, message).at(&config.file.path, span).help(help));
    }
    let mut chain: Vec<(String, Files)> = Vec::new();
    let mut next = Some(config.theme.clone());
    while let Some(name) = next {
        let files = files(&themes, &name, unsaved, &mut diagnostics);
        chain.push((name, files));
        next = parent(&themes, &chain, &mut diagnostics);
    }
    // Nothing is published with a theme that is not there. Another stands in for it, so that its one fault is not
    // buried under those of all that it would have had.
    if diagnostics.iter().any(Diagnostic::is_error) && chain.iter().all(|(name, _)| name != builtin::NAME) {
        let stand_in = files(&themes, builtin::NAME, unsaved, &mut diagnostics);
        chain.push((builtin::NAME.to_owned(), stand_in));
    }
    (sorted(chain, &mut diagnostics), diagnostics)
}

/// The folder of the library's own themes.
struct Themes {
    folder: PathBuf,
    /// The same without symbolic links.
    real: Option<PathBuf>,
}

impl Themes {
    /// True for a theme of the library, or the one that the program carries.
    fn has(&self, name: &str) -> bool {
        let folder = self.folder.join(name);
        name == builtin::NAME || (folder.is_dir() && self.layer(&folder, &source(name, "")).holds(&folder))
    }

    fn layer<'a>(&self, disk: &'a Path, shown: &'a str) -> Layer<'a> {
        Layer { disk, real: self.real.clone(), shown: shown.trim_end_matches('/') }
    }

    /// The names of all themes, sorted.
    fn known(&self) -> Vec<String> {
        let folders = fs::read_dir(&self.folder).into_iter().flatten().flatten().filter(|entry| entry.path().is_dir());
        let mut names: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.push(builtin::NAME.to_owned());
        names.sort();
        names.dedup();
        names
    }
}

/// The theme that the last of a chain extends, if it is one that can be extended.
fn parent(themes: &Themes, chain: &[(String, Files)], diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let (name, files) = chain.last()?;
    let text = String::from_utf8_lossy(files.get(MANIFEST)?);
    // What is no YAML, or no name, is reported by the parser, which reads the whole of it.
    let wanted = yaml::parse(&text).ok()?.get("extends")?.as_str()?.to_owned();
    let passed = chain.iter().position(|(known, _)| *known == wanted);
    if is_theme_name(&wanted) && themes.has(&wanted) && passed.is_none() {
        return Some(wanted);
    }
    let (message, help) = match passed {
        Some(start) => {
            let names = chain.get(start..).unwrap_or_default().iter().map(|(name, _)| name.as_str());
            let round: Vec<&str> = names.chain([wanted.as_str()]).collect();
            (
                format!("This theme extends itself: {}", round.join(" → ")),
                "Take `extends` out of one of them.".to_owned(),
            )
        }
        None => {
            let known = themes.known();
            let near = nearest(&wanted, known.iter().map(String::as_str).filter(|other| other != name));
            let help = match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Name a folder in themes/, or write `extends: {}`.", builtin::NAME),
            };
            (format!("There is no theme called “{wanted}” to extend"), help)
        }
    };
    let span = yaml::locate(&text, &[Step::Key("extends".to_owned())]).value;
    let fault = Diagnostic::new(Code::InvalidThemeFile, message);
    diagnostics.push(fault.at(source(name, MANIFEST), span).help(help));
    None
}

/// The files of one theme.
fn files(themes: &Themes, name: &str, unsaved: &Unsaved, diagnostics: &mut Vec<Diagnostic>) -> Files {
    let mut files = Files::new();
    if name == builtin::NAME {
        files.extend(builtin::theme().into_iter().map(|(path, bytes)| (path, Cow::Borrowed(bytes))));
    }
    let (folder, shown) = (themes.folder.join(name), source(name, ""));
    if fs::symlink_metadata(&folder).is_err() {
        return files;
    }
    let (found, faults) = themes.layer(&folder, &shown).files();
    diagnostics.extend(faults);
    for (disk, path) in found {
        if let Some(text) = unsaved.get(&source(name, &path)) {
            files.insert(path, Cow::Owned(text.as_bytes().to_vec()));
            continue;
        }
        match fs::read(&disk) {
            Ok(bytes) => {
                files.insert(path, Cow::Owned(bytes));
            }
            Err(error) => diagnostics.push(read::unreadable(&source(name, &path), &error)),
        }
    }
    files
}

/// The path of a theme's file from the root.
fn source(theme: &str, path: &str) -> String {
    format!("{FOLDER}/{theme}/{path}")
}

/// Puts each file where its folder says. A file of a theme stands before those of the same path in the themes that it
/// extends; where both count, they follow each other, the nearest first.
fn sorted(chain: Vec<(String, Files)>, diagnostics: &mut Vec<Diagnostic>) -> ThemeFiles {
    let mut theme = ThemeFiles { names: chain.iter().map(|(name, _)| name.clone()).collect(), ..ThemeFiles::default() };
    let mut by_path: BTreeMap<String, Vec<(String, Bytes)>> = BTreeMap::new();
    for (name, files) in chain {
        for (path, bytes) in files {
            by_path.entry(path).or_default().push((name.clone(), bytes));
        }
    }
    for (path, files) in by_path {
        for (depth, (name, bytes)) in files.into_iter().enumerate() {
            let source = source(&name, &path);
            if let Some(inside) = path.strip_prefix("static/").filter(|_| theme.names.first() != Some(&name))
                && inside.ends_with(".css")
            {
                let sheet = StaticFile { path: inside.to_owned(), source: source.clone(), bytes: bytes.clone() };
                theme.inherited.push((name, sheet));
            }
            if depth == 0 || is_joined(&path) {
                diagnostics.extend(place(&mut theme, &path, source, bytes));
            }
        }
    }
    theme
}

/// True for a file that does not take the place of the same one in a theme further up: both are read.
fn is_joined(path: &str) -> bool {
    path == MANIFEST
        || path == "kinds/_every.yaml"
        || ["templates/", "i18n/", "advice/"].iter().any(|folder| path.starts_with(folder))
}

/// Puts a file where its folder says, or says why it can't be read.
fn place(theme: &mut ThemeFiles, path: &str, source: String, bytes: Cow<'static, [u8]>) -> Option<Diagnostic> {
    let (folder, inside) = path.split_once('/').unwrap_or(("", path));
    if let Some(files) = match folder {
        "static" => Some(&mut theme.statics),
        "pdf" => Some(&mut theme.pdf),
        _ => None,
    } {
        files.push(StaticFile { path: inside.to_owned(), source, bytes });
        return None;
    }
    let is_yaml = path.ends_with(".yaml");
    let list: &mut Vec<SourceFile> = match folder {
        "" if path == MANIFEST => &mut theme.manifests,
        "kinds" if is_yaml => &mut theme.kinds,
        "components" if is_yaml => &mut theme.components,
        "i18n" if is_yaml => &mut theme.translations,
        "advice" if is_yaml => &mut theme.advice,
        "templates" => &mut theme.templates,
        _ => return None,
    };
    match read::decode(bytes.into_owned(), &source) {
        Ok(file) => {
            list.push(file);
            None
        }
        Err(unread) => {
            let (fault, file) = unread.shown_at(&source);
            theme.broken.extend(file);
            Some(fault)
        }
    }
}
