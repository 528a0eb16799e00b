//! A person's daemon, spoken to over the socket in its profile (specs/05-local-api.md).

use crate::world::is_interrupted;
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Write as _},
    os::unix::net::UnixStream,
    path::Path,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// How long a call may take: what waits for the network answers at once and tells by events.
const CALL_PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// An open line to a daemon.
pub(crate) struct Daemon {
    stream: UnixStream,
    lines: mpsc::Receiver<(Instant, Value)>,
    last_id: u64,
    events: VecDeque<(Instant, Value)>,
}

impl Daemon {
    /// Opens the socket of a profile.
    pub(crate) fn connect(profile: &Path) -> Result<Self> {
        let path = profile.join("rpc.sock");
        let stream = UnixStream::connect(&path).with_context(|| format!("no daemon at {}", path.display()))?;
        let reading = BufReader::new(stream.try_clone()?);
        let (said, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in reading.lines().map_while(Result::ok) {
                let Ok(value) = serde_json::from_str(&line) else { return };
                if said.send((Instant::now(), value)).is_err() {
                    return;
                }
            }
        });
        Ok(Self { stream, lines, last_id: 0, events: VecDeque::new() })
    }

    /// Calls a method; an error is the daemon's own sentence.
    pub(crate) fn call(&mut self, method: &str, params: &Value) -> Result<Value> {
        self.last_id = self.last_id.saturating_add(1);
        let request = json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params });
        writeln!(self.stream, "{request}")?;
        let began = Instant::now();
        loop {
            match self.lines.recv_timeout(LOOK_EVERY) {
                Ok((_, answer)) if answer.get("id") == Some(&json!(self.last_id)) => {
                    if let Some(error) = answer.get("error") {
                        bail!("{method}: {}", error.get("message").and_then(Value::as_str).unwrap_or("refused"));
                    }
                    return Ok(answer.get("result").cloned().unwrap_or_default());
                }
                Ok((at, said)) => self.keep(at, said),
                Err(mpsc::RecvTimeoutError::Disconnected) => bail!("{method}: the daemon has gone"),
                Err(mpsc::RecvTimeoutError::Timeout) if is_interrupted() => bail!("interrupted"),
                Err(mpsc::RecvTimeoutError::Timeout) if began.elapsed() > CALL_PATIENCE => {
                    bail!("{method}: no answer in {} s", CALL_PATIENCE.as_secs())
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// The events that came, each with the time when it did.
    pub(crate) fn events(&mut self) -> Vec<(Instant, Value)> {
        while let Ok((at, said)) = self.lines.try_recv() {
            self.keep(at, said);
        }
        self.events.drain(..).collect()
    }

    fn keep(&mut self, at: Instant, said: Value) {
        if let Some(event) = said.pointer("/params/event") {
            self.events.push_back((at, event.clone()));
        }
    }
}
