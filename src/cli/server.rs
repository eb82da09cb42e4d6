//! The server: what a browser asks for, from memory.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;

use super::live::Live;
use super::stop::Stop;

mod address;
mod answer;
mod body;
mod events;
mod host;
mod part;

use host::Hosts;

/// The port that is tried first.
const PORT: u16 = 8000;

/// How many ports are tried after it.
const PORTS: u16 = 100;

/// How long a request may take to be sent, and a connection may stay without one.
const SLOWEST: Duration = Duration::from_secs(10);

/// How long a caller may take nothing of an answer.
const IDLEST: Duration = Duration::from_mins(1);

/// How long the head of a request may be, in bytes.
const LARGEST: usize = 32 * 1024;

/// How many connections are open at once; more wait.
const CONNECTIONS: usize = 4096;

/// How many files may be open beside them: those that are sent, and those of a build.
#[cfg(unix)]
const FILES: u64 = 1024;

/// Takes a port: the one that is asked for, else the first of the usual that is free.
pub(super) fn bind(host: &str, port: Option<u16>) -> anyhow::Result<TcpListener> {
    let ports = match port {
        Some(port) => port..=port,
        None => PORT..=PORT + PORTS,
    };
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in ports {
        match open(host, port) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
            Err(error) => return Err(refused(host, port, error)),
        }
    }
    Err(refused(host, port.unwrap_or(PORT), last))
}

fn open(host: &str, port: u16) -> io::Result<TcpListener> {
    let places: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
    let listener = TcpListener::bind(places.as_slice())?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn refused(host: &str, port: u16, error: io::Error) -> anyhow::Error {
    let hint = match error.kind() {
        io::ErrorKind::AddrInUse => {
            "another program has it: name another with `--port N`, or none, for one that \
             is free"
        }
        io::ErrorKind::PermissionDenied => {
            "ports below 1024 are not for everyone: name another with `--port N`"
        }
        _ => "`--host` takes an address of this machine, such as 127.0.0.1",
    };
    Stop::because(format!("cannot listen on {host}, port {port}"), hint).context(error)
}

/// Answers requests from now on, on a thread of its own, until the process ends.
pub(super) fn start(
    listener: TcpListener,
    host: &str,
    live: Arc<Live>,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the server")?;
    raise_limit();
    let hosts = Arc::new(Hosts::of(host));
    let serve = async move {
        if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
            accept(listener, live, hosts).await;
        }
    };
    let thread = std::thread::Builder::new().name("server".to_owned());
    thread.spawn(move || runtime.block_on(serve)).context("cannot start the server")?;
    Ok(())
}

/// Asks the system for as many open files as there may be connections: what a process is
/// given without asking is for a few (256 on macOS, 1024 elsewhere).
#[cfg(unix)]
fn raise_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let wanted = CONNECTIONS as u64 + FILES;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let current = current.map(|it| it.max(wanted.min(maximum.unwrap_or(wanted))));
    // Where it may not be, fewer are served at once.
    let _ = setrlimit(Resource::Nofile, Rlimit { current, maximum });
}

#[cfg(not(unix))]
fn raise_limit() {}

async fn accept(listener: tokio::net::TcpListener, live: Arc<Live>, hosts: Arc<Hosts>) {
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    while let Ok(permit) = free.clone().acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(connection(stream, live.clone(), hosts.clone(), permit));
            }
            // There are too many open files, or the caller has gone: either passes.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn connection(
    stream: TcpStream,
    live: Arc<Live>,
    hosts: Arc<Hosts>,
    _permit: OwnedSemaphorePermit,
) {
    // Answers are small and awaited.
    let _ = stream.set_nodelay(true);
    let mut stream = Box::pin(TimeoutStream::new(stream));
    stream.as_mut().set_write_timeout_pinned(Some(IDLEST));
    let answer = service_fn(|request| {
        let (live, hosts) = (live.clone(), hosts.clone());
        async move { Ok::<_, Infallible>(answer::to(&request, &live, &hosts).await) }
    });
    // A caller that breaks the rules of HTTP is told so, and it is his fault.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SLOWEST)
        .max_buf_size(LARGEST)
        .serve_connection(TokioIo::new(stream), answer)
        .await;
}

#[cfg(test)]
mod tests;
