//! A paper as the theme's files see it: `sys.inputs`.

use super::{Size, fault, glyphs::Glyphs, inline::optional, spots::Spots};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        Paper, Span, Step,
        paper::{Block, BlockContent, Fact, Inline, PaperPicture, Section, Spot, plain},
    },
    picture,
};
use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    sync::Arc,
};
use typst::{
    foundations::{
        Array, Bytes, Content, Datetime, Derived, Dict, IntoValue as _, Label, NativeElement as _, Str, Value, dict,
    },
    introspection::MetadataElem,
    loading::{DataSource, LoadSource, Loaded},
    pdf::ArtifactElem,
    syntax::Spanned,
    utils::PicoStr,
    visualize::{Color, ImageElem},
};

/// The level of the heading that a document's title is.
const TITLE: u8 = 1;

/// How many letters a fact has at most that stands beside another.
const BRIEF: usize = 60;

/// The values of a paper, and its places as they know them.
pub(super) fn inputs(
    paper: &Paper,
    glyphs: &Glyphs,
    size: Size,
    files: &[Arc<[u8]>],
) -> Result<(Dict, Spots), Diagnostic> {
    let setter = Setter::new(paper, glyphs, size, files)?;
    let inputs = setter.inputs();
    Ok((inputs, setter.spots))
}

/// Turns the parts of a paper into content, in the order in which they are read.
pub(super) struct Setter<'a> {
    pub(super) paper: &'a Paper,
    pub(super) glyphs: &'a Glyphs,
    pub(super) size: Size,
    pub(super) spots: Spots,
    /// The anchors that links may lead to.
    pub(super) anchors: HashSet<&'a str>,
    /// The notes whose words stand further up.
    pub(super) said: RefCell<HashSet<String>>,
    /// The level of the last heading, and of the last one that is not the name of a card.
    pub(super) level: Cell<u8>,
    pub(super) base: Cell<u8>,
    /// In how many blocks the present one stands.
    pub(super) depth: Cell<usize>,
    /// The files of the pictures, ready to be printed.
    files: Vec<Bytes>,
}

impl<'a> Setter<'a> {
    fn new(paper: &'a Paper, glyphs: &'a Glyphs, size: Size, files: &[Arc<[u8]>]) -> Result<Self, Diagnostic> {
        let mut anchors = HashSet::new();
        for section in &paper.sections {
            collect_anchors(&section.blocks, &mut anchors);
        }
        let ready = paper.files.iter().zip(files).map(|(file, bytes)| {
            let ready = match file.drawing {
                true => picture::shapes(&String::from_utf8_lossy(bytes)).map(String::into_bytes),
                false => picture::printed(bytes),
            };
            ready.map(Bytes::new).map_err(|reason| {
                Diagnostic::new(Code::UnusablePicture, format!("This picture can't be read: {reason}"))
                    .at(&file.path, Span::default())
                    .help("Open it in a program for pictures, save it anew as JPEG, PNG or plain SVG, and put that in its place.")
            })
        });
        Ok(Self {
            paper,
            glyphs,
            size,
            spots: Spots::default(),
            anchors,
            said: RefCell::default(),
            level: Cell::new(TITLE),
            base: Cell::new(TITLE),
            depth: Cell::new(0),
            files: ready.collect::<Result<_, _>>()?,
        })
    }

    fn inputs(&self) -> Dict {
        let paper = self.paper;
        let text = |text: &str| Str::from(self.glyphs.shown(text));
        let words = paper.words.iter().map(|(key, word)| (Str::from(key.as_str()), text(word).into_value()));
        let tokens = paper
            .tokens
            .iter()
            .filter_map(|(name, value)| Some((Str::from(name.as_str()), value.parse::<Color>().ok()?.into_value())));
        let picture = paper.picture.as_ref().map(|picture| self.picture(picture, &field("picture")));
        dict! {
            "title" => text(&paper.title),
            "summary" => text(&paper.summary),
            "kind" => text(&paper.kind),
            "template" => paper.template.as_str(),
            "site" => text(&paper.site),
            "address" => paper.address.as_str(),
            "language" => paper.language.as_str(),
            "dated-words" => text(&paper.dated_words),
            "dated" => paper.dated.as_deref().and_then(date).map_or(Value::None, Datetime::into_value),
            "days" => paper.days.as_deref().map_or(Value::None, |days| text(days).into_value()),
            "days-note" => paper.days_note.as_deref().map_or(Value::None, |note| text(note).into_value()),
            "facts" => paper.facts.iter().map(|fact| self.fact(fact)).collect::<Array>(),
            "picture" => picture.flatten().unwrap_or(Value::None),
            "sections" => paper.sections.iter().map(|section| self.section(section)).collect::<Array>(),
            "words" => words.collect::<Dict>(),
            "tokens" => tokens.collect::<Dict>(),
            "headings" => headings(paper),
            "large" => self.size == Size::Large,
        }
    }

    fn fact(&self, fact: &Fact) -> Value {
        let spot = field(&fact.name);
        let value = dict! {
            "name" => fact.name.as_str(),
            "label" => Str::from(self.glyphs.shown(&fact.label)),
            "text" => self.inlines(&fact.text, &spot),
            "brief" => plain(&fact.text).chars().count() <= BRIEF,
        };
        Value::Dict(value)
    }

    fn section(&self, section: &Section) -> Value {
        let spot = if section.name.is_empty() { Spot::At(Span::default()) } else { field(&section.name) };
        let heading = (!section.heading.is_empty()).then(|| {
            let words = [Inline::Text(section.heading.clone())];
            self.heading(2, None, &words, &spot)
        });
        let value = dict! {
            "name" => section.name.as_str(),
            "heading" => optional(heading),
            "body" => self.blocks(&section.blocks),
        };
        Value::Dict(value)
    }

    /// What the theme shows in a way of its own: `show <paper:card>: it => … it.value …`.
    pub(super) fn shown_by_theme(&self, what: &str, value: Value, spot: &Spot) -> Content {
        let content = MetadataElem::new(value).pack().spanned(self.spots.span(spot));
        Label::new(PicoStr::intern(&format!("paper:{what}"))).map_or(content.clone(), |label| content.labelled(label))
    }

    /// A picture with what is needed to place it.
    pub(super) fn picture(&self, picture: &PaperPicture, spot: &Spot) -> Option<Value> {
        let (width, height) = picture.size.map_or((None, None), |(width, height)| (Some(width), Some(height)));
        let caption = (!picture.caption.is_empty()).then(|| self.inlines(&picture.caption, spot));
        Some(Value::Dict(dict! {
            "image" => self.image(picture, spot)?,
            "caption" => optional(caption),
            "width" => width.map_or(Value::None, |width| i64::from(width).into_value()),
            "height" => height.map_or(Value::None, |height| i64::from(height).into_value()),
        }))
    }

    /// The picture itself; one that says nothing is decoration.
    pub(super) fn image(&self, picture: &PaperPicture, spot: &Spot) -> Option<Content> {
        let bytes = self.files.get(picture.file)?.clone();
        let span = self.spots.span(spot);
        let loaded = Loaded::new(Spanned::new(LoadSource::Bytes, span), bytes.clone());
        let image = ImageElem::new(Derived::new(DataSource::Bytes(bytes), loaded));
        if picture.alt.is_empty() {
            return Some(ArtifactElem::new(image.pack().spanned(span)).pack().spanned(span));
        }
        Some(image.with_alt(Some(self.glyphs.shown(&picture.alt).into())).pack().spanned(span))
    }
}

/// The place of a field.
fn field(name: &str) -> Spot {
    Spot::Field(Arc::new(vec![Step::Key(name.to_owned())]))
}

/// A day as `2026-11-21` has it.
fn date(text: &str) -> Option<Datetime> {
    let date: jiff::civil::Date = text.get(..10)?.parse().ok()?;
    Datetime::from_ymd(date.year().into(), date.month().try_into().ok()?, date.day().try_into().ok()?)
}

/// How many headings there are that a list of contents shows.
fn headings(paper: &Paper) -> i64 {
    let mut count = 0;
    for section in &paper.sections {
        count += i64::from(!section.heading.is_empty());
        super::text::walk(&section.blocks, &mut |block| {
            count += i64::from(matches!(block.content, BlockContent::Heading { level: 0..=3, .. }));
        });
    }
    count
}

fn collect_anchors<'a>(blocks: &'a [Block], anchors: &mut HashSet<&'a str>) {
    super::text::walk(blocks, &mut |block| {
        if let BlockContent::Heading { id, .. } = &block.content {
            anchors.insert(id);
        }
    });
}

/// Where a fault of the whole paper stands.
pub(super) fn whole(paper: &Paper) -> (String, Span) {
    fault::place(paper, &field("title"))
}
