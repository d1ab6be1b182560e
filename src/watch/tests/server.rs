//! The server on a port of its own, and a client that sends what a browser would not.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    thread::{self, JoinHandle},
    time::Duration,
};

use tokio::sync::oneshot;

use crate::{
    model::Output,
    watch::{
        Preview, bind,
        connections::Bounds,
        server::{BOUNDS, serve_with},
    },
};

pub(super) struct Server {
    pub(super) preview: Preview,
    pub(super) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), String>>>,
}

impl Server {
    /// A server with a site of these files.
    pub(super) fn with(files: &[(&str, &str)]) -> Self {
        Self::start("/", BOUNDS).showing(files)
    }

    /// The same server, with these files to show.
    pub(super) fn showing(self, files: &[(&str, &str)]) -> Self {
        let server = self;
        server.preview.show(files.iter().map(|(path, text)| Output::bytes(*path, *text)).collect(), Vec::new());
        server
    }

    pub(super) fn start(prefix: &str, bounds: Bounds) -> Self {
        Self::start_at(None, prefix, bounds)
    }

    pub(super) fn start_at(host: Option<&'static str>, prefix: &str, bounds: Bounds) -> Self {
        let listener = bind(host, Some(0)).unwrap();
        let address = listener.local_addr().unwrap();
        let preview = Preview::new(prefix);
        let (stop, stopped) = oneshot::channel();
        let shown = preview.clone();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            let shutdown = async { drop(stopped.await) };
            runtime.block_on(serve_with(listener, host, shown, shutdown, bounds))
        });
        Self { preview, address, stop: Some(stop), thread: Some(thread) }
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    pub(super) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(&self.request(method, path, headers))
    }

    /// Asks for what may have no end, and reads no further than the head of the answer.
    pub(super) fn head(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(self.request("GET", path, headers).as_bytes()).unwrap();
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).unwrap();
            head.extend(byte);
        }
        Answer::read(&head)
    }

    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> String {
        let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text + "\r\n"
    }

    /// Sends a request as it is, and reads until the server hangs up.
    pub(super) fn send(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::read(&bytes)
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream
    }

    /// Opens the channel of events.
    pub(super) fn events(&self) -> Events {
        let mut stream = self.connect();
        let request = format!("GET /_casebook/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        Events(BufReader::new(stream))
    }

    pub(super) fn stop(&mut self) -> Result<(), String> {
        drop(self.stop.take());
        self.thread.take().unwrap().join().unwrap()
    }
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    head: String,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        Self { status: head[9..12].parse().unwrap(), body: bytes[end + 4..].to_vec(), head }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        fields.find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

pub(super) struct Events(BufReader<TcpStream>);

impl Events {
    /// The next event with its data; None when the server has hung up.
    pub(super) fn next(&mut self) -> Option<(String, String)> {
        let mut name = None;
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if let Some(event) = line.strip_prefix("event:") {
                name = Some(event.trim().to_owned());
            } else if let (Some(data), Some(name)) = (line.strip_prefix("data:"), &name) {
                return Some((name.clone(), data.trim().to_owned()));
            }
        }
    }
}
