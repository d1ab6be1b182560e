//! Decap CMS, a web editor that keeps its pages in a git repository: its page, and its settings made from the kinds.
//!
//! The editor's own files are not part of this program. A library brings them along, and those of one version alone
//! are taken: with them people sign in to write to the library.

mod collections;
mod kinds;
mod page;
mod settings;
mod widgets;

use super::Rules;
use crate::config::Editor;

/// The editor's name in the settings of a library.
pub const NAME: &str = "decap";

/// The version that is taken.
pub const VERSION: &str = "3.16.3";

/// The file without which there is no editor.
pub const SCRIPT: &str = "decap-cms.js";

/// The files without which the site can't have the editor: what runs, and the licences of what it is made of.
pub const REQUIRED: [&str; 2] = [SCRIPT, "decap-cms.js.LICENSE.txt"];

/// The folder of the site that the editor is in.
pub const FOLDER: &str = "admin/";

/// The site path of its page.
pub const PAGE: &str = "admin/index.html";

/// The site path of its settings.
pub const SETTINGS: &str = "admin/config.yml";

/// The files of the version, each with its hash (SHA-256): the output of `sha256sum` in the folder `dist` of the npm
/// package, but for those that the editor does not load.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("3.16.3.sha256").lines();
    lines.filter_map(|line| line.split_once("  ")).map(|(hash, name)| (name, hash))
}

/// What stands beside those files: site paths and texts.
pub fn made(rules: &Rules<'_>, editor: &Editor) -> Vec<(String, String)> {
    let beside = [
        // Readies the editor for this library's pages and starts it.
        ("start.js", include_str!("start.js")),
        // How it reads and writes pages.
        ("pages.js", include_str!("pages.js")),
        // How it shows them beside their forms.
        ("preview.js", include_str!("preview.js")),
        // How it finds pages in several languages.
        ("twins.js", include_str!("twins.js")),
        // What its own style leaves out, such as telephones.
        ("editor.css", include_str!("editor.css")),
        // Its own licence, which its package does not hold: https://github.com/decaporg/decap-cms.
        ("LICENSE.txt", include_str!("LICENSE.txt")),
    ];
    let made = [
        (PAGE.to_owned(), page::page(rules, editor)),
        (SETTINGS.to_owned(), settings::settings(rules, editor)),
        (format!("{FOLDER}kinds.js"), kinds::kinds(rules)),
    ];
    made.into_iter().chain(beside.map(|(name, text)| (format!("{FOLDER}{name}"), text.to_owned()))).collect()
}
