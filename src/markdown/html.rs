//! The addresses in raw HTML: links and pictures that an author wrote as tags.

use crate::model::LinkKind;
use std::ops::Range;

/// The attributes that hold an address, by element.
const HOLDERS: [(&str, &str, LinkKind); 3] =
    [("a", "href", LinkKind::Link), ("area", "href", LinkKind::Link), ("img", "src", LinkKind::Image)];

/// Elements whose content is text, whatever it looks like.
const TEXTS: [&str; 5] = ["script", "style", "textarea", "title", "xmp"];

/// An address in a piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlAddress {
    /// What it is for.
    pub kind: LinkKind,
    /// The whole attribute, with its name and quotation marks.
    pub attribute: Range<usize>,
    /// The address, as written.
    pub value: Range<usize>,
    /// The address, with its entities as characters.
    pub destination: String,
    /// The alternative text of a picture, where it has one; what stands for its words of a link.
    pub alternative: Option<String>,
}

/// The addresses of whole tags, in order. Comments and what browsers take for text have none.
pub fn html_addresses(html: &str) -> Vec<HtmlAddress> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = html.get(at..).and_then(|rest| rest.find('<')).map(|offset| at + offset + 1) {
        let rest = html.get(start..).unwrap_or_default();
        at = start;
        if let Some(comment) = rest.strip_prefix("!--") {
            at = comment.find("-->").map_or(html.len(), |end| start + 3 + end + 3);
            continue;
        }
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest.get(..name_end).unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() {
            continue;
        }
        let Some((attributes, end)) = attributes(html, start + name_end) else { return found };
        at = end;
        if TEXTS.contains(&name.as_str()) {
            at = closing(html, end, &name).unwrap_or(html.len());
        }
        found.extend(address(html, &name, &attributes));
    }
    found
}

/// Where the next closing tag of this name starts.
fn closing(html: &str, from: usize, name: &str) -> Option<usize> {
    let rest = html.get(from..)?;
    let is_name = |inside: &str| inside.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let mut tags = rest.match_indices("</").filter(|(at, tag)| rest.get(at + tag.len()..).is_some_and(is_name));
    tags.next().map(|(at, _)| from + at)
}

/// An attribute of a tag.
struct Attribute {
    name: String,
    whole: Range<usize>,
    value: Range<usize>,
}

fn address(html: &str, element: &str, attributes: &[Attribute]) -> Option<HtmlAddress> {
    let (_, wanted, kind) = HOLDERS.iter().find(|(name, ..)| *name == element)?;
    let named = |name: &str| attributes.iter().find(|attribute| attribute.name == name);
    let holder = named(wanted)?;
    let text = |attribute: &Attribute| decoded(html.get(attribute.value.clone()).unwrap_or_default());
    Some(HtmlAddress {
        kind: *kind,
        attribute: holder.whole.clone(),
        value: holder.value.clone(),
        destination: text(holder).trim().to_owned(),
        alternative: named("alt").map(text),
    })
}

/// The attributes of a tag from behind its name on, and where the tag ends; nothing for a tag that never does.
fn attributes(html: &str, from: usize) -> Option<(Vec<Attribute>, usize)> {
    let mut found = Vec::new();
    let mut at = from;
    loop {
        at += html.get(at..)?.find(|c: char| !c.is_ascii_whitespace() && c != '/')?;
        let rest = html.get(at..)?;
        if rest.starts_with('>') {
            return Some((found, at + 1));
        }
        let start = at;
        at += rest.find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c))?.max(1);
        let name = html.get(start..at)?.to_ascii_lowercase();
        let gap = html.get(at..)?.find(|c: char| !c.is_ascii_whitespace())?;
        if !html.get(at + gap..)?.starts_with('=') {
            found.push(Attribute { name, whole: start..at, value: at..at });
            continue;
        }
        at += gap + 1;
        at += html.get(at..)?.find(|c: char| !c.is_ascii_whitespace())?;
        let rest = html.get(at..)?;
        let value = match rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => at + 1..at + 1 + rest.get(1..)?.find(quote)?,
            None => at..at + rest.find(|c: char| c.is_ascii_whitespace() || c == '>')?,
        };
        at = if value.start > at { value.end + 1 } else { value.end };
        found.push(Attribute { name, whole: start..at, value });
    }
}

/// Text with the entities that stand in addresses as characters.
fn decoded(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<(String, String)> {
        let told = |address: HtmlAddress| (address.destination, html[address.attribute].to_owned());
        html_addresses(html).into_iter().map(told).collect()
    }

    #[test]
    fn addresses_are_found_however_they_are_written() {
        let html = "<A class=x HREF = 'a.md'>b</a> <img\nalt=\"\" src=c.png> <a href=\"d?e&amp;f\" download>";
        let told = [("a.md", "HREF = 'a.md'"), ("c.png", "src=c.png"), ("d?e&f", "href=\"d?e&amp;f\"")];
        assert_eq!(found(html), told.map(|(address, written)| (address.to_owned(), written.to_owned())));
        assert_eq!(html_addresses(html)[1].alternative.as_deref(), Some(""));
    }

    #[test]
    fn what_is_no_tag_has_none() {
        for html in [
            "<!-- <a href=\"a\"> -->",
            "<script>\"<a href='a'>\"</script>",
            "<a name=x>",
            "<b href=\"a\">",
            "< a href=\"a\">",
            "<a href=\"a",
            "&lt;a href=\"a\"&gt;",
            "<p title=\"<a href='a'>\">",
        ] {
            assert_eq!(found(html), [], "{html}");
        }
        assert_eq!(found("<!-- x --><a href=b>").len(), 1);
    }
}
