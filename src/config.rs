//! The settings of a library: `casebook.yaml` in its loose form, then resolved against the command line
//! and the one clock.

mod accessibility;
mod address;
mod editor;
mod limits;
mod overlays;
mod unfilled;

pub use accessibility::{Accessibility, Contact, Issue, Tested};
pub use editor::{Editor, Host};
pub use limits::{Limits, size};
pub use overlays::Overlay;

use crate::{
    diagnostic::{self, Code, Diagnostic, Level, Levels},
    model::{FieldPath, Setting, SourceFile, Span, Step},
    nearest::nearest,
    yaml,
};
use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use serde::Deserialize;
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

/// The file that makes a folder a library.
pub const FILE_NAME: &str = "casebook.yaml";

/// The settings of one run, complete.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder of the library, absolute.
    pub root: PathBuf,
    /// The file that the settings come from, for reports.
    pub file: Arc<SourceFile>,
    /// The name of the site.
    pub title: String,
    /// What the site is, in a sentence.
    pub description: String,
    /// The address of the published site, with a slash at its end.
    pub base_url: String,
    /// The main language.
    pub language: String,
    /// Every language, the main one first.
    pub languages: Vec<String>,
    /// The theme's name.
    pub theme: String,
    /// Folders whose files stand as if they were in `content/`.
    pub overlays: Vec<Overlay>,
    /// Where the source can be changed.
    pub repository: Option<String>,
    /// The branch of the repository that is published.
    pub branch: String,
    /// What becomes of raw HTML in Markdown.
    pub html: RawHtml,
    /// How many entries one page of a listing names.
    pub page_size: usize,
    /// What the navigation names; `None` for all kinds in use, themes and councils.
    pub navigation: Option<Vec<String>>,
    /// The pages that the footer names.
    pub footer: Vec<String>,
    /// The page that says how to send something in.
    pub contribute: Option<String>,
    /// What the library says of its own accessibility.
    pub accessibility: Option<Accessibility>,
    /// The web editor that the site brings along.
    pub editor: Option<Editor>,
    /// How large files may be.
    pub limits: Limits,
    /// How grave each fault is.
    pub levels: Levels,
    /// The one clock: the moment of this build in the library's time zone.
    pub now: Zoned,
    /// True where drafts are shown.
    pub drafts: bool,
    /// True where warnings stop the build.
    pub strict: bool,
    /// True where downloads are made.
    pub downloads: bool,
}

/// What becomes of raw HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// What could run or deceive is taken out.
    #[default]
    Sanitise,
    /// It is shown as text.
    Escape,
    /// It goes into the page as it is.
    Trust,
}

/// What the command line adds to the settings.
#[derive(Clone, Debug)]
pub struct Overrides {
    /// `--base-url`
    pub base_url: Option<String>,
    /// `--now`: a date, a date and time, or a moment with its offset.
    pub now: Option<String>,
    /// `--drafts`
    pub drafts: bool,
    /// `--strict`
    pub strict: bool,
    /// False with `--no-downloads`.
    pub downloads: bool,
}

impl Default for Overrides {
    fn default() -> Self {
        Self { base_url: None, now: None, drafts: false, strict: false, downloads: true }
    }
}

/// `casebook.yaml` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Loose {
    title: String,
    base_url: String,
    #[serde(default)]
    description: String,
    language: Option<String>,
    #[serde(default)]
    languages: Vec<String>,
    theme: Option<String>,
    timezone: Option<String>,
    #[serde(default)]
    content_overlays: Vec<String>,
    repository: Option<String>,
    branch: Option<String>,
    #[serde(default)]
    html: RawHtml,
    page_size: Option<usize>,
    navigation: Option<Vec<String>>,
    #[serde(default)]
    footer: Vec<String>,
    contribute: Option<String>,
    accessibility: Option<accessibility::Loose>,
    editor: Option<editor::Loose>,
    #[serde(default)]
    limits: limits::Loose,
    #[serde(default)]
    levels: BTreeMap<String, LooseLevel>,
    #[serde(default)]
    folders: BTreeMap<String, LooseFolder>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LooseFolder {
    #[serde(default)]
    levels: BTreeMap<String, LooseLevel>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum LooseLevel {
    Error,
    Warning,
    Off,
}

/// The settings of the library at `root`.
///
/// # Errors
/// Every fault in the file, or in what the command line says, as diagnostics.
pub fn resolve(root: PathBuf, file: &SourceFile, overrides: &Overrides) -> Result<Config, Vec<Diagnostic>> {
    let loose: Loose = yaml::typed(&file.text, &["title", "base_url"]).map_err(|fault| {
        let diagnostic = Diagnostic::new(Code::InvalidSettings, fault.message).at(&file.path, fault.span);
        vec![match fault.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }]
    })?;
    let mut faults = Faults { file, diagnostics: Vec::new() };
    let Loose {
        title,
        base_url,
        description,
        language,
        mut languages,
        theme,
        timezone,
        content_overlays,
        repository,
        branch,
        html,
        page_size,
        navigation,
        footer,
        contribute,
        accessibility,
        editor,
        limits,
        levels,
        folders,
    } = loose;

    let zone = time_zone(timezone.as_deref().unwrap_or("Europe/London"), &mut faults);
    let told = clock(overrides.now.as_deref(), &zone, &mut faults);
    let now = told.clone().unwrap_or_else(|| Timestamp::UNIX_EPOCH.to_zoned(zone.clone()));
    let base_url = address::base(base_url, overrides.base_url.as_ref(), &mut faults);
    let theme = theme.unwrap_or_else(|| "civic".to_owned());
    if !is_theme_name(&theme) {
        faults.report(
            "theme",
            "The name of a theme has only letters, digits and hyphens".to_owned(),
            "Name a folder in themes/.",
        );
    }
    let page_size = page_size.unwrap_or(20);
    if page_size == 0 {
        faults.report("page_size", "A page of a listing can't hold 0 entries".to_owned(), "Write a number from 1 up.");
    }
    let language = language.unwrap_or_else(|| "en".to_owned());
    languages.retain(|other| *other != language);
    languages.insert(0, language.clone());
    for wrong in languages.iter().filter(|code| !address::is_language(code)) {
        let key = if *wrong == language { "language" } else { "languages" };
        let message = format!("“{}” is no code of a language", wrong.escape_debug());
        faults.report(key, message, "Write it as BCP 47 has it: en, cy, en-GB.");
    }
    if let Some(url) = repository.as_deref().filter(|url| !address::is_whole(url)) {
        let message = format!("“{}” is not the address of a repository", url.escape_debug());
        faults.report("repository", message, "Write the whole address, such as https://github.com/name/library.");
    }
    let library = named_levels(&["levels"], levels, &mut faults);
    let folders = folders
        .into_iter()
        .map(|(folder, settings)| {
            let inside = folder.trim_matches('/').trim_start_matches("content/");
            (format!("content/{inside}"), named_levels(&["folders", &folder, "levels"], settings.levels, &mut faults))
        })
        .collect();
    let overlays = overlays::resolve(content_overlays, &root, &mut faults);
    // Where nobody knows what day it is, no day is still to come.
    let today = told.map_or(Date::MAX, |now| now.date());
    let accessibility = accessibility.and_then(|loose| accessibility::resolve(loose, today, &mut faults));
    let editor = editor.and_then(|loose| editor::resolve(loose, &root, repository.as_deref(), &mut faults));
    let limits = limits::resolve(limits, &mut faults);
    if !faults.diagnostics.is_empty() {
        diagnostic::sort(&mut faults.diagnostics);
        return Err(faults.diagnostics);
    }
    Ok(Config {
        root,
        file: Arc::new(file.clone()),
        title,
        description,
        base_url,
        language,
        languages,
        theme,
        overlays,
        repository: repository.map(|url| url.trim_end_matches('/').to_owned()),
        branch: branch.unwrap_or_else(|| "main".to_owned()),
        html,
        page_size,
        navigation,
        footer,
        contribute,
        accessibility,
        editor,
        limits,
        levels: Levels { library, folders },
        now,
        drafts: overrides.drafts,
        strict: overrides.strict,
        downloads: overrides.downloads,
    })
}

impl Config {
    /// True where both ask for the same site, as far as they can tell: no day has passed between their moments.
    pub fn asks_for_the_same(&self, other: &Self) -> bool {
        (&self.root, &self.file, &self.base_url, &self.overlays)
            == (&other.root, &other.file, &other.base_url, &other.overlays)
            && (self.drafts, self.strict, self.downloads) == (other.drafts, other.strict, other.downloads)
            && self.now.date() == other.now.date()
            && self.now.time_zone() == other.now.time_zone()
    }

    /// The path of the site on its host, with slashes at both ends: `/`, or `/casebook/`.
    pub fn prefix(&self) -> &str {
        let after_scheme = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
        after_scheme.find('/').and_then(|at| after_scheme.get(at..)).unwrap_or("/")
    }

    /// True where the library has a part of the settings that it may leave out.
    pub fn has(&self, setting: Setting) -> bool {
        match setting {
            Setting::Accessibility => self.accessibility.is_some(),
        }
    }

    /// The address on the host of a path in the site: `/themes/` becomes `/casebook/themes/`.
    pub fn href(&self, path: &str) -> String {
        format!("{}{}", self.prefix(), path.trim_start_matches('/'))
    }

    /// The whole address of a path in the site.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}", self.base_url, path.trim_start_matches('/'))
    }
}

/// True for what can be the name of a theme: that of a folder, and no way to another.
pub fn is_theme_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
}

/// The way to a setting.
fn keys(names: &[&str]) -> FieldPath {
    names.iter().map(|name| Step::Key((*name).to_owned())).collect()
}

/// Faults of the settings file, each at its key.
struct Faults<'a> {
    file: &'a SourceFile,
    diagnostics: Vec<Diagnostic>,
}

impl Faults<'_> {
    fn report(&mut self, key: &str, message: String, help: &str) {
        let span = yaml::locate(&self.file.text, &keys(&[key])).value;
        self.report_at(span, message, help);
    }

    fn report_path(&mut self, path: &FieldPath, code: Code, message: String, help: &str) {
        let span = yaml::locate(&self.file.text, path).value.first_line(&self.file.text);
        self.diagnostics.push(Diagnostic::new(code, message).at(&self.file.path, span).help(help));
    }

    fn report_at(&mut self, span: Span, message: String, help: &str) {
        self.diagnostics.push(Diagnostic::new(Code::InvalidSettings, message).at(&self.file.path, span).help(help));
    }
}

fn time_zone(name: &str, faults: &mut Faults) -> TimeZone {
    TimeZone::get(name).unwrap_or_else(|_| {
        let message = format!("There is no time zone called “{name}”");
        faults.report("timezone", message, "Write a name such as Europe/London.");
        TimeZone::UTC
    })
}

/// The one clock: `--now`, then SOURCE_DATE_EPOCH, then the system. Nothing where the first that is given is no time.
///
/// SOURCE_DATE_EPOCH is the convention of reproducible-builds.org: seconds since 1970.
#[allow(clippy::disallowed_methods, reason = "this is the one clock")]
fn clock(now: Option<&str>, zone: &TimeZone, faults: &mut Faults) -> Option<Zoned> {
    let Some(text) = now else {
        let epoch = std::env::var_os("SOURCE_DATE_EPOCH").filter(|epoch| !epoch.is_empty());
        let Some(epoch) = epoch else { return Some(Timestamp::now().to_zoned(zone.clone())) };
        let moment = epoch.to_str().and_then(|seconds| Timestamp::from_second(seconds.parse().ok()?).ok());
        if moment.is_none() {
            let message = format!("SOURCE_DATE_EPOCH “{}” is no number of seconds since 1970", epoch.display());
            let help = "Write the number that `git log -1 --format=%ct` gives, or unset the variable.";
            faults.diagnostics.push(Diagnostic::new(Code::InvalidSettings, message).help(help));
        }
        return moment.map(|moment| moment.to_zoned(zone.clone()));
    };
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.to_zoned(zone.clone()));
    }
    let civil = text.parse::<jiff::civil::DateTime>();
    let moment = civil.and_then(|civil| civil.to_zoned(zone.clone())).ok();
    if moment.is_none() {
        faults.diagnostics.push(
            Diagnostic::new(Code::InvalidSettings, format!("--now “{text}” is no date or time"))
                .help("Write a date such as 2027-10-25 or a time such as 2027-10-25T09:00."),
        );
    }
    moment
}

/// The levels that stand at `path`, by code.
fn named_levels(path: &[&str], loose: BTreeMap<String, LooseLevel>, faults: &mut Faults) -> BTreeMap<Code, Level> {
    let mut levels = BTreeMap::new();
    for (name, level) in loose {
        let level = match level {
            LooseLevel::Error => Level::Error,
            LooseLevel::Warning => Level::Warning,
            LooseLevel::Off => Level::Off,
        };
        let (message, help) = match Code::find(&name) {
            None => {
                let near = nearest(&name, diagnostic::rules().iter().map(|rule| rule.name));
                let help = near
                    .map_or("`casebook explain` lists them all.".to_owned(), |near| format!("Did you mean `{near}`?"));
                (format!("There is no fault called “{name}”"), help)
            }
            Some(code) if code.rule().fixed => {
                let help = "This fault breaks the site, so it always stops the build.".to_owned();
                (format!("The level of “{name}” can't be changed"), help)
            }
            Some(code) => {
                levels.insert(code, level);
                continue;
            }
        };
        let span = yaml::locate(&faults.file.text, &keys(&[path, &[&name]].concat())).key;
        faults.report_at(span, message, &help);
    }
    levels
}
