//! What is made of an entry for people to take away. One file or room a format.
//!
//! Each format is a pure function of the entry's [`Paper`], or of its fields. What takes long is a recipe, made when
//! the site lacks it or somebody asks for it; so the page that offers the files is told their sizes last.

mod archive;
mod csv;
mod docx;
mod ics;
mod panel;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(test)]
mod sample;
mod text;
mod words;
mod zip;

pub(super) use ics::{Event, When, calendar as calendar_of, has_days, make as calendar, uid};
pub(super) use panel::{measured, offers};

pub use docx::{Setting as FormSetting, form};

use crate::{
    diagnostic::{Code, Diagnostic},
    markdown::slug,
    model::{Content, Download, Format, Output, Paper, Span, State},
    render::{Renderer, paper},
};
use std::sync::Arc;

/// What all documents of a build share, made when the first of them asks for it.
#[derive(Debug, Default)]
pub struct Shared {
    #[cfg(feature = "pdf")]
    setting: std::sync::OnceLock<Arc<pdf::Setting>>,
}

/// A file to take away.
#[derive(Debug)]
pub(super) struct Offer {
    /// What it is.
    pub(super) format: Format,
    /// The label of the field that alone is in it.
    pub(super) of: Option<String>,
    /// Its site path.
    pub(super) path: String,
    /// What it holds: bytes, or a recipe.
    pub(super) content: Content,
}

impl Offer {
    /// Its name, without its folder.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The file as it goes into the site.
    pub(super) fn output(&self) -> Output {
        Output { path: self.path.trim_start_matches('/').to_owned(), content: self.content.clone() }
    }
}

/// Every download of an entry, in the order of its kind, and what is wrong with what they are made of. What an entry
/// has nothing for is left out, as is everything where the library wants no downloads; a page that was withdrawn is
/// not handed on.
pub(super) fn downloads(renderer: &Renderer<'_>, shared: &Shared, index: usize) -> (Vec<Offer>, Vec<Diagnostic>) {
    let library = renderer.library();
    let wanted = library.entry(index).filter(|entry| {
        renderer.config().downloads && !entry.kind.downloads.is_empty() && entry.state != State::Withdrawn
    });
    let Some(entry) = wanted else { return Default::default() };
    let Some(whole) = paper(renderer, index, None).map(Arc::new) else { return Default::default() };
    if whole.pieces() > MOST_PIECES {
        return (Vec::new(), vec![too_many_pieces(&whole)]);
    }
    let press = Press { renderer, shared, index, whole: &whole };
    let mut offers: Vec<Offer> = Vec::new();
    // What holds all the others comes last, and stands where the kind says.
    let (last, first): (Vec<_>, Vec<_>) =
        entry.kind.downloads.iter().enumerate().partition(|(_, download)| download.format == Format::Zip);
    let mut places = Vec::new();
    for (place, download) in first.into_iter().chain(last) {
        let Some(content) = press.content(download, &offers) else { continue };
        let of = download.of.as_deref().and_then(|of| entry.kind.field(of));
        let of = of.map(|field| field.label.get(&entry.language).to_owned());
        offers.push(Offer { format: download.format, of, path: download.path(&entry.url), content });
        places.push(place);
    }
    let mut placed: Vec<(usize, Offer)> = places.into_iter().zip(offers).collect();
    placed.sort_by_key(|(place, _)| *place);
    (placed.into_iter().map(|(_, offer)| offer).collect(), press.check(&entry.kind.downloads))
}

/// Of how many pieces the documents of a page may be: setting them takes some ten seconds and a gigabyte by then. The
/// longest guides have a few thousand.
const MOST_PIECES: u64 = 150_000;

fn too_many_pieces(paper: &Paper) -> Diagnostic {
    let message = "This page has too many cells, items and pieces of text to make documents of it";
    Diagnostic::new(Code::FileTooLarge, message)
        .at(&paper.source.path, Span::default())
        .help("Make several pages of it, or put a long table into a file beside it and link to that.")
}

struct Press<'p, 'r> {
    renderer: &'p Renderer<'r>,
    #[cfg_attr(not(feature = "pdf"), allow(dead_code))]
    shared: &'p Shared,
    index: usize,
    whole: &'p Arc<Paper>,
}

impl Press<'_, '_> {
    /// What a download holds; `None` where the entry has nothing for it. `others` are those made before.
    fn content(&self, download: &Download, others: &[Offer]) -> Option<Content> {
        let Self { renderer, index, whole, .. } = self;
        let of = download.of.as_deref();
        let part = || match of {
            Some(of) => {
                let part = paper(renderer, *index, Some(of))?;
                (!part.sections.is_empty()).then(|| Arc::new(part))
            }
            None => Some(Arc::clone(whole)),
        };
        Some(match download.format {
            Format::Text => bytes(text::text(part()?.as_ref())),
            Format::Csv => bytes(csv::table(renderer, *index, of?)?),
            Format::Zip => {
                let parts =
                    zip::files(renderer, *index).into_iter().chain(others.iter().map(|offer| self.of_offer(offer)));
                made(zip::recipe(whole, parts.chain(self.texts()).collect()))
            }
            Format::Ics => {
                let events = ics::of_entry(renderer, *index);
                if events.is_empty() {
                    return None;
                }
                bytes(ics::calendar(&whole.title, &events, renderer.config().now.time_zone()))
            }
            #[cfg(feature = "pdf")]
            Format::Pdf | Format::LargePrint => {
                let size = if download.format == Format::Pdf { pdf::Size::Normal } else { pdf::Size::Large };
                made(pdf::recipe(part()?, self.setting(), size))
            }
            #[cfg(not(feature = "pdf"))]
            Format::Pdf | Format::LargePrint => return None,
            Format::Docx => made(docx::recipe(part()?)),
        })
    }

    /// A download as a part of an archive, with what the page calls it.
    fn of_offer(&self, offer: &Offer) -> zip::Part {
        let Self { renderer, index, .. } = self;
        let language = renderer.library().front(*index).map_or("", |entry| entry.language.as_str());
        let about = match &offer.of {
            Some(of) => renderer.tell(language, &format!("downloads.name_of.{}", offer.format.name()), &[("of", of)]),
            None => renderer.say(language, &format!("downloads.name.{}", offer.format.name())),
        };
        zip::Part { path: offer.name().to_owned(), content: offer.content.clone(), about: vec![about] }
    }

    /// The texts that an archive has beside the downloads: each item of what is a table, and each part, by itself.
    fn texts(&self) -> Vec<zip::Part> {
        let Some(entry) = self.renderer.library().entry(self.index) else { return Vec::new() };
        let mut texts = Vec::new();
        for Download { format, of } in &entry.kind.downloads {
            let Some(of) = of.as_deref() else { continue };
            let folder = slug(of);
            if *format == Format::Csv {
                for (place, (name, words)) in text::cards(self.whole, of).into_iter().enumerate() {
                    texts.push(text_part(format!("{folder}/{:02}-{}.txt", place + 1, slug(&name)), words));
                }
            } else if let Some(part) =
                paper(self.renderer, self.index, Some(of)).filter(|part| !part.sections.is_empty())
            {
                texts.push(text_part(format!("{folder}.txt"), text::flowing(&part)));
            }
        }
        texts
    }

    #[cfg(feature = "pdf")]
    fn setting(&self) -> &Arc<pdf::Setting> {
        self.shared.setting.get_or_init(|| Arc::new(pdf::Setting::new(self.renderer.library().theme())))
    }

    /// What is wrong with what the documents are made of.
    #[cfg_attr(not(feature = "pdf"), allow(unused_variables))]
    fn check(&self, wanted: &[Download]) -> Vec<Diagnostic> {
        #[cfg(feature = "pdf")]
        if wanted.iter().any(|download| matches!(download.format, Format::Pdf | Format::LargePrint)) {
            return pdf::check(self.whole, self.setting());
        }
        Vec::new()
    }
}

fn text_part(path: String, words: String) -> zip::Part {
    zip::Part { path, content: bytes(words), about: Vec::new() }
}

fn bytes(bytes: impl Into<Vec<u8>>) -> Content {
    Content::Bytes(Arc::from(bytes.into()))
}

fn made(recipe: crate::model::Recipe) -> Content {
    Content::Made(Arc::new(recipe))
}
