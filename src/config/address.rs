//! Addresses of sites, and codes of languages, which are a part of addresses.

use super::Faults;
use crate::diagnostic::{Code, Diagnostic};

const HELP: &str = "Write the whole address, such as https://www.example.org/ or https://example.org/library/.";

/// The address of the site, with a slash at its end: that of the settings, unless the command line asks for another.
pub(super) fn base(written: String, asked: Option<&String>, faults: &mut Faults<'_>) -> String {
    let url = asked.unwrap_or(&written);
    let message = || format!("“{}” is not the address of a site", url.escape_debug());
    match asked {
        _ if is_whole(url) => {}
        None => faults.report("base_url", message(), HELP),
        Some(_) => {
            let message = format!("--base-url {}", message());
            faults.diagnostics.push(Diagnostic::new(Code::InvalidSettings, message).help(HELP));
        }
    }
    if url.ends_with('/') { url.clone() } else { format!("{url}/") }
}

/// True for a code of a language (BCP 47) that documents can be set in: a language, and perhaps a region.
pub(super) fn is_language(code: &str) -> bool {
    let (language, region) = code.split_once('-').map_or((code, None), |(language, region)| (language, Some(region)));
    let is_of = |part: &str, lengths: [usize; 2], is: fn(&u8) -> bool| {
        lengths.contains(&part.len()) && part.as_bytes().iter().all(is)
    };
    is_of(language, [2, 3], u8::is_ascii_lowercase)
        && region.is_none_or(|region| is_of(region, [2, 2], u8::is_ascii_uppercase))
}

/// True for the whole address of a site or a folder of one, with nothing in it that would be read as more than that.
pub(super) fn is_whole(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (name, port) = host.rsplit_once(':').filter(|_| !host.ends_with(']')).unwrap_or((host, "80"));
    !name.is_empty()
        && port.parse::<u16>().is_ok()
        && !path.split('/').any(|part| matches!(part, "." | ".."))
        && !rest.contains(|c: char| c.is_control() || c.is_whitespace() || "?#\"'<>\\^`{|}@".contains(c))
}
