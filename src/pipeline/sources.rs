//! The files of a library and its theme, and what has become of them since they were last read.

use crate::{
    config::Config,
    diagnostic::Diagnostic,
    discover,
    model::{AssetFile, Changed, SourceFile, StaticFile, ThemeFiles, Unsaved},
};
use std::{collections::BTreeMap, path::Path, sync::Arc};

/// Where themes lie.
const THEMES: &str = "themes";

/// Everything that discover found. A file that has not changed is the very one that was read before.
#[derive(Debug)]
pub(super) struct Sources {
    /// Pages, by path.
    pub(super) pages: Vec<Arc<SourceFile>>,
    pub(super) data: Vec<Arc<SourceFile>>,
    /// What lies beside the pages, and where: as long as it is the very same, no page was added, taken away or moved.
    pub(super) beside: Arc<Beside>,
    pub(super) theme: Arc<ThemeFiles>,
    pub(super) faults: Vec<Diagnostic>,
    /// What can be shown of files that can't be read.
    pub(super) broken: Vec<Arc<SourceFile>>,
}

/// What a library has beside the texts of its pages.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Beside {
    pub(super) paths: Vec<String>,
    pub(super) assets: Arc<Vec<AssetFile>>,
    pub(super) unread: Vec<String>,
    /// The files of the web editor.
    pub(super) editor: Vec<AssetFile>,
    pub(super) overlaid: BTreeMap<String, String>,
}

impl Sources {
    /// The files as they are now. What is unsaved stands before what is there.
    pub(super) fn read(before: Option<Self>, config: &Config, changed: &Changed, unsaved: &Unsaved) -> Self {
        match (before, changed) {
            (Some(before), Changed::Paths(paths)) => match before.again(config, paths, unsaved) {
                Ok(sources) => sources,
                Err(before) => Self::walk(Some(before), config, unsaved),
            },
            (before, _) => Self::walk(before, config, unsaved),
        }
    }

    /// The same files, of which these pages were written anew, or files of the theme; all of them given back where it is
    /// not as simple as that.
    fn again(mut self, config: &Config, paths: &[std::path::PathBuf], unsaved: &Unsaved) -> Result<Self, Self> {
        // A change may mend what was wrong with other files: two that had one place.
        if !self.faults.is_empty() {
            return Err(self);
        }
        let mut read = Vec::new();
        let (of_theme, of_pages): (Vec<_>, Vec<_>) = paths.iter().partition(|path| path.starts_with(THEMES));
        for path in of_pages {
            let Some(place) = self.place(path) else { return Err(self) };
            let Some(file) = self.pages.get(place).and_then(|page| discover::page(config, &page.path, unsaved)) else {
                return Err(self);
            };
            read.push((place, file));
        }
        if !of_theme.is_empty() {
            let (theme, faults) = discover::theme(config, unsaved);
            if !faults.is_empty() {
                return Err(self);
            }
            self.theme = one_of(self.theme, theme);
        }
        for (place, file) in read {
            if let Some(page) = self.pages.get_mut(place).filter(|page| page.text != file.text) {
                *page = Arc::new(file);
            }
        }
        Ok(self)
    }

    /// The place of a page that lies in the library itself.
    fn place(&self, path: &Path) -> Option<usize> {
        let path = path.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
        let place = self.pages.binary_search_by(|page| page.path.as_str().cmp(&path)).ok()?;
        (!self.beside.overlaid.contains_key(&path)).then_some(place)
    }

    fn walk(before: Option<Self>, config: &Config, unsaved: &Unsaved) -> Self {
        let (content, mut faults) = discover::content(config, unsaved);
        let (theme, found) = discover::theme(config, unsaved);
        faults.extend(found);
        let (editor, found) = discover::editor(config);
        faults.extend(found);
        let paths = content.pages.iter().map(|page| page.path.clone()).collect();
        let discover::Content { assets, unread, overlaid, .. } = content;
        let beside = Beside { paths, assets: Arc::new(assets), unread, editor, overlaid };
        let broken = content.broken.into_iter().map(Arc::new).collect();
        let Some(before) = before else {
            let shared = |files: Vec<SourceFile>| files.into_iter().map(Arc::new).collect();
            return Self {
                pages: shared(content.pages),
                data: shared(content.data),
                beside: Arc::new(beside),
                theme: Arc::new(theme),
                faults,
                broken,
            };
        };
        Self {
            pages: kept(&before.pages, content.pages),
            data: kept(&before.data, content.data),
            beside: one_of(before.beside, beside),
            theme: one_of(before.theme, theme),
            faults,
            broken,
        }
    }

    /// Every text that a fault may be in.
    pub(super) fn texts(&self) -> impl Iterator<Item = Arc<SourceFile>> {
        self.pages.iter().chain(&self.data).chain(&self.broken).cloned().chain(texts(&self.theme))
    }
}

/// What was there before, where it is the same.
fn one_of<T: PartialEq>(before: Arc<T>, now: T) -> Arc<T> {
    if *before == now { before } else { Arc::new(now) }
}

/// The files as they are now, those that have not changed as they were; both sorted by path.
fn kept(before: &[Arc<SourceFile>], now: Vec<SourceFile>) -> Vec<Arc<SourceFile>> {
    let same = |file: &SourceFile| {
        let place = before.binary_search_by(|known| known.path.cmp(&file.path)).ok()?;
        before.get(place).filter(|known| known.text == file.text).cloned()
    };
    now.into_iter().map(|file| same(&file).unwrap_or_else(|| Arc::new(file))).collect()
}

/// The texts of a theme that faults may be in.
fn texts(theme: &ThemeFiles) -> impl Iterator<Item = Arc<SourceFile>> {
    let ThemeFiles {
        names: _,
        manifests,
        kinds,
        components,
        templates,
        translations,
        advice,
        broken,
        statics,
        pdf,
        inherited,
    } = theme;
    let sheets = inherited.iter().map(|(_, sheet)| sheet);
    let is_script = |file: &&StaticFile| [".css", ".js", ".typ"].iter().any(|ending| file.path.ends_with(ending));
    let scripts = statics.iter().chain(pdf).chain(sheets).filter(is_script);
    let scripts = scripts
        .map(|file| SourceFile { path: file.source.clone(), text: String::from_utf8_lossy(&file.bytes).into_owned() });
    let files: Vec<Arc<SourceFile>> = [manifests, kinds, components, templates, translations, advice, broken]
        .into_iter()
        .flatten()
        .cloned()
        .chain(scripts)
        .map(Arc::new)
        .collect();
    files.into_iter()
}
