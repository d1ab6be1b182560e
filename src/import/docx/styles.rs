//! What paragraphs and words are, by their styles. Word knows its own styles by English names in every language.

use super::{
    tree::{Marks, Role},
    xml::{Node, attribute, child, name, number, switch, value},
};
use std::collections::HashMap;

/// How many styles may be based on each other.
const LONGEST: usize = 12;

/// The fonts of code.
const CODE: [&str; 8] =
    ["courier", "courier new", "consolas", "menlo", "monaco", "liberation mono", "dejavu sans mono", "noto sans mono"];

/// The styles of a document, by id.
#[derive(Default)]
pub(super) struct Styles(HashMap<String, Style>);

#[derive(Clone, Default)]
struct Style {
    name: String,
    base: Option<String>,
    outline: Option<u8>,
    numbering: Option<(Option<u32>, Option<usize>)>,
    left: Option<i32>,
    strong: Option<bool>,
    emphasis: Option<bool>,
    struck: Option<bool>,
    has_code: bool,
}

impl Styles {
    /// Those of `word/styles.xml`.
    pub(super) fn new(root: Node<'_, '_>) -> Self {
        let styles = root.children().filter(|node| name(*node) == "style");
        Self(styles.filter_map(|node| Some((attribute(node, "styleId")?.to_owned(), style(node)))).collect())
    }

    /// A style and those that it is based on, the nearest first.
    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> {
        let first = self.0.get(id);
        std::iter::successors(first, |style| self.0.get(style.base.as_deref()?)).take(LONGEST)
    }

    /// What a paragraph of this style is.
    pub(super) fn role(&self, id: &str) -> Role {
        let known = self.chain(id).find_map(|style| role(&style.name));
        let level = || self.chain(id).find_map(|style| style.outline).filter(|level| *level < 9);
        known.or_else(|| level().map(|level| Role::Heading(level + 1))).unwrap_or_default()
    }

    /// The list and the level that a style puts its paragraphs in.
    pub(super) fn numbering(&self, id: &str) -> (Option<u32>, Option<usize>) {
        let said = || self.chain(id).filter_map(|style| style.numbering);
        (said().find_map(|(number, _)| number), said().find_map(|(_, level)| level))
    }

    /// How far in a style puts its paragraphs, in twentieths of a point.
    pub(super) fn left(&self, id: &str) -> i32 {
        self.chain(id).find_map(|style| style.left).unwrap_or(0)
    }

    /// How a style of words sets them.
    pub(super) fn marks(&self, id: &str) -> Marks {
        let said = |of: fn(&Style) -> Option<bool>| self.chain(id).find_map(of).unwrap_or(false);
        let named = |names: &[&str]| self.chain(id).any(|style| names.contains(&style.name.as_str()));
        // Links are not stressed, however they look.
        let is_link = named(&["hyperlink", "internet link", "followedhyperlink", "footnote reference"]);
        Marks {
            strong: !is_link && said(|style| style.strong),
            emphasis: !is_link && said(|style| style.emphasis),
            struck: said(|style| style.struck),
            code: self.chain(id).any(|style| style.has_code)
                || named(&["html code", "code text", "verbatim char", "source text", "inline code", "code char"]),
            placeholder: named(&["placeholder text"]),
        }
    }

    /// True for the style of the numbers of footnotes.
    pub(super) fn is_note(&self, id: &str) -> bool {
        self.chain(id).any(|style| ["footnote reference", "endnote reference"].contains(&style.name.as_str()))
    }
}

fn style(node: Node<'_, '_>) -> Style {
    let paragraph = child(node, "pPr");
    let run = child(node, "rPr");
    let switched = |wanted| run.and_then(|run| switch(run, wanted));
    let is_words = attribute(node, "type") == Some("character");
    let numbering = paragraph.and_then(|properties| child(properties, "numPr"));
    Style {
        name: value(node, "name").unwrap_or_default().trim().to_lowercase(),
        base: value(node, "basedOn").map(str::to_owned),
        outline: paragraph.and_then(|properties| number(properties, "outlineLvl")),
        numbering: numbering.map(|numbering| (number(numbering, "numId"), number(numbering, "ilvl"))),
        left: paragraph.and_then(|properties| left(properties)),
        strong: switched("b"),
        emphasis: switched("i"),
        struck: switched("strike"),
        has_code: is_words && run.is_some_and(has_code),
    }
}

/// How far in properties of a paragraph put it.
pub(super) fn left(properties: Node<'_, '_>) -> Option<i32> {
    let indent = child(properties, "ind")?;
    let said = attribute(indent, "left").or_else(|| attribute(indent, "start"))?;
    said.trim().parse().ok()
}

/// True where properties of words set them in a font of code.
pub(super) fn has_code(properties: Node<'_, '_>) -> bool {
    let font = child(properties, "rFonts").and_then(|fonts| attribute(fonts, "ascii")).unwrap_or_default();
    CODE.contains(&font.to_lowercase().as_str())
}

/// What paragraphs of a style of this name are; `None` where the name says nothing.
fn role(name: &str) -> Option<Role> {
    let level =
        |prefix: &str| name.strip_prefix(prefix)?.trim().parse::<u8>().ok().filter(|level| (1..=9).contains(level));
    if let Some(level) = level("heading ") {
        return Some(Role::Heading(level));
    }
    if level("toc ").or_else(|| level("contents ")).is_some() {
        return Some(Role::Contents);
    }
    Some(match name {
        "title" => Role::Title,
        "subtitle" => Role::Subtitle,
        "quote" | "intense quote" | "block text" | "quotations" => Role::Quote,
        "code" | "html preformatted" | "preformatted text" | "source code" | "macro text" => Role::Code,
        "caption" | "figure" | "illustration" => Role::Caption,
        "toc heading" | "contents heading" => Role::Contents,
        "kind" => Role::Band,
        "fact" => Role::Fact,
        "dates" => Role::Dates,
        "notice" => Role::Notice,
        "copy" => Role::Copy,
        "label" => Role::Label,
        "help" => Role::Help,
        "term" => Role::Term,
        "chart title" => Role::ChartTitle,
        "rule" | "horizontal line" => Role::Rule,
        "normal" | "body text" | "text body" => Role::Text,
        _ => return None,
    })
}
