//! The events of a text, written as HTML.

mod code;
mod html;
mod links;
mod notes;
mod tables;

use super::{
    TextContext, escape,
    footnotes::Footnotes,
    held::Held,
    table::{Table, TableNames},
};
use crate::render::highlight::Highlighter;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::fmt::Write as _;

/// Writes a text. With `held`, our own attributes and the components are left out of the HTML, for the sanitiser,
/// and come back beside it.
pub(super) fn write(
    context: &TextContext<'_>,
    highlighter: &Highlighter,
    held: Option<Held>,
) -> (String, Option<Held>) {
    let mut writer = Writer {
        context,
        highlighter,
        events: crate::markdown::events(context.markdown).map(|(event, _)| event),
        out: String::with_capacity(context.markdown.len() * 3 / 2),
        held,
        headings: 0,
        links: 0,
        components: 0,
        shown_html: None,
        html_block: None,
        table: Table::default(),
        table_names: TableNames::default(),
        notes: Vec::new(),
        footnotes: Footnotes::new(context.footnotes),
    };
    while let Some(event) = writer.events.next() {
        writer.event(event);
    }
    writer.endnotes();
    (writer.out, writer.held)
}

struct Writer<'a, E> {
    context: &'a TextContext<'a>,
    highlighter: &'a Highlighter,
    events: E,
    out: String,
    held: Option<Held>,
    /// How many headings, links and images, and named blocks have started: the outline counts them as well.
    headings: usize,
    links: usize,
    components: usize,
    /// Where a block of raw HTML that is shown as text started.
    shown_html: Option<usize>,
    /// A block of raw HTML that is open.
    html_block: Option<String>,
    table: Table,
    table_names: TableNames,
    /// Footnotes that are open: what was written before each, and its label.
    notes: Vec<(String, String)>,
    footnotes: Footnotes,
}

impl<'a, E: Iterator<Item = Event<'a>>> Writer<'a, E> {
    fn event(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                escape::text(&mut self.out, &text)
            }
            Event::Code(text) => {
                self.out.push_str("<code>");
                escape::text(&mut self.out, &text);
                self.out.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => match &mut self.html_block {
                Some(block) => block.push_str(&html),
                None => self.raw(&html),
            },
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.line("<hr>\n"),
            Event::FootnoteReference(label) => {
                let (attributes, number) = self.footnotes.refer(&label);
                self.tag("<sup", "class=\"footnote-reference\"", ">");
                self.tag("<a", &attributes, ">");
                let _ = write!(self.out, "{number}</a></sup>");
            }
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph => self.line("<p>"),
            Tag::Heading { level, .. } => self.heading(level as u8),
            Tag::BlockQuote(None) => self.line("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = self.context.words.alert(kind);
                self.line("");
                self.tag("<div", &format!("class=\"alert {class}\""), ">\n");
                self.tag("<p", "class=\"alert-title\"", ">");
                escape::text(&mut self.out, title);
                self.out.push_str("</p>\n");
            }
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::HtmlBlock => {
                self.line("");
                self.shown_html = (!self.obeys_html()).then_some(self.out.len());
                self.html_block = Some(String::new());
            }
            Tag::List(None) => self.line("<ul>\n"),
            Tag::List(Some(1)) => self.line("<ol>\n"),
            Tag::List(Some(first)) => self.line(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.line("<li>"),
            Tag::FootnoteDefinition(label) => self.notes.push((std::mem::take(&mut self.out), label.to_string())),
            Tag::DefinitionList => self.line("<dl>\n"),
            Tag::DefinitionListTitle => self.line("<dt>"),
            Tag::DefinitionListDefinition => self.line("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.table.in_head = true;
                self.out.push_str("<thead>\n<tr>\n");
            }
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { title, .. } => self.link(&title),
            Tag::Image { title, .. } => self.image(&title),
            // The parser is not asked for it.
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => {
                let _ = writeln!(self.out, "</{level}>");
            }
            TagEnd::BlockQuote(None) => self.line("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.line("</div>\n"),
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html_block.take() {
                    self.raw(&html);
                }
                self.end_shown_html();
            }
            TagEnd::List(true) => self.line("</ol>\n"),
            TagEnd::List(false) => self.line("</ul>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((before, label)) = self.notes.pop() {
                    let note = std::mem::replace(&mut self.out, before);
                    self.footnotes.define(&label, note);
                }
            }
            TagEnd::DefinitionList => self.line("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => {
                self.out.push_str(if self.table.has_body {
                    "</tbody>\n</table>\n</div>\n"
                } else {
                    "</table>\n</div>\n"
                });
            }
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out.push_str("</tr>\n</thead>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => self.out.push_str("</a>"),
            // Their ends are read with their starts.
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Starts a line, unless one is started, and writes into it.
    fn line(&mut self, html: &str) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(html);
    }

    /// A tag with attributes of our own, which raw HTML may not have.
    fn tag(&mut self, name: &str, attributes: &str, end: &str) {
        let held = self.held.as_mut().map(|held| held.attributes(attributes));
        let attributes = held.as_deref().unwrap_or(attributes);
        for part in [name, " ", attributes, end] {
            self.out.push_str(part);
        }
    }

    /// A block that is HTML of ours, whole.
    fn block(&mut self, html: &str) {
        let html = html.trim_matches('\n');
        match self.held.as_mut().map(|held| held.block(html)) {
            Some(place) => self.line(&place),
            None => self.line(html),
        }
        self.out.push('\n');
    }

    fn heading(&mut self, level: u8) {
        let heading = self.context.text.headings.get(self.headings);
        self.headings += 1;
        self.line("");
        let _ = write!(self.out, "<h{level}");
        if let Some(heading) = heading {
            self.out.push_str(" id=\"");
            escape::text(&mut self.out, &heading.id);
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// A checkbox nobody can change, named after its state; the words of the task follow it.
    fn task(&mut self, done: bool) {
        for (list, item) in [("<ul>\n", "<li>"), ("<ul>\n", "<li>\n<p>")] {
            if let Some(before) = self.out.strip_suffix(item).and_then(|before| before.strip_suffix(list)).map(str::len)
            {
                self.out.truncate(before);
                self.tag("<ul", "class=\"task-list\"", ">\n");
                self.out.push_str(item);
            }
        }
        let words = self.context.words;
        let (name, checked) = if done { (&words.task_done, " checked") } else { (&words.task_open, "") };
        let html = format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{}\">", escape::escaped(name));
        let place = self.held.as_mut().map(|held| held.inline(&html));
        self.out.push_str(&place.unwrap_or(html));
        self.out.push(' ');
    }
}
