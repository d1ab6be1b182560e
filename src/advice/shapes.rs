//! Tables, pictures and links that are put to a use which not everybody can follow.

use super::{Look, prose};
use crate::{
    diagnostic::Code,
    markdown::events,
    model::{Link, LinkKind, PageText, Span},
    yaml,
};
use pulldown_cmark::{Event, Tag, TagEnd};
use rustc_hash::FxHashMap;

/// A description of more characters than these tells all the words of a picture.
const LONGEST_DESCRIPTION: usize = 250;

impl Look<'_> {
    pub(super) fn tables(&mut self) {
        for text in &self.entry.texts {
            let markdown = text.markdown(&self.entry.source.text);
            if markdown.contains('|') || text.has_html {
                for (span, why) in laid_out(markdown) {
                    self.table(text, span, why);
                }
            }
        }
    }

    fn table(&mut self, text: &PageText, span: Span, why: &str) {
        let file = &self.entry.source.text;
        let span = yaml::markdown_span(file, self.entry.front_span, text, span.first_line(text.markdown(file)));
        let help = "A table is for values with a heading over each column. For anything else write paragraphs, a list or \
                    headings: they are read aloud in order and fit on a telephone.";
        self.report(Code::LayoutTable, span, format!("This table {why}, so it seems to be there for its looks"), help);
    }

    pub(super) fn pictures(&mut self) {
        for (link, place) in prose::links(self.entry).filter(|(link, _)| link.kind == LinkKind::Image) {
            let file = link.destination.rsplit('/').next().unwrap_or_default().to_lowercase();
            let mut parts = file.split(|c: char| !c.is_alphanumeric());
            let named = parts.any(|part| self.language.picture_names.contains(part));
            let message = if named {
                "By its name, this is a picture of words"
            } else if link.text.chars().count() > LONGEST_DESCRIPTION {
                "This picture takes so many words to describe that they belong in the text"
            } else {
                continue;
            };
            let help = "Words in a picture can't be enlarged well, translated, searched or read aloud. Put them into the \
                        text, and describe the picture in a sentence.";
            self.report(Code::ImageOfText, place(), message, help);
        }
    }

    pub(super) fn link_words(&mut self) {
        let mut first: FxHashMap<String, (&Link, Span)> = FxHashMap::default();
        for (link, place) in prose::links(self.entry).filter(|(link, _)| prose::is_followed(link) && !link.raw) {
            let words = link.text.trim();
            if is_address(words) {
                let message = "The words of this link are its address";
                let help = "Write what is there instead: `[the name of the page](address)`. An address is read aloud \
                            letter by letter.";
                self.report(Code::VagueLinkText, place(), message, help);
                continue;
            }
            let small = words.to_lowercase();
            let base =
                |link: &Link| link.destination.split('#').next().unwrap_or_default().trim_end_matches('/').to_owned();
            match first.get(&small) {
                Some((other, span)) if base(other) != base(link) && !small.is_empty() => {
                    let message = format!("Two links of this page say “{words}” and lead to different places");
                    let help = "Name in each what is there: in a list of all links they look the same.";
                    let label = (*span, "the other is here");
                    self.report_beside(Code::VagueLinkText, place(), message, help, label);
                }
                Some(_) => {}
                None => {
                    first.insert(small, (link, place()));
                }
            }
        }
    }
}

fn is_address(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    !lower.contains(char::is_whitespace) && ["http://", "https://", "www."].iter().any(|start| lower.starts_with(start))
}

/// The tables of a text that hold no values under headings, and what tells.
fn laid_out(markdown: &str) -> Vec<(Span, &'static str)> {
    let mut found = Vec::new();
    let mut table = Table::default();
    for (event, range) in events(markdown) {
        match event {
            Event::Start(Tag::Table(columns)) => {
                table = Table { span: range.into(), columns: columns.len(), ..Table::default() }
            }
            Event::Start(Tag::TableHead) => table.in_head = true,
            Event::End(TagEnd::TableHead) => table.in_head = false,
            Event::Start(Tag::TableRow) => table.rows += 1,
            Event::Start(Tag::Image { .. }) => table.pictures += 1,
            Event::Text(text) if table.in_head => table.headings |= !text.trim().is_empty(),
            Event::Code(_) if table.in_head => table.headings = true,
            Event::End(TagEnd::Table) => found.extend(table.why().map(|why| (table.span, why))),
            Event::Start(Tag::HtmlBlock) if markdown.get(range.clone()).is_some_and(is_bare_table) => {
                found.push((range.into(), "has no headings"));
            }
            _ => {}
        }
    }
    found
}

#[derive(Default)]
struct Table {
    span: Span,
    columns: usize,
    rows: usize,
    pictures: usize,
    in_head: bool,
    headings: bool,
}

impl Table {
    fn why(&self) -> Option<&'static str> {
        match self {
            Self { headings: false, .. } => Some("has no headings"),
            Self { columns: 1, .. } => Some("has one column"),
            Self { pictures, rows, columns, .. } if *rows > 0 && *pictures * 2 > rows * columns => {
                Some("holds pictures")
            }
            _ => None,
        }
    }
}

fn is_bare_table(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    lower.contains("<table") && lower.contains("</table") && !lower.contains("<th")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_for_looks_are_told_from_tables_of_values() {
        for (markdown, expected) in [
            ("| a | b |\n| - | - |\n| 1 | 2 |\n", vec![]),
            ("|  | b |\n| - | - |\n| 1 | 2 |\n", vec![]),
            ("|  |  |\n| - | - |\n| 1 | 2 |\n", vec!["has no headings"]),
            ("| a |\n| - |\n| 1 |\n", vec!["has one column"]),
            ("| a | b |\n| - | - |\n| ![x](a.png) | ![y](b.png) |\n", vec!["holds pictures"]),
            ("| a | b |\n| - | - |\n| ![x](a.png) | y |\n", vec![]),
            ("| `a` |  |\n| - | - |\n| 1 | 2 |\n", vec![]),
            ("<table><tr><td>1</td></tr></table>\n", vec!["has no headings"]),
            ("<table>\n<tr><td>1</td></tr>\n</table>\n", vec!["has no headings"]),
            ("<table>\n<tr><th>a</th></tr>\n</table>\n", vec![]),
        ] {
            let found: Vec<_> = laid_out(markdown).into_iter().map(|(_, why)| why).collect();
            assert_eq!(found, expected, "{markdown}");
        }
    }
}
