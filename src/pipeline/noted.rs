//! What a build leaves for the next one, which has nothing to do where it finds the same.

use super::{Overlaid, Run, Texts, sources::Sources};
use crate::{config::Config, diagnostic::Diagnostic, discover, publish};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::{
    hash::{Hash, Hasher},
    path::Path,
};

/// What a build was made from, and what it said.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Noted {
    /// Of everything that goes into a build, but for the time of day.
    pub(super) fingerprint: String,
    /// The moment of the build, in microseconds since 1970.
    pub(super) made: i64,
    /// True where drafts were shown.
    pub(super) drafts: bool,
    /// When an embargo ends, counted alike: then the site is another.
    pub(super) until: Option<i64>,
    /// How many entries the site has, and how many are not in it.
    pub(super) entries: usize,
    pub(super) hidden: usize,
    /// What there was to say: no errors, or there would be no site.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Noted {
    /// What the last build of this folder left, whoever has touched it since.
    pub(super) fn last(config: &Config, destination: &Path) -> Option<Self> {
        serde_json::from_str(&publish::last_note(&config.root, destination)?).ok()
    }

    /// True where a build at this moment would make the same site, and say the same.
    pub(super) fn holds(&self, fingerprint: &str, config: &Config) -> bool {
        let now = config.now.timestamp().as_microsecond();
        self.fingerprint == fingerprint && self.made <= now && self.until.is_none_or(|until| now < until)
    }

    /// True where that build showed what a build with these settings must not show yet: drafts, or a day to come.
    pub(super) fn showed_more(&self, config: &Config) -> bool {
        let now = config.now.timestamp().as_microsecond();
        self.made > now || (self.drafts && !config.drafts)
    }

    /// The run that would have been.
    pub(super) fn into_run(self, sources: &Sources, config: &Config) -> Run {
        let Self { entries, hidden, diagnostics, .. } = self;
        let overlaid = Overlaid(sources.beside.overlaid.clone());
        let mut texts = Texts::of(sources.texts().chain([config.file.clone()]));
        texts.name(&overlaid);
        Run { entries, hidden, diagnostics, texts, overlaid, ..Run::default() }
    }
}

/// The fingerprint of everything that goes into a build: the files, the settings, the options, the day, and the
/// program itself.
pub(super) fn fingerprint(sources: &Sources, config: &Config, program: &str) -> String {
    let of_page = |page: &std::sync::Arc<crate::model::SourceFile>| digest(&**page);
    let pages: Vec<[u8; 32]> = sources.pages.par_iter().map(of_page).collect();
    let files = |asset: &crate::model::AssetFile| discover::digest(&asset.disk).map(|hash| *hash.as_bytes());
    let assets = sources.beside.assets.par_iter().chain(&sources.beside.editor);
    let files: Vec<Option<[u8; 32]>> = assets.map(files).collect();
    let Sources { pages: _, data, beside, theme, faults, broken: _ } = sources;
    // Of these the debug form says all that there is.
    let rest = format!("{beside:?} {faults:?}");
    let Config { root: _, file, base_url, overlays, now, drafts, strict, downloads, .. } = config;
    let settings = (file, base_url, format!("{overlays:?}"), drafts, strict, downloads);
    let day = (now.date().to_string(), format!("{:?}", now.time_zone()));
    let whole = digest(&(program, (pages, files, data, theme), rest, settings, day));
    blake3::Hash::from_bytes(whole).to_hex().to_string()
}

fn digest(value: &impl Hash) -> [u8; 32] {
    let mut digest = Digest(blake3::Hasher::new());
    value.hash(&mut digest);
    *digest.0.finalize().as_bytes()
}

/// A hasher whose values are never the same by accident.
struct Digest(blake3::Hasher);

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = *self.0.finalize().as_bytes();
        u64::from_le_bytes([a, b, c, d, e, f, g, h])
    }
}
