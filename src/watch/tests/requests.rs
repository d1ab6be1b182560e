//! What the server answers to a browser that is made to mean ill.

use std::{
    io::{Read, Write},
    time::{Duration, Instant},
};

use super::Server;

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
        let answer = server.ask("GET", "/_casebook/events", &headers);
        assert_eq!(answer.status, 403, "{headers:?}");
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    let host = format!("{}", server.address);
    let mut stream = server.connect();
    let request = format!(
        "GET /_casebook/events HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut start = [0; 15];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200 OK");
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
fn a_connection_that_says_nothing_makes_room() {
    let server = Server::start("/", 2, Duration::from_millis(300));
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
