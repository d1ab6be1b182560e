//! A site as a comparison needs it: in words and weights, without the files themselves.

use super::{Progress, Run, Session};
use crate::{
    compare::{Page, Side, Term, Told, Weighed},
    config::Config,
    diagnostic::{Code, Diagnostic, SourceTexts},
    model::{Changed, Content, Entry, Fields, Library, Outlet, Output, Position, Target, Unsaved, Value},
    yaml,
};
use rayon::prelude::*;
use rustc_hash::FxHasher;
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    hash::{Hash, Hasher},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

/// A library that is weighed, and weighed again as it was before. The second time costs what differs.
#[derive(Debug)]
pub struct Survey {
    session: Session,
    scales: Arc<Scales>,
}

impl Default for Survey {
    fn default() -> Self {
        let scales = Arc::new(Scales::default());
        // What waits until somebody asks for it, index and catalogue, changes with every word and says nothing by that.
        Self { session: Session::postponing().passing_through(scales.clone()), scales }
    }
}

impl Survey {
    /// Puts these texts before those on the disk, and takes some of its files for not there.
    pub fn lay(&mut self, unsaved: Unsaved) {
        self.session.lay(unsaved);
    }

    /// Runs every stage but the last and gives what a comparison needs of the site, with what there is to say of it.
    pub fn side(&mut self, config: &Config, progress: &dyn Progress) -> Side {
        let run = self.session.run(config, &Changed::Everything, progress).run;
        let Surveyed { mut side, disk } = self.session.surveyed().unwrap_or_default();
        let sizes: HashMap<PathBuf, u64> = disk.into_iter().collect();
        let own: HashMap<String, u64> =
            side.assets.iter().map(|(path, size)| (Library::asset_url(path), *size)).collect();
        let size = |path: &str, scale: &Scale| match scale {
            Scale::Bytes(weighed) => *weighed,
            Scale::Carried(disk) => Weighed { size: sizes.get(disk).copied(), hash: 0 },
            // A picture of the library that only loses what its camera noted weighs what it did, or nearly.
            Scale::Made(hash) => Weighed { size: own.get(&format!("/{path}")).copied(), hash: *hash },
        };
        let weighed = self.scales.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What only the run before had is on the scales still.
        let paths = self.session.outputs().into_iter().map(|output| output.path);
        side.files = paths.filter_map(|path| Some((path.clone(), size(&path, weighed.get(&path)?)))).collect();
        side.faults = run.diagnostics.iter().map(|fault| told(fault, &run)).collect();
        side
    }
}

/// Weighs each output and gives back its path alone.
#[derive(Debug, Default)]
struct Scales(Mutex<HashMap<String, Scale>>);

#[derive(Debug)]
enum Scale {
    Bytes(Weighed),
    Carried(PathBuf),
    Made(u64),
}

impl Outlet for Scales {
    fn take(&self, output: Output) -> Option<Output> {
        let scale = match &output.content {
            Content::Bytes(bytes) => Scale::Bytes(weighed(bytes)),
            Content::File(disk) => Scale::Carried(disk.clone()),
            Content::Made(recipe) => Scale::Made(hash(recipe.key())),
            Content::Measured(measured) => {
                // How large the documents are is not known before they are made; the words around it are.
                let nothing: Vec<_> = measured.of.iter().map(|_| Default::default()).collect();
                Scale::Bytes(weighed(&(measured.tell)(&nothing)))
            }
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(output.path.clone(), scale);
        Some(Output { content: Content::Bytes(Vec::new().into()), ..output })
    }
}

fn weighed(bytes: &[u8]) -> Weighed {
    Weighed { size: Some(bytes.len() as u64), hash: hash(bytes) }
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A side, and the sizes of files by their place on the disk.
#[derive(Default)]
pub(super) struct Surveyed {
    side: Side,
    disk: Vec<(PathBuf, u64)>,
}

/// What a linked library gives; `entries` are all that there are, hidden ones too.
pub(super) fn side<'a>(library: &Library, entries: impl Iterator<Item = &'a Arc<Entry>>, config: &Config) -> Surveyed {
    let shown: HashSet<&str> = library.entries.iter().map(|entry| entry.path()).collect();
    let page_of = |(index, entry): (usize, &Arc<Entry>)| {
        let links = library.links.get(index).into_iter().flat_map(|links| links.iter().flatten());
        let linked = links.filter_map(|target| match target {
            Target::Asset(path) => Some(path.clone()),
            _ => None,
        });
        let mut page = page(entry, library, config);
        page.files.extend(linked);
        page
    };
    let redirects = |entry: &Arc<Entry>| {
        let url = entry.url.clone();
        entry.aliases.iter().map(move |alias| (alias.clone(), url.clone())).collect::<Vec<_>>()
    };
    let hidden = entries.filter(|entry| !shown.contains(entry.path()));
    let mut side = Side {
        shown: library.entries.par_iter().enumerate().map(page_of).collect(),
        hidden: hidden.map(|entry| page(entry, library, config)).collect(),
        redirects: library.entries.iter().flat_map(redirects).collect(),
        ..Side::default()
    };
    for taxonomy in library.taxonomies.iter() {
        for term in &taxonomy.terms {
            let label = |labels: &crate::model::Labels| labels.get(&config.language).to_owned();
            let told = Term {
                taxonomy: label(&taxonomy.declaration.label),
                label: label(&term.labels),
                pages: term.entries.len(),
            };
            side.terms.insert(taxonomy.term_url(&term.id), told);
        }
    }
    side.assets = library.assets.iter().map(|(path, asset)| (path.clone(), asset.size)).collect();
    let disk = library.assets.values().map(|asset| (asset.disk.clone(), asset.size)).collect();
    Surveyed { side, disk }
}

fn page(entry: &Entry, library: &Library, config: &Config) -> Page {
    let text = &entry.source.text;
    let front = entry.front_span.unwrap_or_default().of(text);
    let front = yaml::parse(front).ok().and_then(|value| value.as_mapping().cloned()).unwrap_or_default();
    let label = |name: &str| match entry.kind.field(name) {
        Some(field) => field.label.get(&config.language).to_owned(),
        None => name.to_owned(),
    };
    let field = |(key, value): (&serde_yaml::Value, &serde_yaml::Value)| Some((label(key.as_str()?), words(value)));
    let mut files = BTreeSet::new();
    named(&entry.fields, &mut files);
    let overlaid = |path: &str| library.overlaid.get(path).cloned().unwrap_or_else(|| path.to_owned());
    Page {
        path: overlaid(entry.path()),
        url: entry.url.clone(),
        title: entry.title.clone(),
        kind: entry.kind.label.get(&config.language).to_owned(),
        language: entry.language.clone(),
        state: entry.state.name(),
        embargo: entry.embargo().map(|until| until.timestamp()),
        fields: front.iter().filter_map(field).collect(),
        body: entry.texts.last().map(|body| body.markdown(text).replace("\r\n", "\n")).unwrap_or_default(),
        files,
    }
}

/// A value as people read it: a list has a line for each of its plain values.
fn words(value: &serde_yaml::Value) -> String {
    match value {
        serde_yaml::Value::String(text) => text.clone(),
        serde_yaml::Value::Null => String::new(),
        serde_yaml::Value::Sequence(items) if items.iter().all(|item| !item.is_mapping() && !item.is_sequence()) => {
            items.iter().map(|item| format!("- {}", words(item))).collect::<Vec<_>>().join("\n")
        }
        other => serde_yaml::to_string(other).unwrap_or_default().trim_end().to_owned(),
    }
}

/// The files that fields name.
fn named(fields: &Fields, files: &mut BTreeSet<String>) {
    for value in fields.values() {
        named_by(value, files);
    }
}

fn named_by(value: &Value, files: &mut BTreeSet<String>) {
    match value {
        Value::File(path) => drop(files.insert(path.clone())),
        Value::Group(fields) => named(fields, files),
        Value::Many(values) => values.iter().for_each(|value| named_by(value, files)),
        _ => {}
    }
}

fn told(fault: &Diagnostic, run: &Run) -> Told {
    let links = [Code::BrokenLink, Code::BrokenAnchor, Code::MissingAsset, Code::HiddenTarget];
    let line = |label: &crate::diagnostic::Label| {
        run.texts.text(&label.path).map(|text| Position::of(text, label.span.start).line)
    };
    Told {
        code: format!("{} {}", fault.code, fault.code.rule().name),
        error: fault.is_error(),
        link: links.contains(&fault.code),
        path: fault.place.as_ref().map(|place| place.path.clone()),
        line: fault.place.as_ref().and_then(line),
        message: fault.message.clone(),
    }
}
