//! The arguments of the program, nothing else.

mod editors;
mod fmt;
mod import;
mod lsp;

pub use fmt::Fmt;
pub use import::Import;
mod schema;
mod template;

pub use editors::{Editors, Host};
pub use lsp::Lsp;
pub use schema::Schema;
pub use template::Template;
mod compare;

pub use compare::{Compare, Telling};

use crate::{config::Overrides, diagnostic::Format, pipeline::Sort};
use clap::builder::TypedValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};
use std::path::PathBuf;

/// Turns a folder of Markdown into a searchable library of good practice.
#[derive(Debug, Parser)]
#[command(name = "casebook", version, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    #[allow(missing_docs, reason = "a doc comment here would become the program's description")]
    pub global: Global,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The folder of the library [default: the nearest one upwards with a casebook.yaml]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Say nothing but faults
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say how long each stage took
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site into public/
    Build(Build),
    /// Look for faults without building anything
    Check(Check),
    /// Say what a change does to the site: pages added, gone, moved and changed, links broken, weight
    Compare(Compare),
    /// Build the site, serve it on this machine, and rebuild it whenever a file changes
    Serve(Serve),
    /// Search the site that was built last
    Search(Search),
    /// Say what will be published, what is due and who must act
    Upcoming(Upcoming),
    /// Put the front matter of pages in order: fields in the order of the kind, values in one style
    Fmt(Fmt),
    /// Make a new page
    New(New),
    /// Make pages of a Word document, a table or an issue that somebody filled in
    Import(Import),
    /// Write a form for a kind of page, to be filled in with Word
    Template(Template),
    /// Make a new library in a folder
    Init(Init),
    /// Say more about a fault: `casebook explain CB0401`
    Explain(Explain),
    /// List the kinds of page and their fields
    Kinds(Kinds),
    /// Write a JSON Schema of each kind, and settings and snippets for VS Code
    Schema(Schema),
    /// Write what GitHub or GitLab needs to take in, check and publish pages of this library
    Editors(Editors),
    #[allow(missing_docs, reason = "a doc comment here would stand before its own")]
    Lsp(Lsp),
    /// Write a completion script for a shell
    Completions(Completions),
}

/// Which site to make.
#[derive(Clone, Debug, Default, Args)]
pub struct Site {
    /// Show drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Build the site as it is at this time, such as 2027-10-25 or 2027-10-25T09:00
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// Take warnings for errors
    #[arg(long)]
    pub strict: bool,
}

/// `casebook build`
#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub site: Site,
    /// Leave out the downloads that take long to make
    #[arg(long)]
    pub no_downloads: bool,
    /// The address of the published site
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
}

/// `casebook check`
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub site: Site,
    /// How to report faults
    #[arg(long, default_value = "human", value_parser = format_parser())]
    pub format: Format,
    /// Mend what can be mended without a decision: terms, names and addresses that are a slip away, dates, quotation
    /// marks; then tell what is left
    #[arg(long)]
    pub fix: bool,
    /// Tell the faults on lines that are not as they were where this branch left another one, such as origin/main, and
    /// those that the change made elsewhere; only count the others
    #[arg(long, value_name = "REVISION")]
    pub changed_since: Option<String>,
    /// Give what can be mended on the lines of this change as the review of a pull request, with a suggestion at each
    /// place: JSON for the API of GitHub
    #[arg(long, value_enum, value_name = "HOST", requires = "changed_since", conflicts_with_all = ["format", "fix", "stats"])]
    pub suggest: Option<Reviewer>,
    /// Say how much there is to read on each page, and from which age on; with --format json these figures alone
    #[arg(long)]
    pub stats: bool,
}

/// Who takes suggestions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Reviewer {
    /// A review with suggestions
    Github,
}

/// `casebook serve`
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub site: Site,
    /// Leave out the downloads that take long to make: a large library is quicker to show
    #[arg(long)]
    pub no_downloads: bool,
    /// The port to listen on [default: 4000, or the next one that is free]
    #[arg(long)]
    pub port: Option<u16>,
    /// Let other machines in: the address or name of this machine to listen at, such as 0.0.0.0 for all of them
    /// [default: this machine alone]
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<String>,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
}

/// `casebook search`
#[derive(Debug, Args)]
pub struct Search {
    /// What to look for: words, '"exact phrases"' and, after other words, -words that are not wanted
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// Only pages that have this value, as often as needed: values of one facet are alternatives
    #[arg(long = "in", value_name = "FACET=VALUE")]
    pub within: Vec<String>,
    /// The same as --in theme=…
    #[arg(long, value_name = "VALUE")]
    pub theme: Vec<String>,
    /// The same as --in kind=…
    #[arg(long, value_name = "VALUE")]
    pub kind: Vec<String>,
    /// How many pages to show
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    pub limit: usize,
    /// The order of pages
    #[arg(long, default_value = "relevance", value_parser = sort_parser())]
    pub sort: Sort,
    /// The language of the pages [default: that of the site]
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// How to show what is found
    #[arg(long, value_enum, default_value_t)]
    pub format: Shape,
}

/// How results are shown: for people or for programs.
#[allow(missing_docs, reason = "doc comments here would make the help longer")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    #[default]
    Text,
    Json,
}

/// `casebook upcoming`
#[derive(Debug, Args)]
pub struct Upcoming {
    /// How many days to look ahead
    #[arg(long, value_name = "NUMBER", default_value_t = 30)]
    pub days: u16,
    /// See it from this time, such as 2027-10-25 or 2027-10-25T09:00
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub format: Agenda,
}

/// How what is due is shown: for people at a terminal, for programs, for issues and mails.
#[allow(missing_docs, reason = "doc comments here would make the help longer")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Agenda {
    #[default]
    Human,
    Json,
    Ics,
    Markdown,
}

/// `casebook new`
#[derive(Debug, Args)]
pub struct New {
    /// The kind of page: `casebook kinds` lists them
    pub kind: String,
    /// The title of the page
    pub title: String,
    /// A value for a field, as often as needed: --set summary="…" --set themes=housing,health
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
}

/// `casebook init`
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to make
    pub folder: PathBuf,
}

/// `casebook explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// A fault by its code or name: CB0401 or broken-link; all of them where none is given
    pub code: Option<String>,
}

/// `casebook kinds`
#[derive(Debug, Args)]
pub struct Kinds {
    /// Only this kind
    pub kind: Option<String>,
}

/// `casebook completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::NAMES).try_map(|name| name.parse::<Format>())
}

fn sort_parser() -> impl TypedValueParser<Value = Sort> {
    PossibleValuesParser::new(Sort::NAMES).try_map(|name| name.parse::<Sort>())
}

impl Search {
    /// Facets with a value each, as they were asked for.
    ///
    /// # Errors
    /// Which is no facet with a value.
    pub fn choices(&self) -> Result<Vec<(&str, &str)>, String> {
        let mut choices: Vec<(&str, &str)> = Vec::new();
        for pair in &self.within {
            choices.push(pair.split_once('=').ok_or_else(|| format!("“{pair}” is not FACET=VALUE"))?);
        }
        choices.extend(self.theme.iter().map(|value| ("theme", value.as_str())));
        choices.extend(self.kind.iter().map(|value| ("kind", value.as_str())));
        Ok(choices)
    }
}

impl Site {
    /// What these options change in the settings.
    pub fn overrides(&self) -> Overrides {
        let Self { drafts, now, strict } = self.clone();
        Overrides { now, drafts, strict, ..Overrides::default() }
    }
}

impl Serve {
    /// What these options change in the settings.
    pub fn overrides(&self) -> Overrides {
        Overrides { downloads: !self.no_downloads, ..self.site.overrides() }
    }
}

impl Upcoming {
    /// What these options change in the settings.
    pub fn overrides(&self) -> Overrides {
        Overrides { now: self.now.clone(), ..Overrides::default() }
    }
}

impl Build {
    /// What these options change in the settings.
    pub fn overrides(&self) -> Overrides {
        Overrides { base_url: self.base_url.clone(), downloads: !self.no_downloads, ..self.site.overrides() }
    }
}
