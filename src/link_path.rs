//! Addresses and paths as authors write them in links and fields.

/// The schemes that a link may have. What others do in a browser can't be told.
pub const SCHEMES: [&str; 10] = ["http", "https", "mailto", "tel", "sms", "ftp", "ftps", "geo", "webcal", "xmpp"];

/// The path from the root of what `written` names in the file at `from`: relative to the file's folder, or to
/// `content/` with a `/` in front. `None` where it is empty or leads out of `content/`.
pub fn resolve(from: &str, written: &str) -> Option<String> {
    let (mut parts, written): (Vec<&str>, _) = match written.strip_prefix('/') {
        Some(rest) => (vec!["content"], rest),
        None => (from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect()), written),
    };
    if written.is_empty() {
        return None;
    }
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.len() > 1 => {
                parts.pop();
            }
            ".." => return None,
            part if part.contains(['\\', '\0']) => return None,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// How the file at `from` names the one at `to` in the manner of `written`: from `content/` where that starts with a
/// `/`, else from the file's own folder; with `.md` where that has it. `None` for a path that a link would have to
/// encode.
pub fn written_like(from: &str, written: &str, to: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.~/".contains(c);
    let has_ending = written.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let named = if has_ending { to } else { to.strip_suffix(".md").unwrap_or(to) };
    if !named.chars().all(plain) {
        return None;
    }
    if written.starts_with('/') {
        return named.strip_prefix("content").map(str::to_owned);
    }
    let folders = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (mut here, there) = (folders(from), folders(named));
    here.pop();
    let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count().min(there.len().saturating_sub(1));
    let up = std::iter::repeat_n("..", here.len() - shared);
    let down = there.iter().skip(shared).map(String::as_str);
    Some(up.chain(down).collect::<Vec<_>>().join("/"))
}

/// A path with `%20` and the like as characters (RFC 3986, section 2.1); as it is where that gives no UTF-8.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = (*first == b'%').then(|| after.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{percent_decoded, resolve, written_like};

    #[test]
    fn a_path_is_written_as_the_author_writes_paths() {
        let from = "content/packs/week/index.md";
        for (written, to, expected) in [
            ("logo.pgn", "content/packs/week/logo.png", Some("logo.png")),
            ("../../guids/a.md", "content/guides/a.md", Some("../../guides/a.md")),
            ("/guids/a.md", "content/guides/a.md", Some("/guides/a.md")),
            ("/guids/a", "content/guides/a.md", Some("/guides/a")),
            ("../wek", "content/packs/week.md", Some("../week")),
            ("x.md", "content/a b.md", None),
        ] {
            assert_eq!(written_like(from, written, to).as_deref(), expected, "{written}");
            let same = |path: &str| resolve(from, path).map(|path| path.trim_end_matches(".md").to_owned());
            assert!(expected.is_none_or(|path| same(path).as_deref() == Some(to.trim_end_matches(".md"))), "{written}");
        }
    }

    #[test]
    fn paths_are_relative_to_the_file_or_to_content() {
        let from = "content/packs/week/index.md";
        assert_eq!(resolve(from, "logo.png").as_deref(), Some("content/packs/week/logo.png"));
        assert_eq!(resolve(from, "../../guides/a.md").as_deref(), Some("content/guides/a.md"));
        assert_eq!(resolve(from, "/guides/a.md").as_deref(), Some("content/guides/a.md"));
    }

    #[test]
    fn no_path_leads_out_of_content() {
        let from = "content/a.md";
        for path in ["../secret", "/../x", "a/../../x", "", "a\\b", "a\0b"] {
            assert_eq!(resolve(from, path), None, "{path:?}");
        }
    }

    #[test]
    fn percent_signs_are_decoded_where_they_mean_something() {
        assert_eq!(percent_decoded("a%20b.png"), "a b.png");
        assert_eq!(percent_decoded("100%.md"), "100%.md");
        assert_eq!(percent_decoded("%ff"), "%ff");
    }
}
