//! A real demo process and the real command line against it.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "shared by tests")]

use serde_json::Value;
use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

/// The longest that anything awaited here may take on a slow machine; nothing is decided by it but failure.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// The program under test.
pub(crate) fn simurgh() -> Command {
    Command::new(env!("CARGO_BIN_EXE_simurgh"))
}

/// A running process that said `ready`; killed when dropped.
pub(crate) struct Running {
    child: Child,
    pub(crate) ready: Value,
}

impl Running {
    /// Starts the program with these words and `--json`, and waits for its ready line.
    pub(crate) fn start(words: &[&str]) -> Self {
        Self::ready(json(words).spawn().unwrap(), words)
    }

    /// The same, with a talkative log whose reader has gone.
    pub(crate) fn start_without_log(words: &[&str]) -> Self {
        let mut child = json(words).env("SIMURGH_LOG", "info").stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stderr.take());
        Self::ready(child, words)
    }

    fn ready(mut child: Child, words: &[&str]) -> Self {
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|_| {
            let _ = child.kill();
            panic!("{words:?} did not get ready; it said {line:?}, see its log above")
        });
        assert_eq!(ready["event"], "ready");
        Self { child, ready }
    }

    /// SIGKILL: no destructor runs, nothing is flushed.
    pub(crate) fn kill_9(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ctrl-C; answers how long the end took, and whether it was a clean one.
    pub(crate) fn interrupt(mut self) -> (Duration, bool) {
        let began = Instant::now();
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        (began.elapsed(), status.success())
    }
}

fn json(words: &[&str]) -> Command {
    let mut command = simurgh();
    command.arg("--json").args(words).stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A running demo; killed when dropped.
pub(crate) struct Demo(Running);

impl std::ops::Deref for Demo {
    type Target = Running;

    fn deref(&self) -> &Running {
        &self.0
    }
}

impl Demo {
    /// Starts `simurgh demo --json --no-open --dir DIR` and waits for its ready line.
    pub(crate) fn start(dir: &Path, more: &[&str]) -> Self {
        Self(Running::start(&words(dir, more)))
    }

    /// See [`Running::start_without_log`].
    pub(crate) fn start_without_log(dir: &Path, more: &[&str]) -> Self {
        Self(Running::start_without_log(&words(dir, more)))
    }

    /// The profile folder of a person.
    pub(crate) fn profile(&self, name: &str) -> PathBuf {
        let people = self.ready["people"].as_array().unwrap();
        PathBuf::from(people.iter().find(|person| person["name"] == name).unwrap()["profile"].as_str().unwrap())
    }

    /// See [`Running::kill_9`].
    pub(crate) fn kill_9(self) {
        self.0.kill_9();
    }

    /// See [`Running::interrupt`].
    pub(crate) fn interrupt(self) -> (Duration, bool) {
        self.0.interrupt()
    }
}

fn words<'a>(dir: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec!["demo", "--no-open", "--dir", dir.to_str().unwrap()];
    words.extend(more);
    words
}

/// Posts JSON to a loopback server, which has to answer 200.
pub(crate) fn post(url: &str, body: &str) {
    let (host, path) = url.trim_start_matches("http://").split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!("POST /{path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/json\r\n");
    write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.split(' ').nth(1) == Some("200"), "{answer}");
}

/// Runs a command of a person's profile with `--json`.
pub(crate) fn command(profile: &Path, words: &[&str]) -> Output {
    simurgh().arg("--profile").arg(profile).args(words).arg("--json").stdin(Stdio::null()).output().unwrap()
}

/// The JSON lines of a command that has to succeed.
pub(crate) fn lines(profile: &Path, words: &[&str]) -> Vec<Value> {
    let output = command(profile, words);
    assert!(output.status.success(), "{words:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The one JSON line of a command that has to succeed.
pub(crate) fn line(profile: &Path, words: &[&str]) -> Value {
    let mut lines = lines(profile, words);
    assert_eq!(lines.len(), 1, "{words:?} says one line");
    lines.remove(0)
}

/// Looks until `done` has an answer; panics with `what` after [`PATIENCE`].
pub(crate) fn eventually<T>(what: &str, mut done: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = done() {
            return answer;
        }
        assert!(began.elapsed() < PATIENCE, "never happened: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Texts that `profile` has in the conversation `with`, oldest first.
pub(crate) fn texts(profile: &Path, with: &str) -> Vec<String> {
    let messages = lines(profile, &["message", "list", with, "--limit", "1000"]);
    let messages = messages.iter().filter(|message| message["kind"] == "text");
    messages.map(|message| message["text"].as_str().unwrap().to_owned()).collect()
}

/// A loopback address that nobody listens on, below those that systems give to outgoing connections, which could take it
/// before it is used.
pub(crate) fn free_address() -> String {
    static TAKEN: AtomicU16 = AtomicU16::new(0);
    let first = 12_000 + u16::try_from(std::process::id() % 1_000).unwrap() * 20;
    let address = || format!("127.0.0.1:{}", first + TAKEN.fetch_add(1, Ordering::Relaxed));
    std::iter::repeat_with(address).find(|address| TcpListener::bind(address).is_ok()).unwrap()
}

/// A path as a word.
pub(crate) fn path(dir: &Path, name: &str) -> String {
    dir.join(name).to_str().unwrap().to_owned()
}

/// Relays that know each other, as their operators would exchange descriptors.
pub(crate) fn relays(dir: &Path, more: &[&str]) -> Vec<Running> {
    let folders: Vec<String> = (0..3).map(|number| path(dir, &format!("relay{number}"))).collect();
    for folder in &folders {
        let words = ["relay", "init", "--dir", folder, "--listen", "127.0.0.1:0"];
        line(dir, &[&words, more].concat());
    }
    let read = |folder: &String| fs::read_to_string(Path::new(folder).join("relay.json")).unwrap();
    let all: Vec<Value> = folders.iter().map(|folder| serde_json::from_str(&read(folder)).unwrap()).collect();
    let start = |folder: &String| {
        fs::write(Path::new(folder).join("peers.json"), serde_json::to_vec(&all).unwrap()).unwrap();
        Running::start(&["relay", "run", "--dir", folder])
    };
    folders.iter().map(start).collect()
}

/// Relays, and people whose daemons run; Alice and Bob are contacts. Relays first: dropped, they are gone.
pub(crate) struct Village {
    pub(crate) relays: Vec<Running>,
    _people: Vec<Running>,
}

/// Puts one together.
pub(crate) fn village(dir: &Path) -> Village {
    village_with(dir, &[])
}

/// The same with more words for `network create`.
pub(crate) fn village_with(dir: &Path, more: &[&str]) -> Village {
    let (validator, network) = (path(dir, "validator"), path(dir, "network.json"));
    line(dir, &["validator", "init", "--dir", &validator, "--listen", &free_address(), "--http", &free_address()]);
    let relays = relays(dir, &[]);
    let genesis = path(Path::new(&validator), "genesis.bin");
    let descriptors: Vec<String> = (0..3).map(|number| path(dir, &format!("relay{number}/relay.json"))).collect();
    let mut words = vec!["network", "create", "--genesis", &genesis, "--out", &network, "--name", "village"];
    descriptors.iter().for_each(|file| words.extend(["--relay", file]));
    words.extend(more);
    line(dir, &words);
    let start = |name| {
        Running::start(&["--profile", &path(dir, name), "up", "--no-open", "--network", &network, "--name", name])
    };
    let people = ["alice", "bob", "carol"].map(start).into();
    let (alice, bob) = (dir.join("alice"), dir.join("bob"));
    let link = line(&alice, &["contact", "invite"])["link"].as_str().unwrap().to_owned();
    line(&bob, &["contact", "add", &link]);
    eventually("both are connected", || {
        let connected =
            |profile| lines(profile, &["contact", "list"]).first().is_some_and(|one| one["state"] == "connected");
        (connected(&alice) && connected(&bob)).then_some(())
    });
    Village { relays, _people: people }
}

/// How far a message has come.
pub(crate) fn state(profile: &Path, with: &str, text: &str) -> String {
    let messages = lines(profile, &["message", "list", with]);
    let message = messages.iter().find(|message| message["text"] == text).expect("the message is there");
    message["state"].as_str().unwrap().to_owned()
}
