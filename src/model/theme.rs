//! A theme: its files as discovered, and what its data files say.

use super::{Component, Kind, SourceFile, TaxonomyDeclaration, Wording};
use serde::Deserialize;
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// The files of a theme and of those that it extends, as discovered.
///
/// A file of a theme takes the place of the same one further up. Where both count they follow each other, the
/// nearest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ThemeFiles {
    /// The name of the theme, then of the one that it extends, and so on.
    pub names: Vec<String>,
    /// `theme.yaml` of each.
    pub manifests: Vec<SourceFile>,
    /// `kinds/*.yaml`; `_every.yaml` of each.
    pub kinds: Vec<SourceFile>,
    /// `components/*.yaml`.
    pub components: Vec<SourceFile>,
    /// `templates/**` of each.
    pub templates: Vec<SourceFile>,
    /// `i18n/*.yaml` of each.
    pub translations: Vec<SourceFile>,
    /// `advice/*.yaml` of each.
    pub advice: Vec<SourceFile>,
    /// Files of these that could not be read as text, as far as they can be shown.
    pub broken: Vec<SourceFile>,
    /// `static/**`.
    pub statics: Vec<StaticFile>,
    /// `pdf/**`.
    pub pdf: Vec<StaticFile>,
    /// The style sheets of the themes that it extends, each with the name of its theme.
    pub inherited: Vec<(String, StaticFile)>,
}

/// A file that the theme serves.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StaticFile {
    /// Path below `static/`.
    pub path: String,
    /// Path from the root, for reports.
    pub source: String,
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
}

impl ThemeFiles {
    /// True where both say the same of what entries are held against and tied by: kinds, components, taxonomies,
    /// and advice on words.
    pub fn has_same_rules(&self, other: &Self) -> bool {
        (&self.names, &self.manifests, &self.kinds, &self.components, &self.advice)
            == (&other.names, &other.manifests, &other.kinds, &other.components, &other.advice)
    }
}

impl StaticFile {
    /// Its text, where it is one.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// A theme, understood.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// The kinds, in their order; the fallback kind, which has no folder, is the last.
    pub kinds: Vec<Arc<Kind>>,
    /// The components, by name.
    pub components: BTreeMap<String, Component>,
    /// The taxonomies, in their order.
    pub taxonomies: Vec<TaxonomyDeclaration>,
    /// How pages show pictures.
    pub pictures: PictureSizes,
    /// What stands for pages that somebody shares.
    pub cards: Cards,
    /// How the site looks among the programs of a device.
    pub app: App,
    /// The path of `theme.yaml`, for reports.
    pub path: String,
    /// Interface text: language, then key, then the message or its plural forms.
    pub translations: BTreeMap<String, HashMap<String, serde_yaml::Value>>,
    /// What it has to say of the words of a language, by the language.
    pub advice: BTreeMap<String, Wording>,
    /// The themes that it extends, the nearest first.
    pub parents: Vec<String>,
    /// Templates, by name: `base.html`, and `civic/base.html` for that of a theme that it extends.
    pub templates: Vec<(String, SourceFile)>,
    /// Files to serve.
    pub statics: Vec<StaticFile>,
    /// How documents are set: Typst files, and what they show.
    pub pdf: Vec<StaticFile>,
    /// Style sheets of the themes that it extends, each with the name of its theme: what its own may import.
    pub inherited: Vec<(String, StaticFile)>,
}

/// The sizes in which pages show pictures.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureSizes {
    /// How wide the copies of a picture are, in pixels; none is wider than the picture.
    pub widths: Vec<u32>,
    /// How wide the layout shows a picture, as the attribute `sizes` of HTML says it.
    pub sizes: String,
}

/// What stands for a page where somebody shares it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cards {
    /// The template that draws a card, an SVG; without one there are no cards.
    pub template: Option<String>,
    /// The taxonomy by whose terms pages without a card of their own share one.
    pub shared: Option<String>,
    /// The taxonomies whose terms a card of its own names: those of the first that the page has terms of.
    #[serde(default)]
    pub detail: Vec<String>,
}

/// The site among the programs of a device.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// The token of the colour behind a page that is not there yet.
    #[serde(default)]
    pub background: String,
    /// The token of the site's colour.
    #[serde(default)]
    pub colour: String,
    /// The icons.
    #[serde(default)]
    pub icons: Vec<Icon>,
}

/// An icon that is drawn from a drawing of the theme.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Icon {
    /// Its site path, which ends in `.png` or `.ico`: `/icon-192.png`.
    pub path: String,
    /// The drawing below `static/`.
    pub from: String,
    /// Its width and height in pixels.
    pub size: u32,
    /// True for one that a device may cut to a circle: its drawing reaches the edges, and what matters is inside.
    #[serde(default)]
    pub maskable: bool,
}

impl Theme {
    /// The kind of that name.
    pub fn kind(&self, name: &str) -> Option<&Arc<Kind>> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// The template that goes by a name, as others name it: `base.html` is that of the nearest theme that has one.
    pub fn template(&self, name: &str) -> Option<&SourceFile> {
        let of_name = |wanted: &str| self.templates.iter().find(|(known, _)| known == wanted).map(|(_, file)| file);
        of_name(name).or_else(|| self.parents.iter().find_map(|parent| of_name(&format!("{parent}/{name}"))))
    }

    /// The kind whose folder this is.
    pub fn kind_of_folder(&self, folder: &str) -> Option<&Arc<Kind>> {
        self.kinds.iter().find(|kind| kind.folder.as_deref() == Some(folder))
    }

    /// The kind of the page at a path from the root, where it does not say another: that of the folder. A folder's own
    /// page and what lies in no kind's folder are plain pages.
    pub fn kind_at(&self, path: &str) -> Option<&Arc<Kind>> {
        let is_index = |name: &str| !name.contains('/') && name.split('.').next() == Some("index");
        let inside = path.strip_prefix("content/").unwrap_or_default();
        let folder = inside.split_once('/').filter(|(_, rest)| !is_index(rest)).map(|(folder, _)| folder);
        folder.and_then(|folder| self.kind_of_folder(folder)).or_else(|| self.fallback())
    }

    /// The kind of pages that lie in no kind's folder.
    pub fn fallback(&self) -> Option<&Arc<Kind>> {
        self.kinds.iter().find(|kind| kind.folder.is_none())
    }
}
