//! What the server answers to a browser that is made to mean ill.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use axum::http::{HeaderMap, Uri, header};

use super::Server;
use crate::watch::{
    bind,
    connections::Bounds,
    request::{Hosts, decode},
    server::BOUNDS,
};

#[test]
fn no_path_leads_out_of_the_site() {
    let server = Server::with(&[("index.html", "home"), ("a/index.html", "a"), ("a-secret/index.html", "s")]);
    for path in [
        "/../",
        "/a/../",
        "/./a/",
        "/%2e%2e/",
        "/%2E%2e/a/",
        "/..%2f",
        "/a%2findex.html",
        "/%252e%252e/",
        "/%5c..%5c",
        "/a%5cindex.html",
        "/a/%00",
        "/a/index.html%00",
        "/a//index.html",
        "//a/",
        "/%",
        "/%2",
        "/%zz",
        "/%ff",
        "/a/%0d%0a",
        "/a/index.html/",
        "/etc/passwd",
        "/a/..;/",
        "/%c0%ae%c0%ae/",
        "/a%20/",
        "/A/",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-security-policy"), Some("default-src 'self'"));
    }
    let backslash = server.get("/a\\..\\index.html").status;
    assert!(matches!(backslash, 400 | 404), "{backslash}");
}

/// What the files of a site would not have anyway, told without them.
#[test]
fn no_name_leads_elsewhere() {
    for path in [
        "..", "../a", "a/..", "a/../b", ".", "./a", "%2e%2e/a", "%2E.", "a%2fb", "a%5Cb", "a\\b", "%00", "a/%0d%0a",
        "%7f", "a//b", "/a", "%", "%2", "%zz", "%ff",
    ] {
        assert_eq!(decode(path), None, "{path}");
    }
    for (path, name) in [("", ""), ("a/", "a/"), ("%252e%252e/", "%2e%2e/"), ("...", "..."), ("%C5%B5", "ŵ")] {
        assert_eq!(decode(path).as_deref(), Some(name), "{path}");
    }
}

#[test]
fn a_foreign_host_is_turned_away() {
    let server = Server::with(&[("index.html", "home")]);
    for (host, status) in [
        ("localhost", 200),
        ("LOCALHOST:4000", 200),
        ("127.0.0.1", 200),
        ("[::1]:4000", 200),
        ("example.org", 403),
        ("example.org:4000", 403),
        ("localhost.example.org", 403),
        ("127.0.0.1.example.org", 403),
        ("localhost:4000.example.org", 403),
        ("localhost:", 403),
        ("user@localhost", 403),
        ("", 403),
    ] {
        let answer = server.send(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert_eq!(answer.status, status, "{host}");
    }
    let twice = "GET / HTTP/1.1\r\nHost: localhost\r\nHost: example.org\r\nConnection: close\r\n\r\n";
    let absolute = "GET http://example.org/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    for request in [twice, absolute, "GET / HTTP/1.0\r\n\r\n"] {
        assert!(matches!(server.send(request).status, 400 | 403), "{request}");
    }
}

#[test]
fn a_foreign_page_cannot_listen() {
    let server = Server::with(&[("index.html", "home")]);
    for headers in [
        [("Origin", "http://example.org"), ("X", "")],
        [("Origin", "null"), ("X", "")],
        [("Origin", "http://localhost"), ("X", "")],
        [("Sec-Fetch-Site", "cross-site"), ("X", "")],
        [("Sec-Fetch-Site", "same-site"), ("X", "")],
    ] {
        let answer = server.head("/_casebook/events", &headers);
        assert_eq!(answer.status, 403, "{headers:?}");
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    let own = format!("http://{}", server.address);
    let answer = server.head("/_casebook/events", &[("Origin", &own), ("Sec-Fetch-Site", "same-origin")]);
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, None));
}

#[test]
fn nothing_but_get_and_head() {
    let server = Server::with(&[("index.html", "home")]);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        let answer = server.ask(method, "/", &[("Origin", "http://example.org")]);
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}

#[test]
fn a_huge_request_is_answered_without_reading_it() {
    let server = Server::with(&[("index.html", "home")]);
    let answer = server.ask("POST", "/", &[("Content-Length", "1073741824")]);
    assert_eq!(answer.status, 405);
    let long = format!("/{}", "a".repeat(100_000));
    assert!(matches!(server.get(&long).status, 404 | 414 | 431));
}

#[test]
fn an_open_server_answers_to_figures_and_to_the_name_that_it_was_given() {
    let server = Server::start_at(Some("0.0.0.0"), "/", BOUNDS).showing(&[("index.html", "home")]);
    let here = format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address);
    assert_eq!(server.send(&here).status, 200);
    let status = |hosts: &Hosts, host: &str| {
        let headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
        hosts.are_asked(&headers, &Uri::from_static("/"))
    };
    let open = Hosts::of(Some("Office.local"), [192, 168, 1, 2].into());
    for host in ["localhost:1", "192.168.1.2:4000", "10.0.0.1", "[fe80::1]:4000", "office.LOCAL:4000", "office.local"] {
        assert!(status(&open, host), "{host}");
    }
    for host in ["example.org", "office.local.example.org", "192.168.1.2.example.org", "[fe80::1", "192.168.1.2:x"] {
        assert!(!status(&open, host), "{host}");
    }
    // Asked for by a name that means this machine alone, it stays closed.
    for closed in [Hosts::of(Some("localhost"), [127, 0, 0, 1].into()), Hosts::of(None, [127, 0, 0, 1].into())] {
        assert!(status(&closed, "localhost:4000") && !status(&closed, "192.168.1.2:4000"));
    }
    assert!(bind(Some("192.0.2.1"), Some(0)).unwrap_err().contains("no address of this machine"));
    assert!(bind(Some("no host"), Some(0)).unwrap_err().contains("there is no host no host"));
}

#[test]
fn a_connection_that_says_nothing_is_closed() {
    let bounds = Bounds { most: 2, patience: Duration::from_millis(300), grace: Duration::from_secs(60) };
    let server = Server::start("/", bounds);
    let begun = Instant::now();
    let mut silent = server.connect();
    let mut slow = server.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
    // Both places are taken, so that this one waits until the others have lost patience.
    assert_eq!(server.get("/").status, 503);
    assert!(begun.elapsed() >= Duration::from_millis(250));
    let mut rest = Vec::new();
    // Closed, whether politely or not.
    let _ = silent.read_to_end(&mut rest);
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 4"));
}

#[test]
fn a_request_that_comes_letter_by_letter_is_not_waited_for() {
    let bounds = Bounds { most: 2, patience: Duration::from_millis(300), grace: Duration::from_secs(60) };
    let server = Server::start("/", bounds).showing(&[("index.html", "home")]);
    let (mut slow, begun) = (server.connect(), Instant::now());
    slow.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ").unwrap();
    slow.set_nonblocking(true).unwrap();
    let is_closed = |slow: &mut TcpStream| match slow.read(&mut [0; 64]) {
        Ok(read) => read == 0,
        Err(error) => error.kind() != ErrorKind::WouldBlock,
    };
    while !is_closed(&mut slow) {
        assert!(begun.elapsed() < Duration::from_secs(20), "it goes on for ever");
        let _ = slow.write_all(b"a");
        thread::sleep(Duration::from_millis(10));
    }
    assert!(begun.elapsed() >= Duration::from_millis(250));
}

#[test]
fn those_who_say_nothing_give_way_to_those_who_ask() {
    let bounds = Bounds { most: 4, patience: Duration::from_secs(60), grace: Duration::from_millis(100) };
    let server = Server::start("/", bounds).showing(&[("index.html", "home"), ("large.bin", &"a".repeat(32 << 20))]);
    let mut busy = server.connect();
    write!(busy, "GET /large.bin HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address).unwrap();
    busy.read_exact(&mut [0; 4096]).unwrap();
    let idle: Vec<TcpStream> = (0..40).map(|_| server.connect()).collect();
    // Within the ten seconds that the client waits, where all of the idle ones may stay for a minute.
    assert_eq!(server.get("/").text(), "home");
    // Whoever takes a file has not been sent away for that.
    let mut rest = Vec::new();
    busy.read_to_end(&mut rest).unwrap();
    assert!(rest.len() > (32 << 20) - 4096, "{}", rest.len());
    drop(idle);
}

#[test]
fn a_request_without_an_end_is_not_read_to_it() {
    let server = Server::with(&[("index.html", "home")]);
    let host = server.address;
    let starts = [
        format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1073741824\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1073741824\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n40000000\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: "),
        "GET /".to_owned(),
    ];
    let piece = vec![b'a'; 1 << 16];
    for start in starts {
        let mut stream = server.connect();
        stream.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
        stream.write_all(start.as_bytes()).unwrap();
        let taken = (0..1 << 14).take_while(|_| stream.write_all(&piece).is_ok()).count();
        // What lies in the system's own buffers was not read by anybody.
        assert!(taken < 1 << 9, "{} MB of a request were taken: {start}", taken >> 4);
        assert_eq!(server.get("/").text(), "home");
    }
}
