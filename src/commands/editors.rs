//! `casebook editors`: what a host needs to take in, check and publish the pages of a library.

use super::{
    Status, Stopped,
    files::put,
    git,
    library::Library,
    say::remark,
    shown,
    tool_files::{Kept, changes, stale},
};
use crate::{
    cli::{Editors, Global, Host},
    editors::{self, Program},
};
use std::{fs, path::Path};

pub(super) fn editors(options: &Editors, global: &Global) -> Result<Status, Stopped> {
    let library = Library::open(global)?;
    let (root, rules) = (&library.config.root, library.rules());
    let folder = git::folder(root);
    if !folder.is_empty() {
        let name = options.host.label();
        return Err(Stopped::Saying(format!(
            "{name} reads such files at the root of a repository alone, and this library lies in its folder {0}. \
             Nothing was written. Give the library a repository of its own, or write the workflow by hand: \
             `casebook check --root {0} --format {1}` names files from the root of the repository.",
            folder.trim_end_matches('/'),
            options.host.name()
        )));
    }
    let program = program(options, root)?;
    let files = match options.host {
        Host::Github => editors::github(rules, program),
        Host::Gitlab => editors::gitlab(rules, program),
    };
    if options.check {
        let changes = changes(root, &files, Kept::Nothing, "")?;
        return Ok(stale(&changes, &editors::command(options.host.name(), program), global));
    }
    let kept = if options.force { Kept::Nothing } else { Kept::Everything };
    let changes = changes(root, &files, kept, "--force writes over them.")?;
    put(&changes)?;
    if !global.quiet {
        changes.iter().for_each(|change| remark(shown(&change.path)));
        remark(if changes.is_empty() { "All of it was there already.".to_owned() } else { next(options.host) });
    }
    Ok(Status::Clean)
}

/// Where the host takes the program from.
fn program<'a>(options: &'a Editors, root: &Path) -> Result<Program<'a>, String> {
    match (options.revision.as_deref(), options.program.as_deref()) {
        (None, None) => Ok(Program::Version),
        (Some(revision), _) if is_plain(revision) => Ok(Program::Revision(revision)),
        (Some(revision), _) => {
            Err(format!("“{revision}” is no commit and no tag: letters, figures, and . _ - / between them"))
        }
        (None, Some(_)) if options.host == Host::Gitlab => {
            Err("--program is for GitHub: the pipeline of GitLab fetches a revision of the program".to_owned())
        }
        (None, Some(folder)) => {
            let name = folder.trim_start_matches("./").trim_end_matches('/');
            let name = if matches!(name, "" | ".") && folder.starts_with('.') { "." } else { name };
            let is_inside = name == "." || (is_plain(name) && !name.split('/').any(|part| part == ".."));
            let manifest = fs::read_to_string(root.join(name).join("Cargo.toml")).unwrap_or_default();
            match is_inside && manifest.lines().any(|line| line == "name = \"casebook\"") {
                true => Ok(Program::Folder(name)),
                false => Err(format!(
                    "“{folder}” is no folder of the library with the sources of Casebook: its name has letters, \
                     figures, and . _ - / between them, and there is a Cargo.toml of Casebook in it"
                )),
            }
        }
    }
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
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(plain)
}
