//! The last good site, and who is looking at it.

use std::{
    collections::HashMap,
    convert::Infallible,
    process,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::response::sse::Event;
use serde::Serialize;
use tokio::{
    sync::mpsc::{self, Receiver, Sender},
    task::spawn_blocking,
};

use crate::model::{Content, Later, Output};

use super::made::Made;

/// How many events may wait for one page. A page that falls further behind is let go and comes back by itself.
const WAITING: usize = 16;

/// A fault as the overlay shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// `CB0401`.
    pub code: String,
    /// `broken-link`.
    pub name: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The file, from the library's root.
    pub path: Option<String>,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The column, counted from 1.
    pub column: Option<usize>,
}

/// What the development server shows. Clones are the same preview.
#[derive(Clone, Debug)]
pub struct Preview(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    prefix: String,
    made: Made,
    // One lock for all, so that a page that begins to listen neither misses a build nor hears of it twice.
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    site: Arc<Site>,
    builds: usize,
    faults: Option<String>,
    listeners: Vec<Sender<Result<Event, Infallible>>>,
}

/// One build of the site.
#[derive(Clone, Debug, Default)]
pub(super) struct Site {
    /// What each path holds.
    pub(super) files: Arc<HashMap<String, Content>>,
    /// What is made when it is asked for.
    pub(super) later: Vec<Arc<Later>>,
    /// Names the build, over restarts too.
    pub(super) build: String,
}

impl Preview {
    /// A preview without a site yet, to be served below a prefix such as `/` or `/casebook/`.
    pub fn new(prefix: &str) -> Self {
        let inside = prefix.trim_matches('/');
        let prefix = if inside.is_empty() { "/".into() } else { format!("/{inside}/") };
        let state = State { site: Arc::new(Site { build: build(0), ..Site::default() }), ..State::default() };
        Self(Arc::new(Inner { prefix, made: Made::default(), state: Mutex::new(state) }))
    }

    /// Puts a whole site in the place of the last one, and has every open page load anew. What is in `later` is made
    /// when it is asked for.
    pub fn show(&self, outputs: Vec<Output>, later: Vec<Arc<Later>>) {
        let files: HashMap<_, _> = outputs.into_iter().map(|output| (output.path, output.content)).collect();
        self.0.made.keep(files.values());
        self.put(Site { files: Arc::new(files), later, build: String::new() });
    }

    /// Puts these files into the site that is shown, takes those away that are gone, and has every open page load
    /// anew.
    pub fn change(&self, outputs: Vec<Output>, gone: &[String], later: Vec<Arc<Later>>) {
        let mut state = self.state();
        let mut site = std::mem::take(&mut state.site);
        // Whoever still reads the last site keeps it as it is.
        let files = Arc::make_mut(&mut Arc::make_mut(&mut site).files);
        for path in gone {
            files.remove(path);
        }
        files.extend(outputs.into_iter().map(|output| (output.path, output.content)));
        let files = site.files.clone();
        state.site = site;
        drop(state);
        self.put(Site { files: files.clone(), later, build: String::new() });
        self.0.made.keep(files.values());
    }

    fn put(&self, site: Site) {
        let mut state = self.state();
        state.builds += 1;
        let build = build(state.builds);
        let before = std::mem::replace(&mut state.site, Arc::new(Site { build: build.clone(), ..site }));
        state.faults = None;
        state.tell(&Event::default().event("reload").data(build));
        drop(state);
        // A large site takes its time to go: not while the server waits for the lock.
        drop(before);
    }

    /// Keeps the last good site and lays the faults over every page. An empty list takes them away.
    pub fn fail(&self, faults: Vec<Fault>) {
        // Strings and numbers can always be written as JSON.
        let json = serde_json::to_string(&faults).unwrap_or_else(|_| "[]".into());
        let mut state = self.state();
        state.tell(&fault(&json));
        state.faults = (!faults.is_empty()).then_some(json);
    }

    /// The path below which the site lies, with a slash at both ends.
    pub(super) fn prefix(&self) -> &str {
        &self.0.prefix
    }

    /// The site to answer from.
    pub(super) fn site(&self) -> Arc<Site> {
        self.state().site.clone()
    }

    /// What recipes have made so far.
    pub(super) fn made(&self) -> &Made {
        &self.0.made
    }

    /// The events for one more page: which build is shown, the faults if there are any, then what happens.
    pub(super) fn listen(&self) -> Receiver<Result<Event, Infallible>> {
        let (sender, receiver) = mpsc::channel(WAITING);
        let mut state = self.state();
        let hello = Event::default().event("hello").data(&state.site.build);
        let first = [Some(hello), state.faults.as_deref().map(fault)];
        for event in first.into_iter().flatten() {
            // There is room for two.
            let _ = sender.try_send(Ok(event));
        }
        state.listeners.retain(|listener| !listener.is_closed());
        state.listeners.push(sender);
        receiver
    }

    /// Lets every page go.
    pub(super) fn close(&self) {
        self.state().listeners.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Site {
    /// What the file at a path holds, made now where it has waited for that.
    pub(super) async fn file(&self, path: &str) -> Option<Content> {
        if let Some(content) = self.files.get(path) {
            return Some(content.clone());
        }
        let later = self.later.iter().find(|later| later.covers(path))?.clone();
        let path = path.to_owned();
        spawn_blocking(move || later.file(&path).cloned()).await.ok().flatten()
    }
}

impl State {
    fn tell(&mut self, event: &Event) {
        self.listeners.retain(|listener| listener.try_send(Ok(event.clone())).is_ok());
    }
}

/// Differs from the builds of a server that ran here before, for pages that outlive it.
fn build(number: usize) -> String {
    format!("{}-{number}", process::id())
}

fn fault(json: &str) -> Event {
    Event::default().event("fault").data(json)
}
