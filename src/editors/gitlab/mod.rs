//! What GitLab takes from a repository: a template for issues of each kind, and a pipeline.

mod issue_template;

use super::{Program, Rules, ToolFile, made_by};
use serde_json::Value;

/// Every file for GitLab. `revision` is that of the program that the pipeline runs.
pub fn gitlab(rules: Rules<'_>, program: Program<'_>) -> Vec<ToolFile> {
    let quoted = |text: &str| Value::from(text).to_string();
    let pipeline = include_str!("pipeline.yml")
        .replace("@source@", &quoted(env!("CARGO_PKG_REPOSITORY")))
        .replace("@revision@", &quoted(&program.revision().unwrap_or_default()));
    let pipeline = ["issue_title", "issue_made", "issue_taken"]
        .iter()
        .fold(pipeline, |text, key| text.replace(&format!("@word:{key}@"), &quoted(&rules.words(key, &[]))));
    let pipeline = ToolFile { path: ".gitlab-ci.yml".to_owned(), text: made_by(rules, "gitlab", program) + &pipeline };
    let templates = rules.kinds().map(|kind| ToolFile {
        path: format!(".gitlab/issue_templates/{}.md", kind.name),
        text: issue_template::template(rules, kind),
    });
    std::iter::once(pipeline).chain(templates).collect()
}
