//! Messages as they come and go over standard input and output, whatever comes.

use lsp_server::{Connection, ErrorCode, Message};
use serde_json::{Value, json};
use std::{
    io::{self, BufRead, Read, Write},
    thread::{self, JoinHandle},
};

/// The most bytes of a message: more than any page has, and no more than there is memory for.
const LONGEST: u64 = 64 << 20;

/// The most bytes of the lines before a message.
const LONGEST_HEADER: u64 = 8192;

/// The threads that hear and speak.
pub(super) struct Threads {
    hears: JoinHandle<Result<(), String>>,
    speaks: JoinHandle<io::Result<()>>,
}

impl Threads {
    /// Waits for the end of what comes in.
    pub fn heard(self) -> Result<(), String> {
        self.hears.join().unwrap_or_else(|_| Err("the thread that hears the editor has stopped".to_owned()))
    }

    /// Waits for the end of both.
    pub fn join(self) -> Result<(), String> {
        let Self { hears, speaks } = self;
        let heard = hears.join().unwrap_or_else(|_| Err("the thread that hears the editor has stopped".to_owned()));
        let _ = speaks.join();
        heard
    }
}

/// A connection over standard input and output.
pub(super) fn connect() -> (Connection, Threads) {
    let (editor, server) = Connection::memory();
    let Connection { sender, receiver } = editor;
    let hears = thread::spawn(move || {
        hear(
            &mut io::stdin().lock(),
            |text| answer(&mut io::stdout().lock(), &text),
            |message| sender.send(message).is_ok(),
        )
    });
    let speaks =
        thread::spawn(move || receiver.into_iter().try_for_each(|message| message.write(&mut io::stdout().lock())));
    (server, Threads { hears, speaks })
}

/// Passes on what comes in, up to its end, `exit`, or what nothing can follow. What is no message is answered here.
fn hear(
    input: &mut impl BufRead,
    mut say: impl FnMut(String),
    mut pass: impl FnMut(Message) -> bool,
) -> Result<(), String> {
    loop {
        let length = match header(input) {
            Ok(None) => return Ok(()),
            Ok(Some(length)) => length,
            Err(why) => {
                say(refusal(ErrorCode::ParseError, &why));
                return Err(format!("the editor can't be heard: {why}"));
            }
        };
        let mut body = Vec::new();
        let read = input.take(length).read_to_end(&mut body);
        if read.map_err(|error| format!("the editor can't be heard: {error}"))? as u64 != length {
            return Err("the editor went away in the middle of a message".to_owned());
        }
        match serde_json::from_slice::<Message>(&body) {
            Ok(message) => {
                let is_last = matches!(&message, Message::Notification(word) if word.method == "exit");
                if !pass(message) || is_last {
                    return Ok(());
                }
            }
            Err(_) if serde_json::from_slice::<Value>(&body).is_ok() => {
                say(refusal(ErrorCode::InvalidRequest, "This is no message of the protocol"));
            }
            Err(error) => say(refusal(ErrorCode::ParseError, &format!("This is no JSON: {error}"))),
        }
    }
}

/// The length of the message that comes next, in bytes; none at the end.
fn header(input: &mut impl BufRead) -> Result<Option<u64>, String> {
    let mut length = None;
    let mut header = input.take(LONGEST_HEADER);
    loop {
        let mut line = Vec::new();
        header.read_until(b'\n', &mut line).map_err(|error| error.to_string())?;
        let line = String::from_utf8_lossy(&line);
        match line.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("Content-Length") => {
                let value = value.trim().parse().map_err(|_| "Content-Length is no number".to_owned())?;
                if value > LONGEST {
                    return Err(format!("a message of {value} bytes is too long: {LONGEST} are the most"));
                }
                length = Some(value);
            }
            Some(_) => {}
            None if line.is_empty() && header.limit() > 0 => return Ok(None),
            None if line.trim().is_empty() && !line.is_empty() => {
                return length.map(Some).ok_or_else(|| "a message has no Content-Length".to_owned());
            }
            None => return Err("a message starts with a line that is no header".to_owned()),
        }
    }
}

/// That something could not be read. Nobody knows which question it was, so the answer has no number.
fn refusal(code: ErrorCode, message: &str) -> String {
    json!({ "jsonrpc": "2.0", "id": null, "error": { "code": code as i32, "message": message } }).to_string()
}

fn answer(output: &mut impl Write, text: &str) {
    // An editor that is gone needs no answer.
    let _ = write!(output, "Content-Length: {}\r\n\r\n{text}", text.len()).and_then(|()| output.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many messages are passed on, the codes of what is answered, and whether it ends well.
    fn heard(input: &str) -> (usize, Vec<i64>, bool) {
        let (mut passed, mut codes) = (0, Vec::new());
        let say = |text: String| {
            let answer: Value = serde_json::from_str(&text).unwrap();
            codes.push(answer["error"]["code"].as_i64().unwrap());
        };
        let ended = hear(&mut input.as_bytes(), say, |_| {
            passed += 1;
            true
        });
        (passed, codes, ended.is_ok())
    }

    #[test]
    fn what_is_no_message_is_answered_and_the_next_is_heard() {
        let framed = |text: &str| format!("Content-Length: {}\r\n\r\n{text}", text.len());
        let sound = framed(r#"{"jsonrpc":"2.0","method":"x"}"#);
        for (input, expected) in [
            (String::new(), (0, vec![], true)),
            (sound.clone(), (1, vec![], true)),
            (framed("{nonsense") + &sound, (1, vec![-32700], true)),
            (framed("[1]") + &sound, (1, vec![-32600], true)),
            ("Content-Length: 99999999999999\r\n\r\n".to_owned() + &sound, (0, vec![-32700], false)),
            ("Content-Length: x\r\n\r\n".to_owned(), (0, vec![-32700], false)),
            ("Content-Length: 9\r\n\r\n{".to_owned(), (0, vec![], false)),
            ("nonsense\r\n".to_owned(), (0, vec![-32700], false)),
            ("a: b\r\n".repeat(9000), (0, vec![-32700], false)),
            (framed(r#"{"method":"exit"}"#) + &sound, (1, vec![], true)),
        ] {
            assert_eq!(heard(&input), expected, "{input}");
        }
    }
}
