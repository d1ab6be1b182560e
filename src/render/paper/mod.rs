//! The page of an entry as it goes on paper: the tree that every download is made from.
//!
//! What stands where follows from the types of fields: short values are facts before the text, and each longer one is
//! a section. A list of groups is a table where all of its values are short, and cards where they are not.

mod chart;
mod fields;
mod group;
mod text;

use super::{Renderer, View, dates, locale::Locale};
use crate::model::{
    Entry, PartialDate, Placeholder, Span, Value,
    paper::{Inline, Paper, PaperFile, PaperPicture},
};
use std::{cell::RefCell, collections::HashSet};

/// The entry as it goes on paper: the whole of it, or the field `of` alone.
pub(crate) fn paper(renderer: &Renderer<'_>, index: usize, of: Option<&str>) -> Option<Paper> {
    let entry = renderer.library().entry(index)?;
    let locale = renderer.locale(&entry.language);
    let scribe = Scribe {
        renderer,
        index,
        entry,
        locale,
        placeholders: entry.placeholders().unwrap_or_default(),
        is_part: of.is_some(),
        files: RefCell::default(),
        ids: RefCell::default(),
    };
    let picture = if of.is_none() { scribe.cover() } else { None };
    let (facts, sections) = scribe.sections(of);
    let kind = &entry.kind;
    let part = of.and_then(|of| kind.field(of)).map(|field| field.label.get(&entry.language));
    let occasion = if of.is_none() { scribe.occasion() } else { None };
    let dated = entry.updated.max(entry.published);
    let dated_words = dated.map(|date| dates::words(PartialDate::day(date), locale.messages())).unwrap_or_default();
    Some(Paper {
        source: entry.source.clone(),
        front: entry.front_span.unwrap_or_default(),
        language: entry.language.clone(),
        kind: part.unwrap_or_else(|| kind.label.get(&entry.language)).to_owned(),
        template: kind.template.trim_end_matches(".html").to_owned(),
        title: entry.title.clone(),
        summary: if of.is_none() { entry.summary.clone() } else { String::new() },
        site: renderer.config().title.clone(),
        address: renderer.addresses().absolute(&entry.url),
        dated: dated.map(|date| date.to_string()),
        dated_words,
        days: occasion.map(|occasion| scribe.days(occasion)).filter(|days| !days.is_empty()),
        days_note: occasion
            .filter(|occasion| occasion.says("confirmed") == Some(false))
            .map(|_| locale.messages().get("paper.unconfirmed").unwrap_or_default().to_owned()),
        facts,
        picture,
        sections,
        words: locale.messages().below("paper."),
        tokens: renderer.day_tokens(),
        files: scribe.files.into_inner(),
    })
}

/// Whoever writes the paper of an entry.
struct Scribe<'r, 'a> {
    renderer: &'r Renderer<'a>,
    index: usize,
    entry: &'a Entry,
    locale: &'a Locale,
    placeholders: Vec<Placeholder>,
    /// True where one field alone goes on paper: what is sent on as it is has no instructions in it.
    is_part: bool,
    files: RefCell<Vec<PaperFile>>,
    /// The names of footnotes that are taken.
    ids: RefCell<HashSet<String>>,
}

impl<'a> Scribe<'_, 'a> {
    fn language(&self) -> &str {
        &self.entry.language
    }

    fn library(&self) -> View<'_, 'a> {
        self.renderer.library()
    }

    /// The picture that the entry itself gives, with its description.
    fn cover(&self) -> Option<PaperPicture> {
        let field = self.entry.kind.fields.iter().find(|field| fields::is_picture(field) && !field.many)?;
        let Some(Value::File(path)) = self.entry.fields.get(&field.name) else { return None };
        let alt = match self.entry.fields.get(&format!("{}_alt", field.name)) {
            Some(Value::Text(alt)) => alt.clone(),
            _ => String::new(),
        };
        self.picture(path, alt, Vec::new())
    }

    /// A picture of the library, by its path; `None` for what can't be shown.
    fn picture(&self, path: &str, alt: String, caption: Vec<Inline>) -> Option<PaperPicture> {
        let asset = self.library().asset(path)?;
        let drawing = path.to_ascii_lowercase().ends_with(".svg");
        let shown = matches!(asset.picture, Some(crate::model::Picture::Still | crate::model::Picture::Moving));
        if !drawing && !shown {
            return None;
        }
        let mut files = self.files.borrow_mut();
        let file = files.iter().position(|file| file.path == path).unwrap_or_else(|| {
            files.push(PaperFile { disk: asset.disk.clone(), path: path.to_owned(), drawing });
            files.len() - 1
        });
        Some(PaperPicture { file, alt, caption, size: asset.dimensions })
    }

    /// The entry that the days of this one are of: itself, or the first occasion that it is for.
    fn occasion(&self) -> Option<&Entry> {
        let library = self.library();
        let named = library.occasions(self.entry).filter_map(|occasion| library.front(occasion));
        [self.entry].into_iter().chain(named).find(|entry| entry.day("start").is_some())
    }

    /// The days of an occasion: `25 October to 1 November 2027`.
    fn days(&self, occasion: &Entry) -> String {
        let messages = self.locale.messages();
        let day = |name: &str| match occasion.fields.get(name) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        };
        match (day("start"), day("end")) {
            (Some(start), Some(end)) if start != end => dates::range(start, end, messages),
            (Some(start), _) => dates::words(start, messages),
            _ => String::new(),
        }
    }

    /// Running text without markup, its placeholders told apart.
    fn plain(&self, text: &str) -> Vec<Inline> {
        let mut out = Vec::new();
        let mut lines = text.split('\n');
        self.push_text(lines.next().unwrap_or_default(), &mut out);
        for line in lines {
            out.push(Inline::Break);
            self.push_text(line, &mut out);
        }
        out
    }

    fn push_text(&self, text: &str, out: &mut Vec<Inline>) {
        use crate::model::{Piece, pieces};
        for piece in pieces(text) {
            let words = match piece {
                Piece::Words(words) => words,
                Piece::Placeholder(name, written) => {
                    let declared = self.placeholders.iter().find(|placeholder| placeholder.name == name);
                    if let Some(Placeholder { name, label, .. }) = declared {
                        out.push(Inline::Placeholder { name: name.clone(), label: label.clone() });
                        continue;
                    }
                    written
                }
            };
            match out.last_mut() {
                Some(Inline::Text(last)) => last.push_str(words),
                _ => out.push(Inline::Text(words.to_owned())),
            }
        }
    }

    /// A message under `paper.`, its gaps filled.
    fn tell(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.renderer.tell(self.language(), key, arguments)
    }
}

/// A span of the file.
fn at(span: Span) -> crate::model::paper::Spot {
    crate::model::paper::Spot::At(span)
}
