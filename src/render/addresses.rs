//! Addresses as pages give them: with the site's folder before them, and safe to stand in an attribute.

use crate::config::Config;
use std::fmt::Write as _;

/// Where the site is: what turns a site path into an address on the host, or into a whole one.
#[derive(Clone, Debug)]
pub struct Addresses {
    prefix: String,
    base_url: String,
}

impl Addresses {
    /// The addresses of a library's site.
    pub fn new(config: &Config) -> Self {
        Self { prefix: config.prefix().to_owned(), base_url: config.base_url.clone() }
    }

    /// The addresses of a site that is published here.
    #[cfg(test)]
    pub(super) fn at(base_url: &str) -> Self {
        let path = base_url.splitn(4, '/').nth(3).unwrap_or_default();
        Self { prefix: format!("/{path}"), base_url: base_url.to_owned() }
    }

    /// The address on the host of a site path: `/themes/` becomes `/casebook/themes/`.
    pub fn href(&self, path: &str) -> String {
        joined(&self.prefix, path)
    }

    /// The whole address of a site path.
    pub fn absolute(&self, path: &str) -> String {
        joined(&self.base_url, path)
    }

    /// The whole address of a file of the library, by its path from the root.
    pub fn of_file(&self, path: &str) -> String {
        self.absolute(&of_file(&crate::model::Library::asset_url(path)))
    }
}

fn joined(base: &str, path: &str) -> String {
    let inside = path.trim_start_matches('/');
    let mut address = String::with_capacity(base.len() + inside.len());
    address.push_str(base);
    address.push_str(inside);
    address
}

/// A path of files as an address: what an address can't have is percent-encoded, `%` and `?` too.
pub fn of_file(path: &str) -> String {
    encoded(path, |byte| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte))
}

/// An address as somebody wrote it: what is encoded stays, and what may not stand in one is encoded.
pub fn as_written(address: &str) -> String {
    encoded(address, |byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

fn encoded(text: &str, is_allowed: impl Fn(u8) -> bool) -> String {
    if text.bytes().all(&is_allowed) {
        return text.to_owned();
    }
    text.bytes().fold(String::with_capacity(text.len() + 8), |mut encoded, byte| {
        if is_allowed(byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_in_a_folder_has_it_before_every_address() {
        let addresses = Addresses::at("https://example.org/casebook/");
        assert_eq!(addresses.href("/themes/"), "/casebook/themes/");
        assert_eq!(addresses.absolute("/"), "https://example.org/casebook/");
    }

    #[test]
    fn what_an_address_cannot_have_is_encoded() {
        assert_eq!(of_file("/a b/50%.png"), "/a%20b/50%25.png");
        assert_eq!(of_file("/tŷ.png"), "/t%C5%B7.png");
        assert_eq!(as_written("https://example.org/a%20b?q=x y#z"), "https://example.org/a%20b?q=x%20y#z");
    }
}
