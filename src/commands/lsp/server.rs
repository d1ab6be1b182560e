//! The thread that speaks with the editor: what is asked, what waits for a run, and what is told of faults.

use super::reader::{self, Findings, Typed, Work};
use crate::{
    commands::Status,
    lsp::{self, Client, Desk, Refusal, protocol},
    mishap,
    model::Changed,
    pipeline,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, Sender},
};

/// What the thread that speaks with the editor hears of.
pub(super) enum Event {
    /// A word of the editor.
    Said(Message),
    /// The editor is gone.
    Gone,
    /// A run has ended.
    Found(Box<Findings>),
}

/// What is between the editor and the library.
pub(super) struct Server {
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
    /// A server that says what it has to say to `say`, and hears of runs by `events`.
    pub fn new(client: Client, say: Box<dyn Fn(Message) -> bool>, events: Sender<Event>) -> Self {
        Self {
            desk: Desk::new(client),
            say,
            events,
            work: None,
            asked: 0,
            done: 0,
            waiting: Vec::new(),
            is_closing: false,
        }
    }

    /// Does what the editor asks until it is gone.
    pub fn listen(&mut self, heard: &Receiver<Event>) -> Status {
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
    pub fn settle(&mut self, root: PathBuf) {
        let work = reader::start(&root, self.desk.client.units, &self.events);
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

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests")]
mod tests {
    use super::{super::reader::Reader, *};
    use crate::{lsp::Units, pipeline::Session};
    use std::{
        collections::BTreeMap,
        fs,
        sync::mpsc::{self, TryRecvError},
    };

    /// A server without threads, and what it says.
    fn server() -> (Server, Receiver<Message>) {
        let (said, heard) = mpsc::channel();
        let say = Box::new(move |message| said.send(message).is_ok());
        let server = Server::new(Client::default(), say, mpsc::channel().0);
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
    fn a_file_of_a_folder_laid_over_the_library_has_its_place_once_the_settings_are_known() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let page = "---\ntitle: B\nsummary: B.\n---\n";
        for (path, text) in [
            ("library/casebook.yaml", "title: Test\nbase_url: https://example.org/\ncontent_overlays: [../more]\n"),
            ("library/content/a.md", page),
            ("more/b.md", page),
        ] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        let library = root.join("library");
        let (mut server, _heard) = server();
        let (work, _jobs) = mpsc::channel();
        (server.work, server.desk.root) = (Some(work), Some(library.clone()));
        let item = json!({ "uri": lsp::address(&root, "more/b.md"), "version": 1, "text": "x" });
        server.notification(Notification::new("textDocument/didOpen".to_owned(), json!({ "textDocument": item })));
        assert_eq!(server.asked, 0);
        let mut reader = Reader::new(Session::reading(), library, Units::default());
        server.found(reader.run(Changed::Everything, 1));
        assert_eq!((server.asked, server.desk.open().len()), (1, 1));
    }
}
