//! What could run in a drawing, or load something into it, once somebody opens the file itself.
//!
//! Nothing is taken out: a drawing with a part removed is another drawing, and a filter that misses one way in gives
//! a false safety. The fault says what is there, and the drawing program leaves it out.

use roxmltree::{Attribute, Document, Node};

/// The namespace of drawings (SVG 2, section 5.2).
const DRAWING: &str = "http://www.w3.org/2000/svg";

/// The namespace of pages.
const PAGE: &str = "http://www.w3.org/1999/xhtml";

/// What in a drawing is dangerous, in words that follow "it has"; `None` for a drawing that only shows itself.
pub(super) fn danger(document: &Document<'_>) -> Option<&'static str> {
    if document.root().children().any(|node| node.pi().is_some_and(|pi| pi.target == "xml-stylesheet")) {
        return Some(ELSEWHERE);
    }
    document.root().descendants().filter(Node::is_element).find_map(element)
}

const SCRIPT: &str = "a script in it";
const HANDLER: &str = "code in it that runs when somebody touches it";
const ELSEWHERE: &str = "something in it that is loaded from elsewhere";
const FOREIGN: &str = "a piece of a web page in it";

fn element(node: Node<'_, '_>) -> Option<&'static str> {
    let (space, name) = (node.tag_name().namespace(), node.tag_name().name().to_ascii_lowercase());
    match (space, name.as_str()) {
        (Some(PAGE), _) => return Some(FOREIGN),
        (None | Some(DRAWING), "script" | "handler" | "listener") => return Some(SCRIPT),
        (None | Some(DRAWING), "foreignobject" | "iframe" | "embed" | "object" | "audio" | "video") => {
            return Some(FOREIGN);
        }
        (None | Some(DRAWING), "style") => {
            let css: String = node.descendants().filter_map(|part| part.text()).collect();
            if loads(&css) {
                return Some(ELSEWHERE);
            }
        }
        // An animation may set what the file itself does not say.
        (None | Some(DRAWING), "set" | "animate") => {
            let aim = node.attribute("attributeName").unwrap_or_default().to_ascii_lowercase();
            let aim = aim.rsplit(':').next().unwrap_or_default();
            if aim == "href" || aim.starts_with("on") {
                return Some(HANDLER);
            }
        }
        _ => {}
    }
    node.attributes().find_map(|attribute| self::attribute(&name, &attribute))
}

fn attribute(element: &str, attribute: &Attribute<'_, '_>) -> Option<&'static str> {
    let (name, value) = (attribute.name().to_ascii_lowercase(), attribute.value().trim());
    // What a browser drops from an address before it reads it (WHATWG URL, 4.4).
    let address = value.chars().filter(|c| !c.is_ascii_control() && *c != ' ').collect::<String>().to_ascii_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| address.starts_with(start));
    if name.starts_with("on") {
        return Some(HANDLER);
    }
    if ["href", "src"].contains(&name.as_str()) {
        let is_harmless = match element {
            "a" => begins(&["#", "https://", "http://", "mailto:"]),
            "image" | "feimage" => begins(&["#", "data:image/"]) && !address.starts_with("data:image/svg"),
            _ => begins(&["#"]),
        };
        return match () {
            () if address.is_empty() || is_harmless => None,
            () if address.starts_with("javascript:") => Some(SCRIPT),
            () => Some(ELSEWHERE),
        };
    }
    // `fill="url(#pattern)"`, and whole styles.
    loads(value).then_some(ELSEWHERE)
}

/// True for CSS that takes something from another file. A backslash could spell any of the words.
fn loads(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let is_elsewhere = |(at, _): (usize, &str)| {
        let inside = css.get(at + "url(".len()..).unwrap_or_default().trim_start_matches(['"', '\'', ' ', '\n', '\t']);
        !(inside.starts_with('#') || inside.starts_with("data:"))
    };
    css.contains("@import")
        || css.contains("image-set(")
        || css.contains('\\')
        || css.match_indices("url(").any(is_elsewhere)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(inside: &str) -> Option<&'static str> {
        let space = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
        let text = if inside.starts_with("<!") || inside.starts_with("<?") {
            inside.replace("<svg", &format!("<svg {space}"))
        } else {
            format!("<svg {space}>{inside}</svg>")
        };
        danger(&Document::parse_with_options(&text, options).unwrap())
    }

    #[test]
    fn what_runs_or_loads_is_found() {
        for (inside, found) in [
            ("<script>alert(1)</script>", SCRIPT),
            ("<SCRIPT/>", SCRIPT),
            ("<a href='javascript:alert(1)'/>", SCRIPT),
            ("<a xlink:href=' java&#10;script:alert(1)'/>", SCRIPT),
            ("<g onclick='x()'/>", HANDLER),
            ("<g ONLOAD='x()'/>", HANDLER),
            ("<a><set attributeName='xlink:href' to='javascript:x()'/></a>", HANDLER),
            ("<animate attributeName='onclick' values='x()'/>", HANDLER),
            ("<image href='photo.jpg'/>", ELSEWHERE),
            ("<image xlink:href='https://example.org/p.png'/>", ELSEWHERE),
            ("<image href='data:image/svg+xml,x'/>", ELSEWHERE),
            ("<use href='other.svg#a'/>", ELSEWHERE),
            ("<a href='data:text/html,x'/>", ELSEWHERE),
            ("<style>@import 'x.css';</style>", ELSEWHERE),
            ("<style>g { fill: URL( 'https://example.org/x') }</style>", ELSEWHERE),
            ("<style>@\\69mport 'x.css';</style>", ELSEWHERE),
            ("<g style='fill: url(x.svg#a)'/>", ELSEWHERE),
            ("<g fill='url(//example.org/x)'/>", ELSEWHERE),
            ("<?xml-stylesheet href='x.css'?><svg/>", ELSEWHERE),
            ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", FOREIGN),
            ("<p xmlns='http://www.w3.org/1999/xhtml'>x</p>", FOREIGN),
            ("<!DOCTYPE svg [<!ENTITY e '<script>x()</script>'>]><svg>&e;</svg>", SCRIPT),
        ] {
            assert_eq!(of(inside), Some(found), "{inside}");
        }
    }

    #[test]
    fn a_drawing_that_shows_itself_is_safe() {
        for inside in [
            "<title>A door</title><g id='a'><path d='M0 0'/></g><use href='#a'/><use xlink:href='#a'/>",
            "<style>g { fill: url(#p) } @font-face { src: url(data:font/woff2;base64,AA) }</style>",
            "<g fill=\"url('#p')\" style='clip-path: url(#c)'/>",
            "<image href='data:image/png;base64,AA'/><a href='https://example.org/'><text>x</text></a>",
            "<animate attributeName='opacity' values='0;1'/><text>script onclick= url(x) @import</text>",
        ] {
            assert_eq!(of(inside), None, "{inside}");
        }
    }
}
