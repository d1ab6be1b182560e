//! The channel on which pages learn of builds and faults.

use super::Server;
use crate::{
    model::Output,
    watch::{Fault, server::BOUNDS},
};

fn fault() -> Fault {
    Fault {
        code: "CB0401".into(),
        name: "broken-link".into(),
        message: "no page </script> \"here\"\nor there".into(),
        help: None,
        path: Some("content/a.md".into()),
        line: Some(12),
        column: Some(4),
    }
}

#[test]
fn a_new_site_reloads_the_page() {
    let server = Server::with(&[("index.html", "old")]);
    let mut events = server.events();
    let (name, first) = events.next().unwrap();
    assert_eq!(name, "hello");
    let timing = server.get("/").header("server-timing").unwrap().to_owned();
    assert_eq!(timing, format!("casebook;desc=\"{first}\""), "a page can tell by which build it was made");
    server.preview.show(vec![Output::bytes("index.html", "new")], Vec::new());
    let (name, second) = events.next().unwrap();
    assert_eq!(name, "reload");
    assert_ne!(first, second);
    assert_eq!(server.get("/").text(), "new");
}

#[test]
fn faults_are_told_and_the_last_good_site_stays() {
    let server = Server::with(&[("index.html", "good")]);
    let mut early = server.events();
    assert_eq!(early.next().unwrap().0, "hello");
    server.preview.fail(vec![fault()]);
    let mut late = server.events();
    assert_eq!(late.next().unwrap().0, "hello");
    for events in [&mut early, &mut late] {
        let (name, data) = events.next().unwrap();
        assert_eq!(name, "fault");
        let told: serde_json::Value = serde_json::from_str(&data).unwrap();
        assert_eq!(told[0]["message"], fault().message);
        assert_eq!((&told[0]["line"], &told[0]["help"]), (&12.into(), &serde_json::Value::Null));
    }
    assert_eq!(server.get("/").text(), "good");

    server.preview.show(vec![Output::bytes("index.html", "mended")], Vec::new());
    assert_eq!(early.next().unwrap().0, "reload");
    let mut after = server.events();
    assert_eq!(after.next().unwrap().0, "hello");
    server.preview.fail(Vec::new());
    assert_eq!(after.next().unwrap(), ("fault".into(), "[]".into()), "the faults of old are not told again");
}

#[test]
fn pages_that_have_gone_are_forgotten() {
    let server = Server::with(&[("index.html", "home")]);
    for _ in 0..300 {
        // More pages one after the other than there are places at once.
        assert_eq!(server.events().next().unwrap().0, "hello");
    }
    let mut events = server.events();
    assert_eq!(events.next().unwrap().0, "hello");
    server.preview.show(vec![Output::bytes("index.html", "new")], Vec::new());
    assert_eq!(events.next().unwrap().0, "reload");
}

#[test]
fn the_server_stops_with_pages_open() {
    let mut server = Server::start("/", BOUNDS);
    let mut events = server.events();
    events.next().unwrap();
    server.stop().unwrap();
    assert_eq!(events.next(), None);
}
