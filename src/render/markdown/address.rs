//! Which addresses a page may lead to.

use crate::link_path::SCHEMES;

/// True where a link may lead to the address: it is relative, or of a scheme that can't run in the page.
pub(in crate::render) fn may_follow(address: &str) -> bool {
    scheme(address).is_none_or(|scheme| SCHEMES.contains(&scheme.as_str()))
}

/// True where a picture may be loaded from the address.
pub(super) fn may_show(address: &str) -> bool {
    scheme(address).is_none_or(|scheme| ["http", "https"].contains(&scheme.as_str()))
}

/// What stands before the colon of an address. Browsers skip blanks in it; here they make it a scheme that nobody
/// knows, which is as good.
fn scheme(address: &str) -> Option<String> {
    let (before, rest) = address.split_at(address.find([':', '/', '?', '#'])?);
    rest.starts_with(':').then(|| before.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_is_not_followed_however_it_is_written() {
        for address in [
            "javascript:x",
            " JavaScript:x",
            "\u{1}java\tscript:x",
            "java\r\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
        ] {
            assert!(!may_follow(address), "{address:?}");
        }
        for address in [
            "/a/",
            "../a",
            "#a",
            "?a=b:c",
            "",
            "https://example.org/",
            "HTTP://x",
            "mailto:a@example.org",
            "tel:1",
            "a/b:c",
        ] {
            assert!(may_follow(address), "{address:?}");
        }
    }

    #[test]
    fn pictures_come_from_the_web_only() {
        assert!(may_show("/a.png") && may_show("https://example.org/a.png"));
        assert!(!may_show("data:image/svg+xml,x") && !may_show("mailto:a@example.org"));
    }
}
