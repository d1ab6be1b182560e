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

#[cfg(test)]
mod tests {
    use super::resolve;

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
}
