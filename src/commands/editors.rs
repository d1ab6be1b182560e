//! `casebook editors`: what a host needs to take in, check and publish the pages of a library.

use super::{
    Status, Stopped,
    files::put,
    library::Library,
    say::remark,
    shown,
    tool_files::{Kept, changes},
};
use crate::{
    cli::{Editors, Global, Host},
    editors,
};

pub(super) fn editors(options: &Editors, global: &Global) -> Result<Status, Stopped> {
    let library = Library::open(global)?;
    let (root, known) = (&library.config.root, library.rules());
    let tag = format!("v{}", env!("CARGO_PKG_VERSION"));
    let revision = options.revision.as_deref().unwrap_or(&tag);
    if !is_revision(revision) {
        return Err(format!("“{revision}” is no commit and no tag: letters, figures, and . _ - / between them").into());
    }
    let files = match options.host {
        Host::Github => editors::github(known, revision),
        Host::Gitlab => editors::gitlab(known, revision),
    };
    let kept = if options.force { Kept::Nothing } else { Kept::Everything };
    let changes = changes(root, &files, kept, "--force writes over them.")?;
    put(&changes)?;
    if !global.quiet {
        changes.iter().for_each(|change| remark(shown(&change.path)));
        remark(if changes.is_empty() { "All of it was there already.".to_owned() } else { next(options.host) });
    }
    Ok(Status::Clean)
}

/// What a person has to do at the host.
fn next(host: Host) -> String {
    let label = editors::LABEL;
    match host {
        Host::Github => format!(
            "Commit these and push them. Then, once, at GitHub:\n\
             - Settings, Pages: let GitHub Actions be the source.\n\
             - Settings, Actions, General: let GitHub Actions create pull requests.\n\
             - Issues, Labels: make a label “{label}”. An issue that gets it becomes a pull request."
        ),
        Host::Gitlab => "Commit these and push them. Then, once, at GitLab:\n\
             - Build, Pipeline schedules: make one that runs every day, for pages whose day comes.\n\
             - Settings, CI/CD, Variables: CASEBOOK_TOKEN, a project access token that may use the API, masked;\n  \
               without it merge requests get no comment, and no issue becomes one."
            .to_owned(),
    }
}

/// True for what can stand in a script as it is.
fn is_revision(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(plain)
}
