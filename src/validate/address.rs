//! Addresses of entries, and old addresses that lead to them.

use crate::{config::Config, markdown, portable};

/// How many letters a part of an address may have: the names of its downloads are longer, and 255 is the most for a
/// file.
const LONGEST: usize = 200;

/// How many the whole may have.
const LONGEST_WHOLE: usize = 1000;

/// Where an entry will be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Its place without language: `topics/luton`; empty for the home page.
    pub id: String,
    /// Its language.
    pub language: String,
    /// Its address in the site.
    pub url: String,
}

/// The address that a file's path gives it.
///
/// # Errors
/// What is wrong with a part of the path, in words that follow "its name".
pub(super) fn address(path: &str, config: &Config) -> Result<Address, &'static str> {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let (stem, _) = inside.rsplit_once('.').unwrap_or((inside, ""));
    let twin = stem.rsplit_once('.').filter(|(_, language)| config.languages.iter().any(|known| known == language));
    let (stem, language) = twin.unwrap_or((stem, &config.language));
    let mut parts: Vec<&str> = stem.split('/').collect();
    if parts.last() == Some(&"index") {
        parts.pop();
    }
    // A name that is at fault as it is written was told of when it was found.
    let device =
        |part: &&str| portable::name_fault(part).is_none().then(|| portable::name_fault(&markdown::slug(part)));
    let device = parts.iter().filter_map(device).flatten().next();
    let slugs: Vec<String> = parts.into_iter().map(markdown::slug).collect();
    if slugs.iter().any(String::is_empty) {
        return Err("has no letter or figure that an address can have");
    }
    let id = slugs.join("/");
    if slugs.iter().any(|slug| slug.len() > LONGEST) || id.len() > LONGEST_WHOLE {
        return Err("gives an address that is too long: a part of it may have 200 letters, and the whole of it 1,000");
    }
    if let Some(fault) = device {
        return Err(fault);
    }
    let folder = if language == config.language { String::new() } else { format!("/{language}") };
    let url = if id.is_empty() { format!("{folder}/") } else { format!("{folder}/{id}/") };
    Ok(Address { id, language: language.to_owned(), url })
}

/// An old address as a clean site path, with slashes at both ends unless it names a file.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn alias(written: &str) -> Result<String, &'static str> {
    if written.contains("://") || written.starts_with("//") {
        return Err("it is the address of another site");
    }
    let inside = written.trim_matches('/');
    if inside.is_empty() {
        return Err("it names no page");
    }
    let clean = |part: &str| {
        let plain = part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.~".contains(c));
        plain && !part.is_empty() && part.trim_matches('.') == part
    };
    if !inside.split('/').all(clean) {
        return Err("it has a character or a part that an address can't have");
    }
    if inside.split('/').any(|part| part.len() > LONGEST) || inside.len() > LONGEST_WHOLE {
        return Err("it is too long");
    }
    if inside.split('/').any(|part| portable::name_fault(part).is_some()) {
        return Err("a part of it is the name of a device on Windows, where no file can be called so");
    }
    let names_file = inside.ends_with(".html") || inside.ends_with(".htm");
    Ok(if names_file { format!("/{inside}") } else { format!("/{inside}/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_a_clean_path_of_this_site() {
        assert_eq!(alias("old/page").as_deref(), Ok("/old/page/"));
        assert_eq!(alias("/old/Page.html").as_deref(), Ok("/old/Page.html"));
        for wrong in [
            "../x",
            "/a/../b",
            "a\\b",
            "/%2e%2e/x",
            "https://example.org/",
            "//example.org/x",
            "C:/x",
            "a\0b",
            "",
            "/",
            "a//b",
            ".htaccess",
            "/con/x/",
            "/a/aux.html",
            &"x".repeat(300),
            &"x/".repeat(600),
        ] {
            assert!(alias(wrong).is_err(), "{wrong:?}");
        }
    }
}
