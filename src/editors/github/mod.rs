//! What GitHub takes from a repository: a form for issues of each kind, and workflows.

mod issue_form;
mod workflows;

use super::{Known, Program, ToolFile, made_by, yaml};
use serde_json::json;

pub use workflows::LABEL;

/// Where GitHub looks for forms.
const FORMS: &str = ".github/ISSUE_TEMPLATE";

/// Every file for GitHub.
pub fn github(known: Known<'_>, program: Program<'_>) -> Vec<ToolFile> {
    let made_by = made_by(known, "github", program);
    let mut files: Vec<ToolFile> = known
        .kinds()
        .map(|kind| ToolFile {
            path: format!("{FORMS}/{}.yml", kind.name),
            text: format!("{made_by}{}", yaml::document(&issue_form::form(known, kind))),
        })
        .collect();
    files.push(ToolFile { path: format!("{FORMS}/config.yml"), text: format!("{made_by}{}", chooser(known)) });
    files.extend(workflows::workflows(known, program, &made_by));
    files
}

/// What stands beside the forms where somebody chooses one.
fn chooser(known: Known<'_>) -> String {
    let page = known.config.contribute.as_deref().and_then(|page| page.strip_suffix(".md"));
    let link = page.map(|page| {
        let url = known.config.absolute(&format!("{}/", page.trim_end_matches("/index")));
        json!({ "name": known.words("contribute", &[]), "url": url, "about": known.words("contribute_about", &[]) })
    });
    let links: Vec<_> = link.into_iter().collect();
    let mut chooser = json!({ "blank_issues_enabled": true });
    if let (Some(chooser), false) = (chooser.as_object_mut(), links.is_empty()) {
        chooser.insert("contact_links".into(), links.into());
    }
    yaml::document(&chooser)
}
