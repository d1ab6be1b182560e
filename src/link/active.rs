//! Files that no site should hand out, as they run at its own address: a script in one reads and does there whatever
//! the site's own scripts may.

use crate::{
    diagnostic::{Code, Diagnostic},
    model::AssetFile,
};

/// Endings of files that browsers open as a page, or run.
const OPENED: [&str; 20] = [
    "html", "htm", "xhtml", "xht", "xml", "xsl", "xslt", "svgz", "mht", "mhtml", "js", "mjs", "cjs", "swf", "rdf",
    "rss", "atom", "mathml", "mml", "htc",
];

/// Endings of files that some servers run.
const RUN: [&str; 14] =
    ["php", "phtml", "php5", "phar", "asp", "aspx", "ashx", "jsp", "jspx", "cgi", "pl", "shtml", "shtm", "cfm"];

/// Names at the root that hosts take for their settings.
const SETTINGS: [&str; 9] = [
    "_headers",
    "_redirects",
    "_routes.json",
    "_worker.js",
    "cname",
    "web.config",
    "netlify.toml",
    "vercel.json",
    "staticwebapp.config.json",
];

/// What is wrong with a file that would run at the site's own address; `None` for one that may be carried.
pub(super) fn fault(asset: &AssetFile) -> Option<Diagnostic> {
    let inside = asset.path.strip_prefix("content/").unwrap_or(&asset.path).to_ascii_lowercase();
    let name = inside.rsplit('/').next().unwrap_or_default();
    let written = asset.path.rsplit('/').next().unwrap_or_default();
    // Some servers look at every ending that a name has.
    let mut endings = name.split('.').skip(1);
    let last = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let (message, help) = if OPENED.contains(&last) {
        let message =
            format!("The file {written} is not handed out: a script in it would run at the site's own address");
        (message, "Make a page of what it says, or put it into a ZIP.")
    } else if endings.any(|ending| RUN.contains(&ending)) {
        (format!("The file {written} is not handed out: a server could run it"), "Put it into a ZIP.")
    } else if SETTINGS.contains(&inside.as_str()) || name == "web.config" {
        let message =
            format!("The file {written} is not handed out: the host of the site could take it for its settings");
        (message, "Give it another name. Settings of the host belong beside the site, not into it.")
    } else {
        return None;
    };
    Some(Diagnostic::new(Code::ActiveFile, message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_or_servers_run_is_told_from_what_people_read() {
        let is_active = |name: &str| {
            let path = format!("content/{name}");
            fault(&AssetFile { disk: path.clone().into(), path, size: 1, dimensions: None, picture: None }).is_some()
        };
        for active in [
            "p/x.html",
            "p/X.HTM",
            "x.xhtml",
            "p/feed.xml",
            "p/d.svgz",
            "p/app.js",
            "p/m.mjs",
            "x.mht",
            "p/shell.php",
            "p/x.php.txt",
            "p/x.shtml",
            "_headers",
            "_Redirects",
            "CNAME",
            "p/web.config",
        ] {
            assert!(is_active(active), "{active}");
        }
        for sound in [
            "p/x.pdf",
            "p/x.svg",
            "p/html",
            "p/x.html.zip",
            "p/_headers",
            "p/x.json",
            "p/cname",
            "p/notes.txt",
            "p/x.docx",
        ] {
            assert!(!is_active(sound), "{sound}");
        }
    }
}
