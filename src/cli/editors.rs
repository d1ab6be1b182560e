//! `casebook editors`

use clap::{Args, ValueEnum};

/// What `casebook editors` is told.
#[derive(Debug, Args)]
pub struct Editors {
    /// Where the library is kept
    #[arg(value_enum)]
    pub host: Host,
    /// Write over files that are there already and say something else
    #[arg(long)]
    pub force: bool,
    /// Write nothing, and end with an error where a file is not what it would be
    #[arg(long, conflicts_with = "force")]
    pub check: bool,
    /// The revision of Casebook that the host runs: a commit of its repository, or a tag [default: this version's tag]
    #[arg(long, value_name = "REVISION")]
    pub revision: Option<String>,
    /// Compile the program that lies in this folder of the library's repository instead, such as . or vendor/casebook
    /// (GitHub alone)
    #[arg(long, value_name = "DIR", conflicts_with = "revision")]
    pub program: Option<String>,
}

/// Who keeps repositories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Host {
    /// Forms for issues, checks and previews of pull requests, publishing
    Github,
    /// Templates for issues, checks and previews of merge requests, publishing
    Gitlab,
}

impl Host {
    /// The host's name, as people write it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Github => "GitHub",
            Self::Gitlab => "GitLab",
        }
    }

    /// The host's name, as arguments take it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
        }
    }
}
