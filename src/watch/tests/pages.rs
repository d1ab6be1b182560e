//! What the server answers to a browser that means well.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::Server;
use crate::{
    model::{Content, Ingredient, Measure, Measured, Output, Recipe},
    watch::{bind, server::BOUNDS},
};

#[test]
fn a_page_is_byte_for_byte_the_output() {
    let html = "<!doctype html><title>Sgwrs â</title><script type=module src=/assets/a.js></script>\n";
    let server = Server::with(&[("index.html", html), ("guides/a/index.html", "a")]);
    let answer = server.get("/");
    assert_eq!((answer.status, answer.text()), (200, html));
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("content-length", &html.len().to_string()),
        ("cache-control", "no-cache"),
        ("content-security-policy", "default-src 'self'"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert_eq!(answer.header("access-control-allow-origin"), None);
    assert_eq!(server.get("/guides/a/").text(), "a");
    assert_eq!(server.get("/guides/%61/?q=x").text(), "a");
}

#[test]
fn head_has_the_headers_alone() {
    let server = Server::with(&[("index.html", "home")]);
    let answer = server.ask("HEAD", "/", &[]);
    assert_eq!((answer.status, answer.header("content-length"), answer.text()), (200, Some("4"), ""));
}

#[test]
fn a_folder_without_its_slash_is_redirected() {
    let server = Server::with(&[("guides/a/index.html", "a")]);
    let answer = server.get("/guides/a?q=x");
    assert_eq!((answer.status, answer.header("location")), (302, Some("/guides/a/?q=x")));
    assert_eq!(server.get("//guides/a").status, 404, "no way to another host");
}

#[test]
fn a_prefix_is_kept() {
    let server = Server::start("/casebook/", BOUNDS);
    server.preview.show(vec![Output::bytes("index.html", "home"), Output::bytes("a/index.html", "a")], Vec::new());
    assert_eq!(server.get("/casebook/a/").text(), "a");
    for path in ["/", "/casebook"] {
        assert_eq!(server.get(path).header("location"), Some("/casebook/"));
    }
    assert_eq!(server.get("/casebook/a").header("location"), Some("/casebook/a/"));
    for path in ["/a/", "/casebook2/", "/casebooka/", "/casebook//a/"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn what_is_not_there_is_the_site_s_own_404() {
    let server = Server::with(&[("index.html", "home"), ("404.html", "<p>Gone")]);
    let etag = server.get("/404.html").header("etag").unwrap().to_owned();
    let answer = server.ask("GET", "/nowhere/", &[("If-None-Match", &etag)]);
    assert_eq!((answer.status, answer.text()), (404, "<p>Gone"));
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(Server::with(&[("index.html", "")]).get("/nowhere/").status, 404);
}

#[test]
fn before_the_first_good_build_there_is_a_page_that_waits() {
    let server = Server::start("/", BOUNDS);
    let answer = server.get("/guides/");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("/_casebook/reload.js"));
    let client = server.get("/_casebook/reload.js");
    assert_eq!(client.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert!(client.text().contains("EventSource"));
}

#[test]
fn a_tag_spares_the_bytes_until_they_change() {
    let server = Server::with(&[("index.html", "home")]);
    let etag = server.get("/").header("etag").unwrap().to_owned();
    let listed = format!("\"other\", W/{etag}");
    for condition in [&etag, &listed] {
        let answer = server.ask("GET", "/", &[("If-None-Match", condition)]);
        assert_eq!((answer.status, answer.text()), (304, ""));
        assert_eq!(answer.header("etag"), Some(etag.as_str()));
    }
    server.preview.show(vec![Output::bytes("index.html", "new")], Vec::new());
    assert_eq!(server.ask("GET", "/", &[("If-None-Match", &etag)]).text(), "new");
}

#[test]
fn every_type_is_named() {
    let types = [
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.svg", "image/svg+xml"),
        ("a.PNG", "image/png"),
        ("a.webp", "image/webp"),
        ("a.pdf", "application/pdf"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.zip", "application/zip"),
        ("a.ics", "text/calendar; charset=utf-8"),
        ("a.xml", "application/xml"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("a.webmanifest", "application/manifest+json"),
        ("a.what", "application/octet-stream"),
        ("what", "application/octet-stream"),
    ];
    let files: Vec<_> = types.iter().map(|(path, _)| (*path, "")).collect();
    let server = Server::with(&files);
    for (path, expected) in types {
        assert_eq!(server.get(&format!("/{path}")).header("content-type"), Some(expected), "{path}");
    }
}

#[test]
fn the_client_goes_out_with_the_scripts_alone() {
    let files = [("assets/site.js", "let a = 1"), ("search/reader.js", "r"), ("assets/site.css", "c"), ("a.js", "a")];
    let server = Server::with(&files);
    let script = server.get("/assets/site.js");
    assert!(script.text().starts_with("let a = 1\n;(") && script.text().contains("/_casebook/events"));
    for (path, text) in &files[1..] {
        assert_eq!(server.get(&format!("/{path}")).text(), *text);
    }
}

#[test]
fn files_of_the_library_are_sent_whole_and_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("film.mp4");
    let bytes: Vec<u8> = (0..1_000_000_u32).map(|number| (number % 251) as u8).collect();
    fs::write(&source, &bytes).unwrap();
    fs::write(folder.path().join("a.js"), "file").unwrap();
    let server = Server::with(&[]);
    server.preview.show(
        vec![
            Output { path: "film.mp4".into(), content: Content::File(source.clone()) },
            Output { path: "assets/a.js".into(), content: Content::File(folder.path().join("a.js")) },
            Output::bytes("a.txt", "0123456789"),
        ],
        Vec::new(),
    );
    let answer = server.get("/film.mp4");
    assert_eq!((answer.status, answer.body == bytes), (200, true));
    assert_eq!(answer.header("content-length"), Some("1000000"));
    let etag = answer.header("etag").unwrap();
    assert_eq!(server.ask("GET", "/film.mp4", &[("If-None-Match", etag)]).status, 304);
    let part = server.ask("GET", "/film.mp4", &[("Range", "bytes=500000-999998"), ("If-Range", etag)]);
    assert_eq!((part.status, part.body == bytes[500_000..999_999]), (206, true));
    assert_eq!(part.header("content-range"), Some("bytes 500000-999998/1000000"));
    assert!(server.get("/assets/a.js").text().starts_with("file\n;("));

    for (range, status, text) in [
        ("bytes=2-4", 206, "234"),
        ("bytes=8-", 206, "89"),
        ("bytes=-3", 206, "789"),
        ("bytes=-30", 206, "0123456789"),
        ("bytes=5-99999999999999999999", 200, "0123456789"),
        ("bytes=5-18446744073709551615", 206, "56789"),
        ("bytes=4-2", 200, "0123456789"),
        ("bytes=0-1,3-4", 200, "0123456789"),
        ("bytes=+1-2", 200, "0123456789"),
        ("lines=1-2", 200, "0123456789"),
        ("bytes=10-", 416, ""),
        ("bytes=-0", 416, ""),
    ] {
        let answer = server.ask("GET", "/a.txt", &[("Range", range)]);
        assert_eq!((answer.status, answer.text()), (status, text), "{range}");
    }
    let changed = server.ask("GET", "/a.txt", &[("Range", "bytes=2-4"), ("If-Range", "\"other\"")]);
    assert_eq!((changed.status, changed.text()), (200, "0123456789"));

    fs::remove_file(source).unwrap();
    assert_eq!(server.get("/film.mp4").status, 404);
}

#[test]
fn a_recipe_is_used_when_its_file_is_asked_for_and_not_twice() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("source");
    fs::write(&source, "one").unwrap();
    let made = Arc::new(AtomicUsize::new(0));
    let (counter, file) = (made.clone(), source.clone());
    let outputs = move || {
        let counter = counter.clone();
        let recipe = Recipe::new("twice", [Ingredient::File(file.clone())], move |files| {
            counter.fetch_add(1, Ordering::Relaxed);
            Ok([&*files[0], &*files[0]].concat())
        });
        let recipe = Arc::new(recipe);
        let tell = Box::new(|measures: &[Measure]| format!("home {}", measures[0].size).into_bytes());
        let page = Measured { of: vec![recipe.clone()], tell };
        let page = Output { path: "b/index.html".into(), content: Content::Measured(Arc::new(page)) };
        vec![Output::made("a.png", recipe), Output::bytes("index.html", "home"), page]
    };
    let server = Server::with(&[]);
    server.preview.show(outputs(), Vec::new());
    assert_eq!((server.get("/").text(), made.load(Ordering::Relaxed)), ("home", 0));
    let answer = server.get("/a.png");
    assert_eq!((answer.text(), answer.header("content-type")), ("oneone", Some("image/png")));
    server.preview.show(outputs(), Vec::new());
    let etag = answer.header("etag").unwrap();
    assert_eq!(server.ask("GET", "/a.png", &[("If-None-Match", etag)]).status, 304);
    assert_eq!(made.load(Ordering::Relaxed), 1);
    // A page that tells how large it is has it made, unless it is there.
    assert_eq!((server.get("/b/").text(), made.load(Ordering::Relaxed)), ("home 6", 1));
    fs::write(&source, "two").unwrap();
    assert_eq!((server.get("/a.png").text(), made.load(Ordering::Relaxed)), ("twotwo", 2));
    fs::remove_file(&source).unwrap();
    assert_eq!((server.get("/a.png").status, server.get("/b/").text()), (500, "home 0"));
}

#[test]
fn a_port_that_is_taken() {
    let first = bind(None, None).unwrap();
    let second = bind(None, None).unwrap();
    let taken = first.local_addr().unwrap().port();
    assert!(taken >= 4000 && second.local_addr().unwrap().port() > taken);
    assert!(first.local_addr().unwrap().ip().is_loopback());
    assert!(bind(None, Some(taken)).unwrap_err().contains(&format!("port {taken} is in use")));
}
