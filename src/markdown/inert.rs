//! Other people's words in Markdown that GitHub and GitLab show: they say what they say, and do nothing.

/// A character of no width, which keeps a name from being told of what is written and a number from becoming a link.
const NOTHING: &str = "&#8203;";

/// A text of one line that means in Markdown what it means without: no markup, no HTML, no mention, no reference, no
/// link.
pub fn inert(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 16);
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        if "\\`*_[]{}()<>|~#&!$@:^=".contains(c) {
            out.push('\\');
        }
        out.push(c);
        let joins = match c {
            '@' | '#' | '!' | '~' | '%' | '$' | '&' => rest.peek().is_some_and(|next| !next.is_whitespace()),
            ':' => rest.peek() == Some(&'/'),
            'w' | 'W' => out.to_ascii_lowercase().ends_with("www") && rest.peek() == Some(&'.'),
            '-' => out.ends_with("GH-"),
            _ => false,
        };
        if joins {
            out.push_str(NOTHING);
        }
    }
    out
}

/// A text of one line as code: nobody is told of a name in it, and nothing in it is markup.
pub fn code(text: &str) -> String {
    let line = one_line(text);
    if line.trim().is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&line) + 1);
    let pad = if line.starts_with(['`', ' ']) || line.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}

/// Words of Casebook's own with other people's among them: what stands between two backticks is code, the rest
/// [`inert`].
pub fn inert_with_code(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return inert(text);
    }
    let part = |(index, part): (usize, &&str)| if index % 2 == 0 { inert(part) } else { code(part) };
    parts.iter().enumerate().map(part).collect()
}

/// Lines as they are written, in a fence that none of them ends; `language` is what is said of them.
pub fn fenced(language: &str, lines: &str) -> String {
    let fence = "`".repeat(longest_run(lines).max(2) + 1);
    let lines: Vec<String> = lines.lines().map(one_line).collect();
    format!("{fence}{language}\n{}\n{fence}\n", lines.join("\n"))
}

/// How many backticks follow each other at most.
pub fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// A text without what breaks a line, and without what nobody sees and turns words around.
fn one_line(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if hidden(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text becomes where Markdown is shown.
    fn shown(markdown: &str) -> String {
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            pulldown_cmark::Parser::new_ext(markdown, pulldown_cmark::Options::all()),
        );
        html
    }

    #[test]
    fn words_of_others_do_nothing() {
        for text in [
            "@team/all see #12, !3, GH-4 and ~label",
            "<img src=x onerror=alert(1)> **bold** _it_ `code` [a](b) ![c](d)",
            "http://example.org www.example.org a@b.org",
            "\u{202e}txet a\nb\r\n/close",
            "\\` &lt; $x$ | = :smile: ==x== ^a^ ~~b~~",
        ] {
            let html = shown(&format!("- {}", inert(text)));
            for forbidden in [
                "<img", "<strong", "<em", "<code", "<a ", "<del", "<span", "<sup", "<sub", "@t", "#1", "!3", "GH-4",
                "://",
            ] {
                assert!(!html.contains(forbidden), "{forbidden}: {html}");
            }
            let plain = html.replace('\u{200b}', "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            assert!(
                plain.contains(&one_line(text).replace("\n", " ")) || text.contains('\r') || text.contains('"'),
                "{plain}"
            );
        }
    }

    #[test]
    fn code_stays_code_whatever_is_in_it() {
        for text in ["a", "`", "a``b", "```", " x ", "@a <b>"] {
            let html = shown(&code(text));
            assert!(html.starts_with("<p><code>") && html.ends_with("</code></p>\n"), "{text}: {html}");
        }
        let html = shown(&fenced("diff", "- ```\n+ ````x\n<b>"));
        assert!(html.matches("<code").count() == 1 && html.contains("&lt;b"), "{html}");
        assert_eq!(inert_with_code("Did you mean `a*b`? *x*"), "Did you mean `a*b`? \\*x\\*");
        assert_eq!(inert_with_code("one ` alone"), "one \\` alone");
    }
}
