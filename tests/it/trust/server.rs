//! Who may ask the preview, and for what.

use crate::site::Site;
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

/// The longest that a test waits for something that is to come: only a program that hangs takes so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program at `casebook serve`, which ends with this.
pub(super) struct Served {
    program: Child,
    pub(super) address: String,
    /// What it says from now on, and what it has said so far.
    said: Receiver<String>,
    heard: String,
}

impl Served {
    pub(super) fn start(root: &Path, more: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        command.args(["serve", "--port", "0"]).args(more).current_dir(root).env("NO_COLOR", "1");
        let mut program = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, said) = mpsc::channel();
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(program.stdout.take().unwrap()), Box::new(program.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        let mut served = Self { program, address: String::new(), said, heard: String::new() };
        let line = served.says("http://");
        served.address = line.split_once("http://").unwrap().1.split('/').next().unwrap().to_owned();
        served
    }

    /// The next line with these words.
    pub(super) fn says(&mut self, words: &str) -> String {
        loop {
            let line = self.said.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("it never says “{words}”:\n{}", self.heard));
            self.heard += &format!("{line}\n");
            if line.contains(words) {
                return line;
            }
        }
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The status and the body that it answers.
    pub(super) fn get(&self, path: &str) -> (u16, String) {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), body.to_owned())
    }

    /// Asks for a page until it is as it should be.
    pub(super) fn until(&mut self, path: &str, is_it: impl Fn((u16, String)) -> bool) {
        let begun = Instant::now();
        while !is_it(self.get(path)) {
            assert!(begun.elapsed() < PATIENCE, "{path} is never as it should be");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// How much memory it has, in bytes, where the system tells.
    fn memory(&self) -> Option<usize> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.program.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(line.trim().trim_end_matches("kB").trim().parse::<usize>().unwrap() * 1024)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn library() -> Site {
    Site::new().page("content/guides/a.md", "A", "", "Words.\n").page("content/guides/b.md", "B", "", "Words.\n")
}

#[test]
fn a_thousand_idle_connections_and_endless_requests_keep_nobody_waiting() {
    let site = library();
    let served = Served::start(site.root(), &["--no-downloads"]);
    assert_eq!(served.get("/guides/a/").0, 200);
    let before = served.memory();
    allow_many_connections();
    // Each of them would have its place for half a minute, and there are 256 places.
    let begun = Instant::now();
    let mut many: Vec<TcpStream> = (0..1000).map(|_| served.connect()).collect();
    for (index, stream) in many.iter_mut().enumerate() {
        // Some say nothing, some begin and never end, some want to send a gigabyte.
        let start = [
            "",
            "GET / HTTP/1.1\r\nHost: local",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1073741824\r\n\r\n",
        ];
        let _ = stream.write_all(start[index % 3].as_bytes());
    }
    assert_eq!(served.get("/guides/a/").0, 200);
    assert!(begun.elapsed() < Duration::from_secs(45), "{:?}", begun.elapsed());
    if let (Some(before), Some(after)) = (before, served.memory()) {
        assert!(after < before + (64 << 20), "{before} bytes before, {after} after");
    }
}

/// Tests may have as many files open as the system allows at all.
fn allow_many_connections() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    }
}

#[test]
fn only_whoever_asks_for_it_is_served_to_others_and_is_warned() {
    let site = library();
    let mut served = Served::start(site.root(), &["--host", "0.0.0.0", "--now", "2026-11-21"]);
    assert!(served.address.starts_with("127.0.0.1:"), "{}", served.address);
    // Which of the two streams is heard first is chance.
    while !served.heard.contains("whoever can reach 0.0.0.0:") {
        served.says("");
    }
    assert_eq!(served.get("/guides/a/").0, 200);
    let mut closed = Served::start(site.root(), &["--now", "2026-11-21"]);
    assert!(closed.address.starts_with("127.0.0.1:"), "{}", closed.address);
    site.write("content/guides/a.md", "---\ntitle: A\n---\n\n[x](nowhere.md)\n");
    closed.says("CB0401");
    assert!(!closed.heard.contains("whoever"), "{}", closed.heard);
}

#[test]
fn a_port_that_is_taken_is_a_failure_where_it_was_asked_for() {
    let site = library();
    let served = Served::start(site.root(), &["--now", "2026-11-21"]);
    let port = served.address.rsplit(':').next().unwrap();
    let ran = site.run(&["serve", "--port", port]);
    assert_eq!(ran.code(), 2);
    assert!(ran.stderr().contains(&format!("port {port} is in use")), "{}", ran.stderr());
}

#[test]
fn the_preview_outlives_what_is_done_to_the_library_and_shows_what_is_there_then() {
    let site = library();
    let mut served = Served::start(site.root(), &["--now", "2026-11-21", "--no-downloads"]);
    let words = |words: &'static str| move |(status, text): (u16, String)| status == 200 && text.contains(words);
    let page = |text: &str| site.write("content/guides/a.md", format!("---\ntitle: A\nsummary: S.\n---\n\n{text}\n"));
    let content = site.root().join("content");

    // A fault: told, and the last good site stays.
    page("[x](nowhere.md)");
    served.says("CB0401");
    assert!(words("Words.")(served.get("/guides/a/")));
    page("Mended.");
    served.until("/guides/a/", words("Mended."));

    // The whole library is moved away and comes back with another page.
    fs::rename(&content, site.root().join("away")).unwrap();
    served.says("no folder content/");
    assert!(words("Mended.")(served.get("/guides/a/")));
    fs::rename(site.root().join("away"), &content).unwrap();
    page("Back.");
    served.until("/guides/a/", words("Back."));

    // So are the settings.
    fs::remove_file(site.root().join("casebook.yaml")).unwrap();
    served.says("casebook.yaml");
    assert!(words("Back.")(served.get("/guides/a/")));
    site.write("casebook.yaml", crate::site::SETTINGS);
    page("Set.");
    served.until("/guides/a/", words("Set."));

    // What is no file, or can't be understood, or goes round, or is gone at once.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(".", content.join("guides/round")).unwrap();
        Command::new("mkfifo").arg(content.join("guides/pipe.md")).status().unwrap();
    }
    site.write("content/guides/c.md", b"\xff\xfe\x00");
    served.says("CB0102");
    fs::remove_file(content.join("guides/c.md")).unwrap();
    for number in 0..200 {
        site.write(&format!("content/guides/passing-{number}.md"), "---\ntitle: Passing\nsummary: S.\n---\n\nText.\n");
        fs::remove_file(content.join(format!("guides/passing-{number}.md"))).unwrap();
    }
    page("The end.");
    served.until("/guides/a/", words("The end."));
    assert_eq!(served.get("/guides/passing-7/").0, 404);
    fs::remove_file(content.join("guides/b.md")).unwrap();
    // A page becomes something that has no end to read.
    #[cfg(unix)]
    Command::new("mkfifo").arg(content.join("guides/b.md")).status().unwrap();
    served.until("/guides/b/", |(status, _)| status == 404);
}

#[test]
fn a_build_beside_a_preview_that_publishes_ends_well() {
    let site = library();
    let mut served = Served::start(site.root(), &[]);
    site.run(&["build"]).clean();
    assert!(site.has("guides/a/index.html"));
    site.write("content/guides/a.md", "---\ntitle: A\nsummary: S.\n---\n\nOther words.\n");
    served.until("/guides/a/", |(_, text)| text.contains("Other words."));
    site.run(&["build"]).clean();
    assert!(site.built("guides/a/index.html").contains("Other words."));
}
