//! The web editor that the site brings along.

use super::{Faults, address, keys, overlays};
use crate::{
    diagnostic::Code,
    editors::decap,
    model::{FieldPath, Step},
    nearest::nearest,
};
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor, value::MapAccessDeserializer},
};
use std::{collections::BTreeMap, fmt, path::Path, path::PathBuf};

/// A web editor, and whom it asks for the files of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    /// The folder of its files, from the root, with `/` between its parts.
    pub folder: String,
    /// Where that lies.
    pub disk: PathBuf,
    /// Who keeps the library.
    pub host: Host,
    /// The address of the host: `https://github.com`.
    pub site: String,
    /// The library's name there: `name/library`.
    pub repository: String,
    /// True where people who may not write to the library can propose pages: theirs go through a copy of their own.
    pub open: bool,
    /// How people sign in, in the editor's own words: `base_url`, `app_id`.
    pub auth: BTreeMap<String, String>,
}

/// Who keeps a library and knows who may change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Host {
    /// GitHub
    GitHub,
    /// GitLab
    GitLab,
}

impl Host {
    /// The host's name in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
        }
    }
}

/// What `auth` may say: the words of the editor's own settings.
const AUTH: [&str; 7] = ["base_url", "auth_endpoint", "auth_type", "auth_scope", "app_id", "api_root", "site_domain"];

/// Those of them that are addresses.
const ADDRESSES: [&str; 2] = ["base_url", "api_root"];

/// What `auth_scope` may be: how much of somebody's repositories they let the editor have.
const SCOPES: [&str; 2] = ["public_repo", "repo"];

/// `editor:` as it is written: `decap`, or the keys below.
#[derive(Debug)]
pub(super) struct Loose {
    name: String,
    rest: Rest,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rest {
    name: Option<String>,
    files: Option<String>,
    host: Option<Host>,
    open: Option<bool>,
    #[serde(default)]
    auth: BTreeMap<String, String>,
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Loose;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of an editor, or keys such as `name` and `files`")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Loose, E> {
                Ok(Loose { name: name.to_owned(), rest: Rest::default() })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Loose, A::Error> {
                let rest = Rest::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Loose { name: rest.name.clone().unwrap_or_else(|| decap::NAME.to_owned()), rest })
            }
        }

        deserializer.deserialize_any(Either)
    }
}

/// The editor that the settings ask for.
pub(super) fn resolve(loose: Loose, root: &Path, repository: Option<&str>, faults: &mut Faults<'_>) -> Option<Editor> {
    let Loose { name, rest: Rest { name: _, files, host, open, auth } } = loose;
    let before = faults.diagnostics.len();
    if name != decap::NAME {
        let help = format!("Write `editor: {}`: it is the one that Casebook knows.", decap::NAME);
        report(faults, &["name"], format!("There is no web editor called “{}”", name.escape_debug()), &help);
    }
    let folder = files.unwrap_or_else(|| format!("editor/decap-cms-{}", decap::VERSION));
    let place = place(&folder, root).map_err(|(message, help)| report(faults, &["files"], message, help));
    let found = library(repository, host).map_err(|(key, message, help)| match key {
        Some(key) => faults.report(key, message, help),
        None => report(faults, &[], message, help),
    });
    for (key, value) in &auth {
        if !AUTH.contains(&key.as_str()) {
            let help = match nearest(key, AUTH) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("The keys are: {}.", AUTH.join(", ")),
            };
            report(faults, &["auth", key], format!("There is no setting called “{key}”"), &help);
        } else if ADDRESSES.contains(&key.as_str()) && !address::is_whole(value) {
            let message = format!("“{}” is no whole address", value.escape_debug());
            report(faults, &["auth", key], message, "Write it from https:// on, such as https://sign-in.example.org.");
        } else if key == "auth_scope" && !SCOPES.contains(&value.as_str()) {
            let help = "Write `public_repo`, or `repo` where the library itself is private.";
            report(faults, &["auth", key], format!("There is no scope called “{}”", value.escape_debug()), help);
        }
    }
    let (Ok((folder, disk)), Ok((host, site, repository))) = (place, found) else { return None };
    if open == Some(true) && host != Host::GitHub {
        let help = "Delete this line: only on GitHub does the editor make a copy for whoever may not write.";
        report(faults, &["open"], "“open” is for libraries on GitHub".to_owned(), help);
    }
    let open = open.unwrap_or(host == Host::GitHub);
    (faults.diagnostics.len() == before).then_some(Editor { folder, disk, host, site, repository, open, auth })
}

/// The folder of the editor's files: its path from the root, and where it lies.
fn place(written: &str, root: &Path) -> Result<(String, PathBuf), (String, &'static str)> {
    let (folder, disk) = overlays::folder(written, root).ok_or_else(|| {
        let help = "Write the way from casebook.yaml to the folder, such as editor/decap-cms.";
        (format!("“{}” is not the path of a folder from here", written.escape_debug()), help)
    })?;
    let own = ["content", "public", "themes", ".casebook"].map(|own| root.join(own));
    if disk == root || own.iter().any(|own| disk.starts_with(own)) {
        let message = format!("The folder “{written}” is one that Casebook keeps for itself");
        return Err((message, "Name a folder of its own beside content/, such as editor/decap-cms."));
    }
    Ok((folder, disk))
}

type Lost = (Option<&'static str>, String, &'static str);

/// Who keeps the library, at which address, and what it is called there.
fn library(repository: Option<&str>, asked: Option<Host>) -> Result<(Host, String, String), Lost> {
    let url = repository.ok_or_else(|| {
        let message = "The web editor has to know where the library is kept".to_owned();
        (None, message, "Add a line such as `repository: https://github.com/name/library`.")
    })?;
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let (domain, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = asked.or(match domain {
        "github.com" | "www.github.com" => Some(Host::GitHub),
        _ if domain.contains("gitlab") => Some(Host::GitLab),
        _ => None,
    });
    let host = host.ok_or_else(|| {
        let message = format!("Nobody can tell whether {domain} is GitHub or GitLab");
        (None, message, "Add a line `host: github` or `host: gitlab` below `editor:`.")
    })?;
    let path = path.trim_end_matches('/').trim_end_matches(".git");
    if path.split('/').filter(|part| !part.is_empty()).count() < 2 {
        let message = format!("“{url}” names no library, so the web editor can't ask for its files");
        let help = "Write the whole address of the library, such as https://github.com/name/library.";
        return Err((Some("repository"), message, help));
    }
    Ok((host, format!("{scheme}://{domain}"), path.to_owned()))
}

fn report(faults: &mut Faults<'_>, names: &[&str], message: String, help: &str) {
    let mut path: FieldPath = keys(&["editor"]);
    path.extend(names.iter().map(|name| Step::Key((*name).to_owned())));
    faults.report_path(&path, Code::InvalidSettings, message, help);
}
