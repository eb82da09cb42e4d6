#![expect(clippy::disallowed_methods, reason = "the site copies a file")]

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;

use tempfile::TempDir;

use super::super::tell::Report;
use super::*;
use crate::config::Config;
use crate::output::{Content, Output};
use crate::path::Route;
use crate::project::Project;

/// A site that is served on a port of this machine.
struct Served {
    /// The folder of what the site copies.
    _folder: TempDir,
    live: Arc<Live>,
    address: SocketAddr,
}

fn served() -> Served {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("talk.mp4"), "0123456789").expect("a file");
    let root = folder.path().canonicalize().expect("it exists");
    let live = Arc::new(Live::new(root));
    show(&live, "<html><head></head><body>One</body></html>");
    let listener = bind("127.0.0.1", Some(0)).expect("a port");
    let address = listener.local_addr().expect("an address");
    start(listener, "127.0.0.1", live.clone()).expect("it starts");
    Served { _folder: folder, live, address }
}

fn show(live: &Live, page: &str) {
    let text = |it: &str| Content::Text(it.into());
    let site = Output::from([
        ("index.html".into(), text(page)),
        ("a/index.html".into(), text("<html><head></head><body>A</body></html>")),
        ("404.html".into(), text("<html><head></head><body>Nothing here</body></html>")),
        ("talk.mp4".into(), Content::Copy("talk.mp4".into())),
        ("gone.png".into(), Content::Copy("gone.png".into())),
    ]);
    let project = Project::default();
    let report = Report::of(&project, &[], &Config::default());
    live.show(Arc::new(site), "/", &report, &[]);
}

impl Served {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it is there");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("it can be set");
        stream
    }

    /// Sends bytes, and reads until the server has no more to say.
    fn send(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        let mut answer = Vec::new();
        // A server may close the connection of a caller that goes on and on.
        let _ = stream.write_all(request);
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str, more: &str) -> String {
        let rest =
            format!("HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}\r\n");
        self.send(format!("GET {path} {rest}").as_bytes())
    }
}

#[track_caller]
fn assert_says(answer: &str, parts: &[&str]) {
    for part in parts {
        assert!(answer.contains(part), "`{part}` in {answer}");
    }
}

#[test]
fn a_page_comes_with_its_type_its_tag_and_the_script() {
    let served = served();
    let answer = served.get("/", "");
    assert_says(
        &answer,
        &["200 OK", "text/html; charset=utf-8", ".diptych/live.js", "One"],
    );
    let tag = answer.lines().find_map(|it| it.strip_prefix("etag: ")).expect("a tag");
    let again = served.get("/", &format!("If-None-Match: {tag}\r\n"));
    assert_says(&again, &["304 Not Modified", tag]);
    assert!(!again.contains("One"));
    show(&served.live, "<html><head></head><body>Two</body></html>");
    assert_says(
        &served.get("/", &format!("If-None-Match: {tag}\r\n")),
        &["200 OK", "Two"],
    );
    assert_says(
        &served.get("/.diptych/live.js", ""),
        &["text/javascript", "EventSource"],
    );
}

#[test]
fn what_does_not_exist_has_the_sites_own_page() {
    let served = served();
    for path in
        ["/b", "/b/c.png", "/%2e%2e/etc/passwd", "/a%2findex.html", "/gone.png", "/%00"]
    {
        assert_says(&served.get(path, ""), &["404 Not Found", "Nothing here"]);
    }
    assert_says(&served.get("/a?b=c", ""), &["301 Moved", "location: /a/?b=c"]);
}

#[test]
fn a_page_of_before_a_build_gets_the_assets_of_its_time() {
    let served = served();
    let asset = |name: &str| {
        let route = Route::new(format!("assets/{name}"));
        let site = Output::from([(route, Content::Text(name.into()))]);
        let project = Project::default();
        let report = Report::of(&project, &[], &Config::default());
        served.live.show(Arc::new(site), "/", &report, &[]);
    };
    asset("style.1.css");
    asset("style.2.css");
    for name in ["style.1.css", "style.2.css"] {
        let answer = served.get(&format!("/assets/{name}"), "");
        assert_says(&answer, &["200 OK", "text/css", name]);
    }
    assert_says(&served.get("/talk.mp4", ""), &["404"]);
    (3..100).for_each(|it| asset(&format!("style.{it}.css")));
    assert_says(&served.get("/assets/style.1.css", ""), &["404"]);
    assert_says(&served.get("/assets/style.50.css", ""), &["200 OK"]);
}

#[test]
fn media_come_in_the_parts_that_are_asked_for() {
    let served = served();
    assert_says(
        &served.get("/talk.mp4", ""),
        &["200 OK", "video/mp4", "\r\n\r\n0123456789"],
    );
    let part =
        |range: &str| served.get("/talk.mp4", &format!("Range: bytes={range}\r\n"));
    assert_says(
        &part("2-4"),
        &["206 Partial", "content-range: bytes 2-4/10", "\r\n\r\n234"],
    );
    assert_says(
        &part("-3"),
        &["206 Partial", "content-range: bytes 7-9/10", "\r\n\r\n789"],
    );
    assert_says(&part("8-99"), &["206 Partial", "\r\n\r\n89"]);
    assert_says(&part("10-"), &["416 Range", "content-range: bytes */10"]);
    assert_says(&part("5-2"), &["416 Range"]);
    let other = served.get("/talk.mp4", "Range: bytes=2-4\r\nIf-Range: \"other\"\r\n");
    assert_says(&other, &["200 OK", "0123456789"]);
}

#[test]
fn only_reading_is_possible_and_only_by_the_servers_own_name() {
    let served = served();
    let send = |it: &str| served.send(it.as_bytes());
    let close = "Connection: close\r\n\r\n";
    let head = send(&format!("HEAD / HTTP/1.1\r\nHost: localhost\r\n{close}"));
    assert_says(&head, &["200 OK", "content-length: "]);
    assert!(!head.contains("One"));
    let post = send(&format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n{close}"
    ));
    assert_says(&post, &["405 Method Not Allowed", "allow: GET, HEAD"]);
    for host in ["evil.example", "evil.example:8000", ""] {
        let answer = send(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n{close}"));
        assert_says(&answer, &["403 Forbidden"]);
    }
    let whole =
        send(&format!("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n{close}"));
    assert_says(&whole, &["403 Forbidden"]);
}

#[test]
fn a_browser_is_told_of_each_build() {
    let served = served();
    let mut stream = served.connect();
    let request = b"GET /.diptych/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write_all(request).expect("it is sent");
    let mut heard = String::new();
    let mut hear = |what: &str, count: usize| {
        while heard.matches(what).count() < count {
            let mut piece = [0; 1024];
            let len = stream.read(&mut piece).expect("something comes");
            assert!(len > 0, "the server hung up: {heard}");
            heard.push_str(&String::from_utf8_lossy(&piece[..len]));
        }
    };
    hear("data: {\"errors\":0", 1);
    show(&served.live, "Two");
    hear("data: {\"errors\":0", 2);
    assert_says(&heard, &["text/event-stream"]);
}

#[test]
fn requests_that_make_no_sense_do_no_harm() {
    let served = served();
    let long = "a".repeat(64 * 1024);
    for request in [
        "\0\0\0\0\r\n\r\n".to_owned(),
        "GET\r\n\r\n".to_owned(),
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n"),
        "GET / HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n".to_owned(),
    ] {
        let answer = served.send(request.as_bytes());
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    assert_says(&served.get("/", ""), &["200 OK"]);
}

#[test]
fn a_thousand_callers_are_answered_while_others_say_nothing() {
    let served = served();
    // Each that is open here is open twice, for both ends are of this process.
    let silent: Vec<TcpStream> = (0..100).map(|_| served.connect()).collect();
    thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert_says(&served.get("/a/", ""), &["200 OK", "<body>A</body>"]);
                }
            });
        }
    });
    drop(silent);
}

#[test]
fn a_port_that_is_taken_is_told_or_another_is_found() {
    let taken = bind("127.0.0.1", None).expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let error = bind("127.0.0.1", Some(port)).expect_err("it is taken");
    assert!(format!("{error:#}").contains(&format!("port {port}")), "{error:#}");
    let other = bind("127.0.0.1", None).expect("another port");
    assert_ne!(other.local_addr().expect("an address").port(), port);
}
