//! The names by which a browser may call the server.

use std::net::IpAddr;

/// The names by which a browser may call the server.
///
/// A page of another site can have its own name lead to this machine, and would then
/// read what is served here as if it were its own (DNS rebinding). It cannot change the
/// name that its browser sends, so only the server's own names are answered.
#[derive(Debug)]
pub(super) struct Hosts {
    given: String,
}

impl Hosts {
    /// The names of a server that was asked to listen on `host`.
    pub(super) fn of(host: &str) -> Self {
        Self { given: host.to_ascii_lowercase() }
    }

    /// Whether a `Host` is one of the names: an address in numbers, which needs no
    /// look-up, this machine's own name for itself, or what the author has given.
    pub(super) fn admit(&self, host: &str) -> bool {
        let name = without_port(host).trim_end_matches('.').to_ascii_lowercase();
        let number = name.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        let is_number = number.unwrap_or(&name).parse::<IpAddr>().is_ok();
        is_number
            || name == "localhost"
            || name.ends_with(".localhost")
            || name == self.given
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::Hosts;

    #[test]
    fn only_names_that_nobody_else_can_have_are_answered() {
        let hosts = Hosts::of("notes.internal");
        for host in [
            "localhost",
            "localhost:8000",
            "LOCALHOST.",
            "a.localhost:1",
            "127.0.0.1:8000",
            "[::1]:8000",
            "192.168.0.7",
            "notes.internal:80",
        ] {
            assert!(hosts.admit(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:8000",
            "127.0.0.1.evil.example",
            "localhost.evil",
        ] {
            assert!(!hosts.admit(host), "{host}");
        }
    }
}
