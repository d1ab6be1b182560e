//! What lies in the output folder now, and whether all of it is ours.

use std::{collections::HashMap, fs, io::ErrorKind, path::Path};

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;

use super::{
    destination::Destination,
    failure::{failed, refused},
    in_place,
    manifest::{self, Manifest},
    stamps::Stamp,
};

/// Files that people put into an output folder so that git keeps it. They stay.
pub(super) const PLACEHOLDERS: [&str; 2] = [".gitkeep", ".gitignore"];

/// How many strange files a refusal names.
const NAMED: usize = 5;

/// The site as the last build left it.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Our files, by path in the site.
    pub(super) files: HashMap<String, Stamp>,
    /// Every folder, parents before children.
    pub(super) folders: Vec<String>,
    /// Placeholders to carry over.
    pub(super) placeholders: Vec<String>,
    /// The manifest found there.
    pub(super) manifest: Manifest,
    /// True where there is a folder at all.
    pub(super) exists: bool,
}

#[derive(Default)]
struct Folder {
    files: Vec<(String, Stamp)>,
    folders: Vec<String>,
    strange: Vec<String>,
}

impl Survey {
    /// Looks at every file of the output folder, and refuses if one is not ours.
    pub(super) fn take(destination: &Destination) -> Result<Self, Diagnostic> {
        let site = &destination.site;
        let manifest = Manifest::read(site).map_err(failed("read", &site.join(manifest::NAME)))?;
        let mut survey = Self { manifest, exists: site.exists(), ..Self::default() };
        let mut strange = Vec::new();
        let mut level = if survey.exists { vec![String::new()] } else { Vec::new() };
        while !level.is_empty() {
            // Level by level instead of by recursion: a folder of any depth fits.
            let folders: Vec<Folder> = level.par_iter().map(|path| list(site, path)).collect::<Result<_, _>>()?;
            level.clear();
            for folder in folders {
                strange.extend(folder.strange);
                survey.folders.extend(folder.folders.iter().cloned());
                level.extend(folder.folders);
                for (path, stamp) in folder.files {
                    if survey.manifest.knows(&path) {
                        survey.files.insert(path, stamp);
                    } else if PLACEHOLDERS.contains(&path.as_str()) {
                        survey.placeholders.push(path);
                    } else if path != manifest::NAME {
                        strange.push(path);
                    }
                }
            }
        }
        if strange.is_empty() { Ok(survey) } else { Err(refusal(destination, strange)) }
    }
}

fn list(site: &Path, path: &str) -> Result<Folder, Diagnostic> {
    let absolute = if path.is_empty() { site.to_owned() } else { site.join(path) };
    let mut folder = Folder::default();
    for entry in fs::read_dir(&absolute).map_err(failed("read", &absolute))? {
        let entry = entry.map_err(failed("read", &absolute))?;
        let name = entry.file_name();
        let readable = name.to_str().filter(|name| !name.contains(char::is_control));
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        let kind = entry.file_type().map_err(failed("examined", &entry.path()))?;
        match readable {
            // Left by a build that was killed; the next step clears it away.
            Some(in_place::INCOMING) if path.is_empty() && kind.is_dir() => {}
            Some(name) if kind.is_dir() => folder.folders.push(below(name)),
            Some(name) if kind.is_file() => match entry.metadata() {
                Ok(metadata) => folder.files.push((below(name), Stamp::of(&metadata))),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(failed("examined", &entry.path())(error)),
            },
            // A link or a device is never ours, whatever its name; nor is a name that we would not write.
            _ => folder.strange.push(below(&name.to_string_lossy())),
        }
    }
    Ok(folder)
}

fn refusal(destination: &Destination, mut strange: Vec<String>) -> Diagnostic {
    strange.sort_unstable();
    let more = strange.len().saturating_sub(NAMED);
    strange.truncate(NAMED);
    let names: Vec<_> = strange.iter().map(|name| name.escape_debug().to_string()).collect();
    let mut message =
        format!("{} has files that Casebook did not make: {}", destination.named.display(), names.join(", "));
    if more > 0 {
        message.push_str(&format!(" and {more} more"));
    }
    refused(
        message,
        "Casebook replaces the output folder as a whole and would delete them. Move them elsewhere (files that \
         belong to the site go into content/), or name another output folder.",
    )
}
