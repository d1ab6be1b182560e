//! What git knows of a library's past. Nothing that a repository says to run is run.

mod tree;

pub(super) use tree::Blob;

use crate::diagnostic::{ChangedLines, ShownLines};
use std::{
    path::Path,
    process::{Command, Stdio},
};

/// A library under git.
pub(super) struct Repository<'a> {
    root: &'a Path,
}

impl<'a> Repository<'a> {
    /// The repository that a library lies in.
    ///
    /// # Errors
    /// That there is none, or no git.
    pub(super) fn of(root: &'a Path) -> Result<Self, String> {
        let repository = Self { root };
        match repository.command(&["rev-parse", "--is-inside-work-tree"]).output() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err("this needs git, and git is not installed here".to_owned())
            }
            Err(error) => Err(format!("git can't be run: {error}")),
            Ok(done) if done.status.success() && done.stdout.starts_with(b"true") => Ok(repository),
            Ok(done) => {
                let said = String::from_utf8_lossy(&done.stderr);
                let why = said.lines().next().filter(|line| !line.contains("not a git repository"));
                let why = why.map_or(String::new(), |line| format!(" (git says: {line})"));
                Err(format!("{} is in no git repository, so nobody knows what changed{why}", root.display()))
            }
        }
    }

    /// The commit that a branch, a tag or a hash names.
    ///
    /// # Errors
    /// That there is none, and what to do.
    pub(super) fn commit(&self, revision: &str) -> Result<String, String> {
        let wanted = format!("{revision}^{{commit}}");
        let found = self.text(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]);
        found.map(|hash| hash.trim().to_owned()).map_err(|_| {
            if revision.contains("..") {
                return format!(
                    "git knows no “{revision}” here: that is a range. Name one branch, tag or commit; the other side \
                     is what is here"
                );
            }
            let fetch = match is_branch(revision) {
                true => {
                    let branch = revision.rsplit('/').next().unwrap_or(revision);
                    format!("; `git fetch origin {branch}` brings a branch of the server's")
                }
                false => String::new(),
            };
            let shallow = match self.is_shallow() {
                true => {
                    " This copy of the repository has no past (a shallow clone): fetch all of it with \
                         `git fetch --unshallow`, or with `fetch-depth: 0` in a workflow."
                }
                false => "",
            };
            format!("git knows no “{revision}” here. Name a branch, a tag or a commit{fetch}.{shallow}")
        })
    }

    /// Where the work that is checked out parted from a commit.
    ///
    /// # Errors
    /// That the two have nothing in common here.
    pub(super) fn parted(&self, commit: &str) -> Result<String, String> {
        let base = self.text(&["merge-base", "--end-of-options", commit, "HEAD"]);
        base.map(|hash| hash.trim().to_owned()).map_err(|_| match self.is_shallow() {
            true => "the two have no commit in common in this copy of the repository, which is shallow: fetch all of \
                     it with `git fetch --unshallow`, or with `fetch-depth: 0` in a workflow"
                .to_owned(),
            false => "the two have no commit in common".to_owned(),
        })
    }

    /// The lines of the library that are not as they were at a commit: what is not committed yet counts. A file with a
    /// new name is new, as its links may lead elsewhere from there.
    ///
    /// # Errors
    /// What git says.
    pub(super) fn changed_since(&self, commit: &str) -> Result<ChangedLines, String> {
        let options =
            ["--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--relative", "--ignore-submodules"];
        let diff = |more: &[&str]| self.bytes(&[&["diff"], &options[..], more, &[commit, "--"]].concat());
        let patch = diff(&["--unified=0", "--no-prefix", "--inter-hunk-context=0", "--output-indicator-new=+"])?;
        let mut changed = ChangedLines::of_diff(&String::from_utf8_lossy(&patch));
        for path in names(&diff(&["--name-only", "-z"])?) {
            changed.add_unless_known(path);
        }
        for path in names(&self.bytes(&["ls-files", "--others", "--exclude-standard", "-z"])?) {
            changed.add_whole(path);
        }
        Ok(changed)
    }

    /// What is shown of the way from a commit to the one that is checked out, as GitHub shows it: three lines around a
    /// change, and of a file with a new name only what changed.
    ///
    /// # Errors
    /// What git says.
    pub(super) fn shown_since(&self, commit: &str) -> Result<ShownLines, String> {
        let options = ["--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--ignore-submodules"];
        let shape =
            ["--no-prefix", "--unified=3", "--inter-hunk-context=0", "--find-renames", "--output-indicator-new=+"];
        let diff = self.bytes(&[&["diff"], &options[..], &shape, &[commit, "HEAD", "--"]].concat())?;
        Ok(ShownLines::of_diff(&String::from_utf8_lossy(&diff), &self.folder()?))
    }

    /// The library's folder in its repository; empty, or with `/` at its end.
    ///
    /// # Errors
    /// What git says.
    pub(super) fn folder(&self) -> Result<String, String> {
        Ok(self.text(&["rev-parse", "--show-prefix"])?.trim_end_matches('\n').to_owned())
    }

    /// Why git may lack a file of the past, and what to do; it is not let to fetch by itself, as that may run what the
    /// repository names.
    fn why_not(&self) -> &'static str {
        match self.text(&["config", "--get-regexp", r"^remote\..*\.(promisor|partialclonefilter)$"]) {
            Ok(_) => {
                ": this copy of the repository has left out files of the past (a partial clone). Fetch them with \
                 `git fetch --refetch --no-filter`, or clone it without `--filter`"
            }
            Err(_) => "",
        }
    }

    /// True for a file that git keeps.
    pub(super) fn keeps(&self, file: &Path) -> bool {
        let Some(file) = file.to_str() else { return false };
        self.text(&["--literal-pathspecs", "ls-files", "--error-unmatch", "--", file]).is_ok()
    }

    fn is_shallow(&self) -> bool {
        self.text(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|text| text.trim() == "true")
    }

    fn text(&self, arguments: &[&str]) -> Result<String, String> {
        Ok(String::from_utf8_lossy(&self.bytes(arguments)?).into_owned())
    }

    fn bytes(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let done = self.command(arguments).output().map_err(|error| format!("git can't be run: {error}"))?;
        if done.status.success() {
            return Ok(done.stdout);
        }
        let said = String::from_utf8_lossy(&done.stderr);
        Err(format!("git says: {}", said.lines().next().unwrap_or("nothing, and failed")))
    }

    /// Git without what settings of the repository or of the machine would have it run or say otherwise.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .current_dir(self.root)
            .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=true"])
            .args(["-c", "diff.suppressBlankEmpty=false", "-c", "protocol.allow=never"])
            .args(arguments)
            .env("LC_ALL", "C")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .stdin(Stdio::null());
        command
    }
}

/// True for what can be the name of a branch, and not a way from one or an option.
fn is_branch(revision: &str) -> bool {
    let is_other = |c: char| c.is_whitespace() || c.is_control() || "~^:?*[\\{".contains(c);
    !revision.is_empty() && !revision.starts_with('-') && !revision.contains(is_other)
}

/// The folder of a library in its repository, empty or with `/` at its end; empty where it is in none.
pub(super) fn folder(root: &Path) -> String {
    Repository::of(root).and_then(|repository| repository.folder()).unwrap_or_default()
}

/// Names with a zero byte after each.
fn names(bytes: &[u8]) -> impl Iterator<Item = String> + '_ {
    bytes
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
        .map(|name| String::from_utf8_lossy(name).into_owned())
}
