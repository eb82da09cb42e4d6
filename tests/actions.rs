//! The scripts of `action.yml` and of the release, run with programs that only look like
//! those of a runner.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test makes folders and runs programs")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use diptych::value::{Format, Value, parse};
use tempfile::TempDir;

/// The script of the step of that name in a file.
fn script(file: &str, name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(path).expect("the file");
    let data = parse(Format::Yaml, &text, 0).expect("YAML");
    let found = find(&data, name);
    found.unwrap_or_else(|| panic!("{file} has no step `{name}`"))
}

fn find(value: &Value, name: &str) -> Option<String> {
    if value.get("name").and_then(Value::text) == Some(name)
        && let Some(script) = value.get("run").and_then(Value::text)
    {
        return Some(script.to_owned());
    }
    let entries = value.entries().iter().map(|(_, value)| value);
    entries.chain(value.items()).find_map(|it| find(it, name))
}

/// A runner: a folder of programs, one for what steps write, and what they may know.
struct Runner {
    folder: TempDir,
}

impl Runner {
    fn new() -> Self {
        let runner = Self { folder: tempfile::tempdir().expect("a folder") };
        for folder in ["bin", "temp", "release", "work"] {
            fs::create_dir(runner.path(folder)).expect("a folder");
        }
        // What curl would get is in `release/`; where it is not, there is no such file.
        runner.program(
            "curl",
            "out=; url=; while [ $# -gt 0 ]; do case \"$1\" in -o) out=$2; shift ;; \
             https:*) url=$1 ;; esac; shift; done; echo \"$url\" >> \"$HERE/asked\"; \
             cp \"$HERE/release/${url##*/}\" \"$out\" 2>/dev/null || exit 22",
        );
        runner.program(
            "cargo",
            "echo \"$@\" >> \"$HERE/built\"; root=; while [ $# -gt 0 ]; do case \"$1\" in \
             --root) root=$2 ;; esac; shift; done; mkdir -p \"$root/bin\"; \
             cp \"$HERE/diptych\" \"$root/bin/diptych\"",
        );
        runner.write(
            "diptych",
            "#!/bin/sh\necho diptych 9.8.7\necho \"$@\" >> \"$HERE/ran\"\n",
        );
        runner
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
        let rights = fs::Permissions::from_mode(0o755);
        fs::set_permissions(self.path(name), rights).expect("rights");
    }

    fn program(&self, name: &str, text: &str) {
        self.write(&format!("bin/{name}"), &format!("#!/usr/bin/env bash\n{text}\n"));
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// Packs the program as a release does.
    fn release(&self, archive: &str) {
        let packed = Command::new("tar")
            .args(["-czf", &format!("release/{archive}"), "diptych"])
            .current_dir(self.folder.path())
            .status();
        assert!(packed.expect("tar").success());
        let sum = Command::new("sha256sum")
            .arg(archive)
            .current_dir(self.path("release"))
            .output()
            .expect("sha256sum");
        fs::write(self.path(&format!("release/{archive}.sha256")), sum.stdout)
            .expect("a file");
    }

    fn run(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let path = std::env::var("PATH").expect("a PATH");
        let here = self.folder.path();
        Command::new("bash")
            .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script])
            .current_dir(self.path("work"))
            .env("PATH", format!("{}:{path}", self.path("bin").display()))
            .env("HERE", here)
            .env("RUNNER_TEMP", self.path("temp"))
            .env("RUNNER_OS", "Linux")
            .env("RUNNER_ARCH", "X64")
            .env("GITHUB_PATH", self.path("github-path"))
            .env("GITHUB_OUTPUT", self.path("github-output"))
            .env("REPOSITORY", "https://example.org/diptych")
            .env("SOURCE", "/the/action")
            .envs(variables.iter().copied())
            .output()
            .expect("bash")
    }

    fn install(&self, variables: &[(&str, &str)]) -> Output {
        self.run(&script("action.yml", "Install Diptych"), variables)
    }
}

const LINUX: &str = "diptych-x86_64-unknown-linux-gnu.tar.gz";

#[track_caller]
fn demand_success(output: &Output) {
    let text = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{out}{err}");
}

#[test]
fn the_release_is_taken_where_its_checksum_holds() {
    for (version, address) in [
        ("latest", "https://example.org/diptych/releases/latest/download/"),
        ("1.2.3", "https://example.org/diptych/releases/download/v1.2.3/"),
        ("v1.2.3", "https://example.org/diptych/releases/download/v1.2.3/"),
    ] {
        let runner = Runner::new();
        runner.release(LINUX);
        demand_success(&runner.install(&[("VERSION", version)]));
        assert!(runner.path("temp/diptych-bin/diptych").exists());
        let asked = format!("{address}{LINUX}\n{address}{LINUX}.sha256\n");
        assert_eq!(runner.read("asked"), asked);
        assert_eq!(runner.read("github-output"), "version=9.8.7\n");
        assert!(runner.read("github-path").trim_end().ends_with("temp/diptych-bin"));
        assert_eq!(runner.read("built"), "");
    }
}

#[test]
fn what_is_not_as_its_checksum_says_ends_the_run() {
    for sum in ["0000  diptych\n", "", "\n"] {
        let runner = Runner::new();
        runner.release(LINUX);
        runner.write(&format!("release/{LINUX}.sha256"), sum);
        let output = runner.install(&[("VERSION", "latest")]);
        assert_eq!(output.status.code(), Some(1));
        let out = String::from_utf8_lossy(&output.stdout);
        assert!(out.contains("::error::the checksum of"), "{out}");
        assert!(!runner.path("temp/diptych-bin/diptych").exists());
        assert_eq!(runner.read("github-path") + &runner.read("built"), "");
    }
    let runner = Runner::new();
    runner.release(LINUX);
    fs::remove_file(runner.path(&format!("release/{LINUX}.sha256"))).expect("removed");
    let output = runner.install(&[("VERSION", "latest")]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(runner.read("github-path") + &runner.read("built"), "");
}

#[test]
fn without_a_binary_the_program_is_built() {
    let root = "--root";
    for (version, arch, wanted) in [
        ("latest", "X64", "install --locked --path /the/action --root"),
        (
            "1.2.3",
            "RISCV64",
            "install --locked --git https://example.org/diptych --tag v1.2.3 --root",
        ),
    ] {
        let runner = Runner::new();
        demand_success(&runner.install(&[("VERSION", version), ("RUNNER_ARCH", arch)]));
        let built = runner.read("built");
        assert!(built.starts_with(wanted) && built.contains(root), "{built}");
        assert!(runner.path("temp/diptych-bin/diptych").exists());
        assert_eq!(runner.read("github-output"), "version=9.8.7\n");
    }
}

#[test]
fn a_build_that_fails_ends_the_run() {
    let runner = Runner::new();
    runner.program("cargo", "exit 101");
    let output = runner.install(&[("VERSION", "latest")]);
    assert!(!output.status.success());
    assert_eq!(runner.read("github-path"), "");
}

#[test]
fn the_site_is_built_as_the_inputs_ask() {
    let runner = Runner::new();
    runner.program("diptych", "printf '%s\\n' \"$@\" >> \"$HERE/ran\"");
    let script = script("action.yml", "Build the site");
    let plain = [
        ("ROOT", "my notes"),
        ("OUTPUT", "public"),
        ("BASE_URL", ""),
        ("DENY_WARNINGS", "false"),
        ("DRAFTS", "false"),
    ];
    demand_success(&runner.run(&script, &plain));
    assert_eq!(runner.read("ran"), "build\n--root\nmy notes\n--output\npublic\n");
    assert_eq!(runner.read("github-output"), "site=public\n");
    let asked = [
        ("ROOT", "."),
        ("OUTPUT", "$(touch hit)"),
        ("BASE_URL", "https://x.org/a b"),
        ("DENY_WARNINGS", "true"),
        ("DRAFTS", "true"),
    ];
    fs::remove_file(runner.path("ran")).expect("removed");
    demand_success(&runner.run(&script, &asked));
    assert_eq!(
        runner.read("ran"),
        "build\n--root\n.\n--output\n$(touch hit)\n--base-url\nhttps://x.org/a b\n\
         --deny-warnings\n--drafts\n"
    );
    assert!(!runner.path("work/hit").exists());
    runner.program("diptych", "exit 1");
    assert!(!runner.run(&script, &plain).status.success());
}

#[test]
fn what_a_release_packs_is_what_the_action_takes() {
    let runner = Runner::new();
    let target = "x86_64-unknown-linux-gnu";
    let work = runner.path("work");
    fs::create_dir_all(work.join(format!("target/{target}/release"))).expect("a folder");
    for file in ["README.md", "LICENSE-APACHE", "LICENSE-MIT", "NOTICE"] {
        fs::write(work.join(file), "").expect("a file");
    }
    fs::copy(
        runner.path("diptych"),
        work.join(format!("target/{target}/release/diptych")),
    )
    .expect("copied");
    let pack = script(".github/workflows/release.yml", "Pack");
    demand_success(&runner.run(&pack, &[("TARGET", target)]));
    for file in [LINUX.to_owned(), format!("{LINUX}.sha256")] {
        fs::copy(work.join("dist").join(&file), runner.path("release").join(&file))
            .expect("copied");
    }
    demand_success(&runner.install(&[("VERSION", "1.2.3")]));
    assert_eq!(runner.read("built"), "");

    let attach = script(".github/workflows/release.yml", "Attach the binaries");
    runner.program("gh", "echo \"$@\" >> \"$HERE/released\"; [ \"$2\" != view ]");
    demand_success(&runner.run(&attach, &[("TAG", "v1.2.3")]));
    let released = runner.read("released");
    assert!(released.contains("release create v1.2.3 dist/"), "{released}");
    fs::write(work.join("dist").join(LINUX), "other").expect("changed");
    fs::remove_file(runner.path("released")).expect("removed");
    assert!(!runner.run(&attach, &[("TAG", "v1.2.3")]).status.success());
    assert_eq!(runner.read("released"), "");
}

#[test]
fn a_tag_must_be_the_version() {
    let runner = Runner::new();
    fs::write(runner.path("work/Cargo.toml"), "[package]\nversion = \"1.2.3\"\n")
        .expect("a file");
    let compare =
        script(".github/workflows/release.yml", "Compare the tag with Cargo.toml");
    demand_success(&runner.run(&compare, &[("TAG", "v1.2.3")]));
    assert!(!runner.run(&compare, &[("TAG", "v1.2.4")]).status.success());
}
