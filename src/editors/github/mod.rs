//! What GitHub takes from a repository: a form for issues of each kind, and workflows.

mod issue_form;
mod workflows;

use super::{Program, Rules, ToolFile, made_by, yaml};
use serde_json::json;

pub use workflows::LABEL;

/// Where GitHub looks for forms.
const FORMS: &str = ".github/ISSUE_TEMPLATE";

/// Every file for GitHub.
pub fn github(rules: Rules<'_>, program: Program<'_>) -> Vec<ToolFile> {
    let made_by = made_by(rules, "github", program);
    let mut files: Vec<ToolFile> = rules
        .kinds()
        .map(|kind| ToolFile {
            path: format!("{FORMS}/{}.yml", kind.name),
            text: format!("{made_by}{}", yaml::document(&issue_form::form(rules, kind))),
        })
        .collect();
    files.push(ToolFile { path: format!("{FORMS}/config.yml"), text: format!("{made_by}{}", chooser(rules)) });
    files.extend(workflows::workflows(rules, program, &made_by));
    files
}

/// What stands beside the forms where somebody chooses one.
fn chooser(rules: Rules<'_>) -> String {
    let page = rules.config.contribute.as_deref().and_then(|page| page.strip_suffix(".md"));
    let link = page.map(|page| {
        let url = rules.config.absolute(&format!("{}/", page.trim_end_matches("/index")));
        json!({ "name": rules.words("contribute", &[]), "url": url, "about": rules.words("contribute_about", &[]) })
    });
    let links: Vec<_> = link.into_iter().collect();
    let mut chooser = json!({ "blank_issues_enabled": true });
    if let (Some(chooser), false) = (chooser.as_object_mut(), links.is_empty()) {
        chooser.insert("contact_links".into(), links.into());
    }
    yaml::document(&chooser)
}
