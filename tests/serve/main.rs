//! `diptych serve` as it is run: a process, its signals, and what it sends.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "the tests do what authors' editors do")]

use std::fs;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{
    Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit,
};
use snapbox::cmd::cargo_bin;
use tempfile::{NamedTempFile, TempDir};

mod storm;

/// A process that serves a site, until the test ends.
struct Serving {
    process: Child,
    /// What it says.
    said: NamedTempFile,
    address: SocketAddr,
}

/// What the server answered.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Serving {
    /// Serves a folder, and waits until it is built.
    fn start(root: &Path) -> Self {
        Self::watching(root, "--watch")
    }

    fn watching(root: &Path, how: &str) -> Self {
        let mut command = Command::new(cargo_bin!("diptych"));
        command.args(["serve", how, "--port", "0", "--root"]).arg(root);
        Self::run(command)
    }

    fn run(mut command: Command) -> Self {
        let said = NamedTempFile::new().expect("a file");
        let heard = said.reopen().expect("it is there");
        let command = command.stdout(Stdio::null()).stderr(heard);
        let mut process = command.spawn().expect("it starts");
        let mut address = None;
        wait("it serves", || {
            let told = fs::read_to_string(said.path()).expect("it speaks UTF-8");
            let ended = process.try_wait().expect("it can be asked");
            assert!(ended.is_none(), "it ended: {told}");
            let link = told.split_once("serving http://").map(|it| it.1);
            address = link.and_then(|it| it.split_once('/')?.0.parse().ok());
            address.is_some()
        });
        Self { process, said, address: address.expect("it was waited for") }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("it can be set");
        stream
    }

    fn get(&self, path: &str) -> Answer {
        let mut stream = self.connect();
        ask(&mut stream, path).expect("it is sent");
        read(&mut stream).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.process), signal).expect("it is alive");
    }

    /// Waits until it has ended; how, and what it said.
    fn ended(&mut self) -> (ExitStatus, String) {
        let mut status = None;
        wait("it ends", || {
            status = self.process.try_wait().expect("it can be asked");
            status.is_some()
        });
        let said = fs::read_to_string(self.said.path()).expect("it spoke UTF-8");
        (status.expect("it was waited for"), said)
    }
}

/// Waits until something holds, and not for ever.
#[track_caller]
fn wait(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_mins(1), "{what}");
        thread::sleep(Duration::from_millis(2));
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Answer {
    fn says(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.body).contains(text)
    }
}

fn ask(stream: &mut TcpStream, path: &str) -> io::Result<()> {
    let rest = "HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(format!("GET {path} {rest}").as_bytes())
}

fn read(stream: &mut TcpStream) -> io::Result<Answer> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let cut = || io::Error::other("the answer is cut off");
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").ok_or_else(cut)?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.get(9..12).and_then(|it| it.parse().ok()).ok_or_else(cut)?;
    Ok(Answer { status, head, body: bytes.split_off(end + 4) })
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(&folder.path().join(path), text).expect("a file");
    }
    folder
}

/// Writes a file, in a folder that need not exist.
fn write(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, text)
}

#[test]
fn a_signal_ends_it_cleanly_while_it_builds_and_when_it_does_not() {
    let notes = folder(&[("content/index.md", "# Notes\n")]);
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let mut serving = Serving::start(notes.path());
        serving.signal(signal);
        let (status, said) = serving.ended();
        assert!(status.success(), "{signal:?}: {status}, {said}");
    }
    // Enough notes that it is still building for the first time.
    for number in 0..2000 {
        let text = format!("# Note {number}\n\n```rust\nfn f() {{ {number} }}\n```\n");
        write(&notes.path().join(format!("content/{number}.md")), &text).expect("a note");
    }
    for pause in [0, 30, 60, 150] {
        let mut command = Command::new(cargo_bin!("diptych"));
        command.args(["serve", "--port", "0", "--root"]).arg(notes.path());
        let command = command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut process = command.spawn().expect("it starts");
        wait("it listens for signals", || listens(process.id()));
        thread::sleep(Duration::from_millis(pause));
        kill_process(Pid::from_child(&process), Signal::TERM).expect("it is alive");
        let start = Instant::now();
        let status = process.wait().expect("it ends");
        assert!(status.success(), "after {pause} ms more: {status}");
        assert!(start.elapsed() < Duration::from_secs(2), "it ends soon");
    }
    let left = fs::read_dir(notes.path()).expect("it is there");
    let names: Vec<_> = left.filter_map(Result::ok).map(|it| it.file_name()).collect();
    assert!(names.iter().all(|it| it == "content" || it == ".diptych"), "{names:?}");
}

/// Whether a process sees to signals itself; until then, the system ends it.
fn listens(process: u32) -> bool {
    let status =
        fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let caught = status.lines().find_map(|it| it.strip_prefix("SigCgt:"));
    let bit = 1 << (Signal::TERM.as_raw() - 1);
    let mask = caught.map(|it| u64::from_str_radix(it.trim(), 16).expect("a mask"));
    mask.is_none_or(|it| it & bit != 0)
}

#[test]
fn a_port_that_is_taken_ends_it_with_a_hint() {
    let notes = folder(&[("index.md", "# Notes\n")]);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let output = Command::new(cargo_bin!("diptych"))
        .args(["serve", "--port", &port.to_string(), "--root"])
        .arg(notes.path())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("cannot listen on 127.0.0.1, port {port}")), "{said}");
    assert!(said.contains("another program has it"), "{said}");
}

#[test]
fn a_thousand_clients_are_served_at_once_while_the_site_changes() {
    const CLIENTS: usize = 1000;
    // What this process needs itself; the server sees to its own.
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let wanted = Some(4096.min(maximum.unwrap_or(4096)));
    setrlimit(Resource::Nofile, Rlimit { current: wanted, maximum }).expect("a limit");

    let notes = folder(&[("content/index.md", "# Notes\n\nWords 0.\n")]);
    let serving = Serving::start(notes.path());
    // Each listens to the news, as a page does that is open.
    let mut open: Vec<TcpStream> = (0..CLIENTS).map(|_| serving.connect()).collect();
    let request = b"GET /.diptych/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for stream in &mut open {
        stream.write_all(request).expect("it is sent");
    }
    let news = |stream: &mut TcpStream| {
        let mut heard = String::new();
        while !heard.contains("\n\n") || !heard.contains("data: ") {
            let mut piece = [0; 4096];
            let len = stream.read(&mut piece).expect("news come");
            assert!(len > 0, "it hung up: {heard}");
            heard.push_str(&String::from_utf8_lossy(&piece[..len]));
        }
    };
    open.iter_mut().for_each(news);
    write(&notes.path().join("content/index.md"), "# Notes\n\nWords 1.\n")
        .expect("a note");
    open.iter_mut().for_each(news);
    // And each asks for the page.
    let mut pages: Vec<TcpStream> = (0..CLIENTS).map(|_| serving.connect()).collect();
    for stream in &mut pages {
        ask(stream, "/").expect("it is sent");
    }
    for stream in &mut pages {
        let answer = read(stream).expect("it is answered");
        assert!(answer.status == 200 && answer.says("Words 1."), "{}", answer.head);
    }
}

#[test]
fn what_is_published_meanwhile_does_not_matter() {
    let notes = folder(&[("content/index.md", "# Notes\n\nWords 0.\n")]);
    let serving = Serving::start(notes.path());
    let output = notes.path().join("public");
    for number in 1..=3 {
        let build = Command::new(cargo_bin!("diptych"))
            .args(["build", "--quiet", "--root"])
            .arg(notes.path())
            .status();
        assert!(build.is_ok_and(|it| it.success()));
        assert_eq!(serving.get("/public/").status, 404);
        fs::remove_dir_all(&output).expect("it was published");
        assert_eq!(serving.get("/").status, 200);
        let words = format!("Words {number}.");
        write(&notes.path().join("content/index.md"), &format!("# Notes\n\n{words}\n"))
            .expect("a note");
        wait("the change is seen", || serving.get("/").says(&words));
    }
}

#[test]
fn no_path_leads_out_of_the_site() {
    let notes = folder(&[
        ("content/index.md", "# Notes\n\n![](a.png)\n"),
        ("content/a.png", "picture"),
        ("content/.secret", "secret"),
        ("secret.md", "secret"),
        ("book.toml", "# secret"),
    ]);
    let outside = folder(&[("outside.png", "secret")]);
    let serving = Serving::start(notes.path());
    let paths = [
        "/../book.toml",
        "/%2e%2e/book.toml",
        "/a/..%2f..%2fbook.toml",
        "/..%5cbook.toml",
        "//book.toml",
        "/book.toml",
        "/secret.md",
        "/content/index.md",
        "/.secret",
        "/%2esecret",
        "/index.html%00.png",
        "/%00",
        "/%ff%fe",
        "/.diptych/../book.toml",
        "/%252e%252e/book.toml",
        "/proc/self/environ",
    ];
    for path in paths {
        let answer = serving.get(path);
        assert!(
            answer.status == 404 && !answer.says("secret"),
            "{path}: {}",
            answer.head
        );
    }
    // What a name stands for may change after the site was built.
    let picture = notes.path().join("content/a.png");
    fs::remove_file(&picture).expect("it is there");
    std::os::unix::fs::symlink(outside.path().join("outside.png"), picture)
        .expect("a link");
    for _ in 0..20 {
        assert!(!serving.get("/a.png").says("secret"));
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_limit_on_watches_is_told_and_changes_are_found_all_the_same() {
    let notes = folder(&[("content/index.md", "# Notes\n"), ("content/a/b.md", "# B\n")]);
    for (limit, name, help) in [
        ("max_inotify_watches", "2", "fs.inotify.max_user_watches="),
        ("max_inotify_instances", "0", "fs.inotify.max_user_instances="),
    ] {
        let script = format!(
            "echo {name} > /proc/sys/user/{limit} && exec \"$0\" serve --watch --port 0 \
             --root \"$1\""
        );
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "sh", "-c", &script]);
        command.arg(cargo_bin!("diptych")).arg(notes.path());
        // A system may forbid users to have limits of their own.
        let trial = Command::new("unshare")
            .args(["--user", "--map-root-user", "sh", "-c"])
            .arg(format!("echo {name} > /proc/sys/user/{limit}"))
            .output();
        if !trial.is_ok_and(|it| it.status.success()) {
            return;
        }
        let mut serving = Serving::run(command);
        write(&notes.path().join("content/a/b.md"), &format!("# {limit}\n"))
            .expect("a note");
        wait("the change is found", || serving.get("/a/b/").says(limit));
        serving.signal(Signal::TERM);
        let (status, said) = serving.ended();
        assert!(status.success(), "{status}");
        assert!(said.contains(help), "{said}");
    }
}
