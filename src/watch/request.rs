//! Whether a request comes from this machine's own pages, and which file it means.

use axum::http::{HeaderMap, HeaderName, Uri, header};
use std::net::IpAddr;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The names that this server answers to. A page of another site can have its name point here (DNS rebinding), but
/// cannot change the `Host` that the browser sends with it; so figures are as good as a name that somebody has given.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    /// The name under which others may ask, where the server is there for more than this machine.
    open: Option<String>,
}

impl Hosts {
    /// The names of a server that listens at this address because somebody asked for `host`.
    pub(super) fn of(host: Option<&str>, address: IpAddr) -> Self {
        Self { open: host.filter(|_| !address.is_loopback()).map(str::to_owned) }
    }

    /// True where the request was addressed to this machine.
    pub(super) fn are_asked(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        let absolute = uri.authority().is_none_or(|authority| self.hold(authority.as_str()));
        absolute && host.to_str().is_ok_and(|host| self.hold(host))
    }

    /// Any port, as the way here may lead through a tunnel or a container.
    fn hold(&self, host: &str) -> bool {
        let end = host.find(']').map_or(0, |bracket| bracket + 1);
        let Some(rest) = host.get(end..) else { return false };
        let (name, port) = match rest.split_once(':') {
            Some((name, port)) => (host.get(..end + name.len()).unwrap_or_default(), Some(port)),
            None => (host, None),
        };
        let is_local = ["localhost", "127.0.0.1", "[::1]"].iter().any(|local| name.eq_ignore_ascii_case(local));
        let is_open = || {
            let figures = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
            let is_figures = figures.parse::<IpAddr>().is_ok();
            self.open.as_ref().is_some_and(|open| is_figures || name.eq_ignore_ascii_case(open))
        };
        port.is_none_or(|port| port.parse::<u16>().is_ok()) && (is_local || is_open())
    }
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
