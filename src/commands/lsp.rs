//! `casebook lsp`
//!
//! Two threads: one speaks with the editor and answers from what is known, the other runs the pipeline over what was
//! typed and finds out what is known next. So no answer waits for a run, but for those that have to know all texts.

mod wire;

use super::{Status, build::FOLDER};
use crate::{
    cli::Global,
    config::Overrides,
    lsp::{self, Client, Desk, OfFile, Refusal, Shelf, Units, protocol},
    mishap,
    model::{Changed, Unsaved},
    pipeline::{self, Session, Texts, Unseen},
    watch::Folders,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, ProtocolError, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::IsTerminal,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};
use url::Url;

pub(super) fn lsp(global: &Global) -> Result<Status, String> {
    if std::io::stdin().is_terminal() {
        return Err("`casebook lsp` speaks with editors, which start it by themselves. docs/lsp.md says how to tell \
                    yours of it; `casebook lsp --help` what it does."
            .to_owned());
    }
    let asked = global.root.is_some().then(|| super::root(global)).transpose()?;
    let (connection, threads) = wire::connect();
    match speak(connection, asked) {
        Ok(status) => threads.join().map(|()| status),
        // Where what comes in has ended, why it has is what there is to say.
        Err(error) if error.channel_is_disconnected() => {
            threads.heard()?;
            Err("The editor closed the line before it said what it wants. docs/lsp.md says how to set one up."
                .to_owned())
        }
        Err(error) => Err(error.to_string()),
    }
}

/// What the thread that speaks with the editor hears of.
enum Event {
    /// A word of the editor.
    Said(Message),
    /// The editor is gone.
    Gone,
    /// A run has ended.
    Found(Box<Findings>),
}

/// Something to run the pipeline for.
struct Work {
    changed: Changed,
    desk: Option<Typed>,
    /// The number of this piece of work.
    number: u64,
}

/// What lies open in the editor.
struct Typed {
    unsaved: Unsaved,
    open: BTreeMap<String, (Url, i32)>,
}

/// What a run found.
struct Findings {
    shelf: Option<Arc<Shelf>>,
    /// The faults of the files whose faults are others than before; none for those that have none any more.
    faults: BTreeMap<String, Option<OfFile>>,
    /// The same for the editor.
    published: Vec<Value>,
    /// The last piece of work that it is about.
    number: u64,
}

/// Speaks with the editor until it has enough.
fn speak(connection: Connection, asked: Option<PathBuf>) -> Result<Status, ProtocolError> {
    let (id, params) = connection.initialize_start()?;
    let initialize: protocol::Initialize = serde_json::from_value(params).unwrap_or_default();
    let client = Client::of(&initialize.capabilities);
    let info = json!({ "name": "casebook", "version": env!("CARGO_PKG_VERSION") });
    let result = json!({ "capabilities": lsp::capabilities(client), "serverInfo": info });
    connection.initialize_finish(id, result)?;

    let (events, heard) = mpsc::channel();
    let Connection { sender, receiver } = connection;
    let hears = events.clone();
    thread::spawn(move || {
        for message in receiver {
            if hears.send(Event::Said(message)).is_err() {
                return;
            }
        }
        let _ = hears.send(Event::Gone);
    });
    let mut server = Server {
        desk: Desk::new(client),
        say: Box::new(move |message| sender.send(message).is_ok()),
        events,
        work: None,
        asked: 0,
        done: 0,
        waiting: Vec::new(),
        is_closing: false,
    };
    let folders = initialize.workspace_folders.unwrap_or_default().into_iter().map(|folder| folder.uri);
    let folders = folders.chain(initialize.root_uri).filter_map(|uri| uri.to_file_path().ok());
    if let Some(root) = asked.or_else(|| folders.into_iter().find_map(|folder| pipeline::root(&folder))) {
        server.settle(root);
    }
    Ok(server.listen(&heard))
}

struct Server {
    desk: Desk,
    /// Sends a message to the editor.
    say: Box<dyn Fn(Message) -> bool>,
    events: Sender<Event>,
    /// Whom to ask for a run, once there is a library.
    work: Option<Sender<Work>>,
    /// The number of the last piece of work, and of the last one that is done.
    asked: u64,
    done: u64,
    /// Questions that wait for a piece of work.
    waiting: Vec<(u64, Request)>,
    is_closing: bool,
}

impl Server {
    fn listen(&mut self, heard: &Receiver<Event>) -> Status {
        for event in heard {
            match event {
                Event::Said(Message::Request(request)) => self.request(request),
                Event::Said(Message::Notification(notification)) if notification.method == "exit" => break,
                Event::Said(Message::Notification(notification)) => self.notification(notification),
                Event::Said(Message::Response(_)) => {}
                Event::Found(findings) => self.found(*findings),
                Event::Gone => break,
            }
        }
        if self.is_closing { Status::Clean } else { Status::Faults }
    }

    /// Takes a folder for the library's.
    fn settle(&mut self, root: PathBuf) {
        let (work, jobs) = mpsc::channel();
        let events = self.events.clone();
        let mut reader = Reader {
            session: Session::reading().advising(),
            root: root.clone(),
            ..Reader::new(self.desk.client.units)
        };
        thread::spawn(move || reader.work(&jobs, &events));
        let told = work.clone();
        let watched = root.clone();
        thread::spawn(move || watch(&watched, &told));
        (self.desk.root, self.work) = (Some(root), Some(work));
        self.run(Changed::Everything);
    }

    /// Asks for a run over what lies open now.
    fn run(&mut self, changed: Changed) {
        let Some(work) = &self.work else { return };
        self.asked += 1;
        let open = self.desk.open().iter().map(|(path, open)| (path.clone(), (open.uri.clone(), open.version)));
        let desk = Typed { unsaved: self.desk.unsaved(), open: open.collect() };
        let _ = work.send(Work { changed, desk: Some(desk), number: self.asked });
    }

    fn request(&mut self, request: Request) {
        if request.method == "shutdown" {
            self.is_closing = true;
            self.reply(Response::new_ok(request.id, ()));
        } else if self.is_closing {
            self.refuse(request.id, ErrorCode::InvalidRequest, "The server was told to shut down");
        } else if lsp::needs_all(&request.method) && self.done < self.asked {
            self.waiting.push((self.asked, request));
        } else {
            self.answer(request);
        }
    }

    fn answer(&self, Request { id, method, params }: Request) {
        let answer = mishap::caught(|| method.clone(), || lsp::answer(&self.desk, &method, params));
        match answer {
            Ok(Ok(answer)) => self.reply(Response::new_ok(id, answer)),
            Ok(Err(Refusal::Unknown)) => {
                self.refuse(id, ErrorCode::MethodNotFound, &format!("There is no answer to {method}"));
            }
            Ok(Err(Refusal::Malformed(why))) => self.refuse(id, ErrorCode::InvalidParams, &why),
            Ok(Err(Refusal::Impossible(why))) => self.refuse(id, ErrorCode::RequestFailed, &why),
            Err(fault) => self.refuse(id, ErrorCode::InternalError, &fault.message),
        }
    }

    fn reply(&self, response: Response) {
        (self.say)(Message::Response(response));
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, why: &str) {
        self.reply(Response::new_err(id, code as i32, why.to_owned()));
    }

    fn notification(&mut self, Notification { method, params }: Notification) {
        let changed = match method.as_str() {
            "textDocument/didOpen" => self.opened(params),
            "textDocument/didChange" => read(params).and_then(|edited| self.desk.edited(edited)),
            "textDocument/didClose" => read(params).and_then(|whole| self.desk.closed(whole)),
            // The disk is watched as well; but where that is not possible, this is word of a change.
            "textDocument/didSave" => {
                read::<protocol::Whole>(params).and_then(|whole| self.desk.path(&whole.text_document.uri))
            }
            "$/cancelRequest" => {
                self.cancel(&params);
                None
            }
            _ => None,
        };
        if let Some(path) = changed {
            self.run(Changed::Paths(vec![path.into()]));
        }
    }

    fn opened(&mut self, params: Value) -> Option<String> {
        let opened: protocol::Opened = read(params)?;
        if self.desk.root.is_none() {
            let file = opened.text_document.uri.to_file_path().ok()?;
            match pipeline::root(file.parent()?) {
                Some(root) => self.settle(root),
                None => self.log(&format!("There is no library around {}: no casebook.yaml", file.display())),
            }
        }
        self.desk.opened(opened)
    }

    fn cancel(&mut self, params: &Value) {
        let is_meant = |request: &Request| Some(&json!(request.id)) == params.get("id");
        let (cancelled, waiting) = std::mem::take(&mut self.waiting).into_iter().partition(|(_, one)| is_meant(one));
        self.waiting = waiting;
        let cancelled: Vec<(u64, Request)> = cancelled;
        for (_, request) in cancelled {
            self.refuse(request.id, ErrorCode::RequestCanceled, "The question was taken back");
        }
    }

    fn found(&mut self, Findings { shelf, faults, published, number }: Findings) {
        self.done = self.done.max(number);
        if shelf.is_some() {
            self.desk.shelf = shelf;
        }
        for (path, of_file) in faults {
            match of_file {
                Some(of_file) => drop(self.desk.faults.insert(path, of_file)),
                None => drop(self.desk.faults.remove(&path)),
            }
        }
        for params in published {
            self.notify("textDocument/publishDiagnostics", params);
        }
        let placed = self.desk.placed();
        if !placed.is_empty() {
            self.run(Changed::Paths(placed.into_iter().map(PathBuf::from).collect()));
        }
        let (ready, waiting) = std::mem::take(&mut self.waiting).into_iter().partition(|(need, _)| *need <= self.done);
        self.waiting = waiting;
        let ready: Vec<(u64, Request)> = ready;
        for (_, request) in ready {
            self.answer(request);
        }
    }

    fn log(&self, message: &str) {
        self.notify("window/logMessage", json!({ "type": 3, "message": message }));
    }

    fn notify(&self, method: &str, params: Value) {
        (self.say)(Message::Notification(Notification { method: method.to_owned(), params }));
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

/// Tells of changes on the disk. Where it can't be watched, the editor's word on what it saves has to do.
fn watch(root: &Path, work: &Sender<Work>) {
    let Ok(mut folders) = Folders::watch(root, &[root.join(FOLDER)]) else { return };
    loop {
        if let Ok(config) = pipeline::settings(root, &Overrides::default()) {
            folders.lay(&config.overlays);
        }
        let Some(word) = folders.next() else { return };
        if work.send(Work { changed: word.changed, desk: None, number: 0 }).is_err() {
            return;
        }
    }
}

/// Runs the pipeline over the library, as often as there is something new.
#[derive(Default)]
struct Reader {
    session: Session,
    root: PathBuf,
    units: Units,
    unsaved: Unsaved,
    open: BTreeMap<String, (Url, i32)>,
    /// What runs with unsound settings have missed.
    missed: Option<Changed>,
    /// What was said last.
    told: BTreeMap<String, OfFile>,
}

impl Reader {
    fn new(units: Units) -> Self {
        Self { units, ..Self::default() }
    }

    fn work(&mut self, jobs: &Receiver<Work>, events: &Sender<Event>) {
        while let Ok(first) = jobs.recv() {
            let (mut changed, mut number) = (Changed::Paths(Vec::new()), 0);
            // Whatever else was typed by now belongs to the same run.
            for work in [first].into_iter().chain(jobs.try_iter()) {
                changed = changed.and(work.changed);
                number = number.max(work.number);
                if let Some(Typed { unsaved, open }) = work.desk {
                    (self.unsaved, self.open) = (unsaved, open);
                }
            }
            let findings = self.run(changed, number);
            if events.send(Event::Found(Box::new(findings))).is_err() {
                return;
            }
        }
    }

    fn run(&mut self, changed: Changed, number: u64) -> Findings {
        let changed = self.missed.take().map_or(changed.clone(), |missed| missed.and(changed));
        let settings = pipeline::settings_before(&self.root, &Overrides::default(), &self.unsaved);
        let (run, shelf) = match settings {
            Ok(config) => {
                self.session.lay(self.unsaved.clone());
                let run = self.session.run(&config, &changed, &Unseen).run;
                (run, self.session.shelf().map(Arc::new))
            }
            Err(run) => {
                self.missed = Some(changed);
                (run, None)
            }
        };
        let (faults, published) = self.news(lsp::by_file(run.diagnostics, |path| run.texts.file(path)), &run.texts);
        Findings { shelf, faults, published, number }
    }

    /// What is otherwise than it was said last.
    fn news(&mut self, now: BTreeMap<String, OfFile>, texts: &Texts) -> (BTreeMap<String, Option<OfFile>>, Vec<Value>) {
        let paths: BTreeSet<&String> = now.keys().chain(self.told.keys()).collect();
        let differs = |path: &&String| now.get(*path) != self.told.get(*path);
        let paths: Vec<String> = paths.into_iter().filter(differs).cloned().collect();
        let (mut faults, mut published) = (BTreeMap::new(), Vec::new());
        for path in paths {
            let open = self.open.get(&path).cloned();
            let uri = open.as_ref().map(|(uri, _)| uri.clone()).or_else(|| lsp::address(&self.root, &path));
            let of_file = now.get(&path);
            let none = OfFile::default();
            if let Some(uri) = uri {
                let version = open.map(|(_, version)| version);
                let of_file = of_file.unwrap_or(&none);
                published.push(lsp::published(&self.root, &uri, version, of_file, self.units, texts));
            }
            faults.insert(path, of_file.cloned());
        }
        self.told = now;
        (faults, published)
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests")]
mod tests {
    use super::*;
    use std::{fs, sync::mpsc::TryRecvError};

    /// A server without threads, and what it says.
    fn server() -> (Server, Receiver<Message>) {
        let (said, heard) = mpsc::channel();
        let server = Server {
            desk: Desk::new(Client::default()),
            say: Box::new(move |message| said.send(message).is_ok()),
            events: mpsc::channel().0,
            work: None,
            asked: 0,
            done: 0,
            waiting: Vec::new(),
            is_closing: false,
        };
        (server, heard)
    }

    fn request(id: i32, method: &str) -> Request {
        let params = json!({ "textDocument": { "uri": "untitled:1" }, "position": { "line": 0, "character": 0 }, "newName": "x" });
        Request { id: id.into(), method: method.to_owned(), params }
    }

    /// The question that was answered, and what it was refused with.
    fn answered(heard: &Receiver<Message>) -> Result<(RequestId, Option<i32>), TryRecvError> {
        let Message::Response(Response { id, response_result }) = heard.try_recv()? else {
            panic!("a word of its own")
        };
        Ok((id, response_result.err().map(|error| error.code)))
    }

    fn findings(number: u64) -> Findings {
        Findings { shelf: None, faults: BTreeMap::new(), published: Vec::new(), number }
    }

    #[test]
    fn what_needs_all_texts_waits_for_them_unless_it_is_taken_back() {
        let (mut server, heard) = server();
        server.asked = 2;
        server.request(request(1, "textDocument/rename"));
        server.request(request(2, "textDocument/hover"));
        server.request(request(3, "textDocument/rename"));
        assert_eq!(answered(&heard), Ok((2.into(), None)));
        server.notification(Notification::new("$/cancelRequest".to_owned(), json!({ "id": 1 })));
        assert_eq!(answered(&heard), Ok((1.into(), Some(ErrorCode::RequestCanceled as i32))));
        server.found(findings(1));
        assert_eq!(answered(&heard), Err(TryRecvError::Empty));
        server.found(findings(2));
        assert_eq!((answered(&heard), answered(&heard)), (Ok((3.into(), None)), Err(TryRecvError::Empty)));
    }

    #[test]
    fn whoever_was_told_to_shut_down_answers_nothing_more() {
        let (mut server, heard) = server();
        server.request(request(1, "shutdown"));
        server.request(request(2, "textDocument/hover"));
        assert_eq!(answered(&heard), Ok((1.into(), None)));
        assert_eq!(answered(&heard), Ok((2.into(), Some(ErrorCode::InvalidRequest as i32))));
    }

    #[test]
    fn nothing_that_changed_is_missed_while_the_settings_can_not_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let settings = "title: Test\nbase_url: https://example.org/\ncontent_overlays: [more]\n";
        let write = |path: &str, text: &str| fs::write(root.join(path), text).unwrap();
        fs::create_dir(root.join("content")).unwrap();
        fs::create_dir(root.join("more")).unwrap();
        write("casebook.yaml", settings);
        let page = |link: &str| format!("---\ntitle: A\nsummary: A.\n---\n[x]({link})\n");
        write("content/a.md", &page("a.md"));
        write("more/b.md", &page("a.md"));
        let mut reader = Reader { session: Session::reading(), root: root.clone(), ..Reader::new(Units::Utf16) };
        let mut run = |changed: &[&str], typed: Option<(&str, String)>| {
            reader.unsaved = Unsaved::default();
            reader.open.clear();
            if let Some((path, text)) = typed {
                reader.unsaved.set(path.to_owned(), Some(text.into()));
                reader.open.insert(path.to_owned(), (lsp::address(&root, path).unwrap(), 3));
            }
            reader.run(Changed::Paths(changed.iter().map(PathBuf::from).collect()), 1)
        };
        let first = run(&["casebook.yaml"], None);
        assert_eq!(first.published, Vec::<Value>::new());
        // A file of a folder that is laid over the library has its place once the settings are known.
        let (mut server, _heard) = server();
        let (work, _jobs) = mpsc::channel();
        (server.work, server.desk.root) = (Some(work), Some(root.clone()));
        let item = json!({ "uri": lsp::address(&root.join("more"), "b.md"), "version": 1, "text": "x" });
        let elsewhere = root.join("content");
        server.desk.root = Some(elsewhere);
        server.notification(Notification::new("textDocument/didOpen".to_owned(), json!({ "textDocument": item })));
        assert_eq!(server.asked, 0);
        server.found(first);
        assert_eq!(server.asked, 1);

        write("casebook.yaml", "title: [\n");
        write("content/a.md", &page("gone.md"));
        assert!(run(&["casebook.yaml", "content/a.md"], None).shelf.is_none());
        write("casebook.yaml", settings);
        let told = run(&["casebook.yaml"], None).faults;
        assert!(told.get("content/a.md").is_some_and(Option::is_some), "{told:?}");
        // What is typed stands before what is saved, and is told with its version.
        let typed = run(&["content/a.md"], Some(("content/a.md", page("typed.md")))).published;
        assert_eq!(typed.first().map(|told| &told["version"]), Some(&json!(3)), "{typed:?}");
        assert!(typed.iter().any(|told| told.to_string().contains("typed.md")), "{typed:?}");
    }
}
