//! How much there is to read, as `casebook check --stats` tells it.

use super::report::{count, plain};
use crate::pipeline::{Figures, PageFigures};
use serde_json::json;

/// What the figures are, for those who see them for the first time.
const NOTE: &str = "\
Reading age: the age in years from which on a text can be read, by the formula of Kincaid and others (1975) for
English. Pages of fewer than 100 words have none. It is a figure to compare with, and no mark.\n";

/// The figures of each page, and of all, as a table.
pub(super) fn text(pages: &[PageFigures]) -> String {
    let row = |figures: &Figures, name: &str| {
        let age = figures.reading_age().map_or_else(|| "-".to_owned(), |age| age.to_string());
        format!("{:>7}  {:>9}  {age:>11}  {name}\n", figures.words, figures.sentences)
    };
    let mut text = format!("{:>7}  {:>9}  {:>11}  page\n", "words", "sentences", "reading age");
    pages.iter().for_each(|page| text.push_str(&row(&page.figures, &plain(&page.path))));
    text.push_str(&row(&all(pages), &count(pages.len(), "page", "pages together")));
    text.push('\n');
    text + NOTE
}

/// The same for programs.
pub(super) fn json(pages: &[PageFigures]) -> String {
    let each = pages.iter().map(|PageFigures { path, title, language, figures }| {
        json!({
            "path": path,
            "title": title,
            "language": language,
            "words": figures.words,
            "sentences": figures.sentences,
            "reading_age": figures.reading_age(),
        })
    });
    let all = all(pages);
    let library = json!({
        "pages": pages.len(),
        "words": all.words,
        "sentences": all.sentences,
        "reading_age": all.reading_age(),
    });
    let whole = json!({ "pages": each.collect::<Vec<_>>(), "library": library });
    format!("{whole:#}\n")
}

fn all(pages: &[PageFigures]) -> Figures {
    let mut all = Figures::default();
    pages.iter().for_each(|page| all += page.figures);
    all
}
