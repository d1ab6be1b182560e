//! What Typst can reach while a document is set: the fonts, the theme's files, and the paper.

use super::setting::Setting;
use std::sync::LazyLock;
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult, PackageError},
    foundations::{Bytes, Datetime, Dict, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// Stands for the Markdown file of whichever paper is set.
///
/// There are few ids in a process and many papers, so all share one. It differs from that of any theme's file.
pub(super) static PAPER: LazyLock<Option<FileId>> = LazyLock::new(|| Some(FileId::unique(rooted("paper.md")?)));

/// The file of one run of Typst.
pub(super) struct Desk<'a> {
    setting: &'a Setting,
    library: LazyHash<Library>,
    main: FileId,
}

impl<'a> Desk<'a> {
    /// Sets `inputs` by the theme's file for a template or else by the one for all.
    pub(super) fn new(setting: &'a Setting, inputs: Dict, template: &str) -> Result<Self, String> {
        let own = setting.file(&format!("{template}.typ")).or_else(|| setting.file(ENTRY));
        let main = own.ok_or_else(|| format!("The theme has no pdf/{ENTRY}, which sets every document"))?.id;
        Ok(Self { setting, library: LazyHash::new(Library::builder().with_inputs(inputs).build()), main })
    }
}

/// The file that sets what has no file of its own.
const ENTRY: &str = "entry.typ";

/// The id of a theme's file by its path below `pdf/`.
pub(super) fn id_of(path: &str) -> Option<FileId> {
    Some(FileId::new(rooted(path)?))
}

fn rooted(path: &str) -> Option<RootedPath> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?))
}

impl Desk<'_> {
    fn theme_file(&self, id: FileId) -> FileResult<&super::setting::ThemeFile> {
        if let VirtualRoot::Package(package) = id.get().root() {
            return Err(FileError::Package(PackageError::NotFound(package.clone())));
        }
        let path = id.get().vpath().get_without_slash();
        self.setting.file_of(id).ok_or_else(|| FileError::NotFound(path.into()))
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.setting.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.theme_file(id)?.source.clone().ok_or(FileError::NotSource)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Ok(self.theme_file(id)?.bytes.clone())
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.setting.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
