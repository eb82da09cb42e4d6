//! The answer to a request.
use std::fs::Metadata;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use headers::{
    AcceptRanges, Allow, CacheControl, ContentLength, ContentRange, ETag, HeaderMapExt,
    IfNoneMatch,
};
use hyper::header::{CONTENT_TYPE, HOST, HeaderValue, LOCATION};
use hyper::http::uri::Authority;
use hyper::{Method, Request, Response, StatusCode};

use super::super::disk;
use super::super::live::{Live, State};
use super::address::{self, Asked};
use super::body::{self, Body};
use super::events;
use super::host::Hosts;
use super::part::Part;
use crate::memo::Digest;
use crate::output::{Content, Text};
use crate::path::{FilePath, Route};

/// What a caller is told who asks for another host.
const STRANGE: &str =
    "this server does not go by that name: `diptych serve --host NAME` gives it one\n";

/// The answer to a request. Its body, if it has one, is not looked at.
pub(super) async fn to<B>(
    request: &Request<B>,
    live: &Arc<Live>,
    hosts: &Hosts,
) -> Response<Body> {
    let head = request.headers();
    // With HTTP/2's pseudo header or an absolute address the host is in the address.
    let named = head.get(HOST).map(|it| it.to_str().unwrap_or_default());
    let host = request.uri().authority().map(Authority::as_str).or(named);
    if !host.is_none_or(|it| hosts.admit(it)) || !named.is_none_or(|it| hosts.admit(it)) {
        return plain(StatusCode::FORBIDDEN, STRANGE);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        answer.headers_mut().typed_insert(Allow::from_iter([Method::GET, Method::HEAD]));
        return answer;
    }
    let mut answer = get(request, live).await;
    answer.headers_mut().typed_insert(CacheControl::new().with_no_cache());
    answer
        .headers_mut()
        .insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    answer
}

async fn get<B>(request: &Request<B>, live: &Arc<Live>) -> Response<Body> {
    let (path, query) = (request.uri().path(), request.uri().query());
    let find = |state: &State| address::find(path, &state.base, &|it| state.has(it));
    if find(&live.now()) == Asked::News {
        return typed("text/event-stream", events::of(live));
    }
    let state = if path.contains("/assets/search/") {
        // The index is made after the pages.
        let mut state = live.indexed().await;
        state.site = state.index.clone();
        state
    } else {
        live.settled().await
    };
    match find(&state) {
        Asked::File(route) => file(&route, request, &state, &live.root).await,
        Asked::Moved(to) => moved(&to, query),
        Asked::Script(it) => text("text/javascript; charset=utf-8", it.into(), request),
        Asked::News | Asked::Nothing => not_found(&state),
    }
}

async fn file<B>(
    route: &Route,
    request: &Request<B>,
    state: &State,
    root: &Path,
) -> Response<Body> {
    let kind = kind(route);
    match state.content(route) {
        Some(Content::Text(it)) => {
            let mut made = there(it).await;
            if kind.starts_with("text/html") {
                made = with_script(&made, &state.base);
            }
            text(&kind, made.into(), request)
        }
        Some(Content::Bytes(it)) => text(&kind, (*it).into(), request),
        Some(Content::Copy(path)) => match copied(root, path).await {
            Ok((file, known)) => of_file(&kind, file, &known, request),
            Err(_) => not_found(state),
        },
        Some(Content::Sunk(_)) | None => not_found(state),
    }
}

/// A text, which others need not wait for where it must be made first.
async fn there(text: &Text) -> String {
    if text.is_there() {
        return text.to_string();
    }
    let shared = text.clone();
    let made = tokio::task::spawn_blocking(move || shared.to_string()).await;
    // It is made by whoever asks first; a thread is not always to be had.
    made.unwrap_or_else(|_| text.to_string())
}

/// A page with the script that keeps it as its source is. It comes first of all, so
/// that it sees the page before other scripts have added to it.
fn with_script(page: &str, base: &str) -> String {
    let script = format!("<script defer src=\"{base}.diptych/live.js\"></script>");
    match page.find("<head>") {
        Some(at) => {
            let (before, after) = page.split_at(at + "<head>".len());
            format!("{before}{script}{after}")
        }
        None => format!("{page}{script}"),
    }
}

/// A file of the project, if it still lies in it.
async fn copied(root: &Path, path: &FilePath) -> io::Result<(tokio::fs::File, Metadata)> {
    let real = tokio::fs::canonicalize(root.join(path.as_str())).await?;
    if !real.starts_with(root) {
        return Err(io::ErrorKind::NotFound.into());
    }
    let file = tokio::fs::File::open(real).await?;
    let known = file.metadata().await?;
    if !known.is_file() {
        return Err(io::ErrorKind::NotFound.into());
    }
    Ok((file, known))
}

fn of_file<B>(
    kind: &str,
    file: tokio::fs::File,
    known: &Metadata,
    request: &Request<B>,
) -> Response<Body> {
    let tag = tag(of_stamp(known));
    part(kind, tag, known.len(), request, |it| {
        body::of_file(file, it.start, it.end - it.start)
    })
}

/// What stands for what a file holds: its size and time, where it is old enough that a
/// change shows in them.
#[expect(clippy::disallowed_methods, reason = "a tag is for this process alone")]
fn of_stamp(known: &Metadata) -> Digest {
    let modified = known.modified().ok();
    let now = SystemTime::now();
    let is_old = modified
        .and_then(|it| now.duration_since(it).ok())
        .is_some_and(|age| age > disk::STEP);
    Digest::of(&(known.len(), modified, (!is_old).then_some(now)))
}

fn text<B>(kind: &str, bytes: Vec<u8>, request: &Request<B>) -> Response<Body> {
    let tag = tag(Digest::of_bytes(&bytes));
    let len = bytes.len() as u64;
    part(kind, tag, len, request, |it| {
        let whole = hyper::body::Bytes::from(bytes);
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(whole.len());
        body::whole(whole.slice(place(it.start)..place(it.end)))
    })
}

/// Answers with what the request has not seen yet, and with the part that it asks for.
fn part<B>(
    kind: &str,
    tag: ETag,
    len: u64,
    request: &Request<B>,
    body: impl FnOnce(Range<u64>) -> Body,
) -> Response<Body> {
    let head = request.headers();
    let is_known =
        head.typed_get::<IfNoneMatch>().is_some_and(|it| !it.precondition_passes(&tag));
    let asked = if is_known { Part::Whole } else { Part::asked(head, &tag, len) };
    let (status, shown) = match &asked {
        _ if is_known => (StatusCode::NOT_MODIFIED, 0..0),
        Part::Whole => (StatusCode::OK, 0..len),
        Part::Range(range) => (StatusCode::PARTIAL_CONTENT, range.clone()),
        Part::Beyond => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0),
    };
    let size = shown.end - shown.start;
    let has_body = size > 0 && request.method() == Method::GET;
    let mut answer =
        typed(kind, if has_body { body(shown.clone()) } else { body::whole("") });
    *answer.status_mut() = status;
    let head = answer.headers_mut();
    head.typed_insert(tag);
    head.typed_insert(AcceptRanges::bytes());
    match asked {
        Part::Range(_) => {
            if let Ok(shown) = ContentRange::bytes(shown, len) {
                head.typed_insert(shown);
            }
        }
        Part::Beyond => head.typed_insert(ContentRange::unsatisfied_bytes(len)),
        Part::Whole => {}
    }
    if status != StatusCode::NOT_MODIFIED {
        head.typed_insert(ContentLength(size));
    }
    answer
}

fn moved(to: &str, query: Option<&str>) -> Response<Body> {
    let to = query.map_or_else(|| to.to_owned(), |it| format!("{to}?{it}"));
    let mut answer = plain(StatusCode::MOVED_PERMANENTLY, "");
    if let Ok(to) = HeaderValue::from_str(&to) {
        answer.headers_mut().insert(LOCATION, to);
    }
    answer
}

/// The site's own page for what does not exist.
fn not_found(state: &State) -> Response<Body> {
    let Some(Content::Text(page)) = state.site.get(&Route::new("404.html")) else {
        return plain(StatusCode::NOT_FOUND, "there is no such page\n");
    };
    let page = with_script(&page.get(), &state.base);
    let mut answer = typed("text/html; charset=utf-8", body::whole(page));
    *answer.status_mut() = StatusCode::NOT_FOUND;
    answer
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut answer = typed("text/plain; charset=utf-8", body::whole(text));
    *answer.status_mut() = status;
    answer
}

fn typed(kind: &str, body: Body) -> Response<Body> {
    let mut answer = Response::new(body);
    if let Ok(kind) = HeaderValue::from_str(kind) {
        answer.headers_mut().insert(CONTENT_TYPE, kind);
    }
    answer
}

/// The type of a file, with its encoding where it is text.
fn kind(route: &Route) -> String {
    let kind = mime_guess::from_path(route.as_str()).first_or_octet_stream();
    let is_text = kind.type_() == "text"
        || matches!(kind.subtype().as_str(), "json" | "javascript" | "xml")
        || kind.suffix().is_some_and(|it| it == "xml" || it == "json");
    if is_text {
        format!("{}; charset=utf-8", kind.essence_str())
    } else {
        kind.to_string()
    }
}

fn tag(digest: Digest) -> ETag {
    // Hexadecimal in quotes is a tag.
    format!("\"{}\"", digest.short()).parse().expect("a tag")
}
