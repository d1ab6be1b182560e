//! Reads the theme: the library's own files in `themes/<name>/`, before those of the built-in theme of that name.

use super::read;
use crate::{
    builtin,
    config::Config,
    diagnostic::{Code, Diagnostic},
    model::{StaticFile, Step, ThemeFiles},
    yaml,
};
use std::{borrow::Cow, collections::BTreeMap, fs};
use walkdir::WalkDir;

/// The files of the theme that the library asks for.
pub fn theme(config: &Config) -> (ThemeFiles, Vec<Diagnostic>) {
    let folder = config.root.join("themes").join(&config.theme);
    let mut files: BTreeMap<String, Cow<'static, [u8]>> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    if config.theme == builtin::NAME {
        files.extend(builtin::theme().into_iter().map(|(path, bytes)| (path, Cow::Borrowed(bytes))));
    } else if !folder.is_dir() {
        let message = format!("There is no theme called “{}”", config.theme);
        let help = format!("Make the folder themes/{}, or use `theme: {}`.", config.theme, builtin::NAME);
        let span = yaml::locate(&config.file.text, &[Step::Key("theme".to_owned())]).value;
        diagnostics.push(Diagnostic::new(Code::InvalidSettings, message).at(&config.file.path, span).help(help));
    }
    for entry in WalkDir::new(&folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
        let Some(path) = entry.path().strip_prefix(&folder).ok().and_then(|path| path.to_str()) else { continue };
        let path = path.replace('\\', "/");
        match fs::read(entry.path()) {
            Ok(bytes) => {
                files.insert(path, Cow::Owned(bytes));
            }
            Err(error) => diagnostics.push(read::unreadable(&format!("themes/{}/{path}", config.theme), &error)),
        }
    }
    (sorted(&config.theme, files, &mut diagnostics), diagnostics)
}

/// Puts each file where its folder says.
fn sorted(name: &str, files: BTreeMap<String, Cow<'static, [u8]>>, diagnostics: &mut Vec<Diagnostic>) -> ThemeFiles {
    let mut theme = ThemeFiles::default();
    for (path, bytes) in files {
        let source = format!("themes/{name}/{path}");
        let (folder, inside) = path.split_once('/').unwrap_or(("", &path));
        if folder == "static" {
            theme.statics.push(StaticFile { path: inside.to_owned(), source, bytes });
            continue;
        }
        let is_yaml = path.ends_with(".yaml");
        let place = match folder {
            "" if path == "theme.yaml" => None,
            "kinds" if is_yaml => Some(&mut theme.kinds),
            "components" if is_yaml => Some(&mut theme.components),
            "i18n" if is_yaml => Some(&mut theme.translations),
            "templates" => Some(&mut theme.templates),
            _ => continue,
        };
        match (read::decode(bytes.into_owned(), &source), place) {
            (Ok(file), Some(place)) => place.push(file),
            (Ok(file), None) => theme.manifest = Some(file),
            (Err(diagnostic), _) => diagnostics.push(diagnostic),
        }
    }
    theme
}
