//! Whether a request comes from this machine's own pages, and which file it means.

use axum::http::{HeaderMap, HeaderName, Uri, header};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// True where the request was addressed to this machine. A page of another site can have its name point here
/// (DNS rebinding), but cannot change the `Host` that the browser sends with it.
pub(super) fn is_addressed_here(headers: &HeaderMap, uri: &Uri) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let absolute = uri.authority().is_none_or(|authority| is_local(authority.as_str()));
    absolute && host.to_str().is_ok_and(is_local)
}

/// Any port, as the way here may lead through a tunnel or a container.
fn is_local(host: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        let prefix = host.get(..name.len()).filter(|prefix| prefix.eq_ignore_ascii_case(name));
        let rest = prefix.and_then(|_| host.get(name.len()..));
        rest.is_some_and(|rest| {
            rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
        })
    })
}

/// True where the request comes from a page that this server has sent.
pub(super) fn is_from_here(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let same_origin = headers.get_all(header::ORIGIN).iter().all(|origin| {
        origin.to_str().is_ok_and(|origin| origin.strip_prefix("http://").is_some_and(|o| o.eq_ignore_ascii_case(host)))
    });
    let site = headers.get(&FETCH_SITE).map(|site| site.as_bytes());
    same_origin && site.is_none_or(|site| matches!(site, b"same-origin" | b"none"))
}

/// The names in a path, decoded once. None for a path that no file of a site can have: names that are empty or
/// lead elsewhere, and slashes that are hidden behind percent signs.
pub(super) fn decode(path: &str) -> Option<String> {
    let mut names = Vec::new();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let name = decode_name(part)?;
        // Only the last may be empty: that is the slash of a folder.
        let fits = !name.is_empty() || parts.peek().is_none();
        if !fits || matches!(name.as_str(), "." | "..") || name.contains(['/', '\\']) {
            return None;
        }
        names.push(name);
    }
    Some(names.join("/"))
}

fn decode_name(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        let byte = if byte == b'%' { digit(rest.next()?)? * 16 + digit(rest.next()?)? } else { byte };
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok().filter(|name| !name.contains(char::is_control))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
