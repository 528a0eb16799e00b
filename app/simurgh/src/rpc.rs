//! Talks to a profile's running daemon over its socket.

use crate::output::shell_word;
use anyhow::{Context as _, bail};
use api::{
    Method,
    event::NumberedEvent,
    rpc::{Id, Notification, Outcome, Request, Response, Version},
};
use serde_json::Value;
use std::{collections::VecDeque, io::ErrorKind, path::Path, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{
        UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    time::timeout,
};

/// Longest line taken from the daemon, in bytes: 200 messages of 64 kB, each character escaped.
const LINE_BYTES_MAX: u64 = 128 * 1024 * 1024;
/// How long an answer is waited for: longer than what a daemon that is well takes for anything.
const PATIENCE: Duration = Duration::from_secs(180);
/// Events kept while an answer is awaited; more are dropped, and a resync stands for them.
const EVENTS_MAX: usize = 1_024;

/// A connection to a daemon.
#[derive(Debug)]
pub(crate) struct Client {
    reading: BufReader<OwnedReadHalf>,
    writing: OwnedWriteHalf,
    last_id: i64,
    events: VecDeque<NumberedEvent>,
}

enum Line {
    Answer(Response),
    Event(Box<NumberedEvent>),
}

impl Client {
    /// Connects to the daemon of a profile.
    pub(crate) async fn connect(profile: &Path) -> anyhow::Result<Self> {
        let stream = match daemon::connect(profile).await {
            Ok(stream) => stream,
            Err(error) if is_absent(error.kind()) => {
                let shown = shell_word(profile);
                bail!(
                    "no daemon runs for the profile {shown}: start it with simurgh --profile {shown} up, or name the \
                     profile of a running one with --profile"
                )
            }
            Err(error) => {
                return Err(error).with_context(|| format!("the daemon of {} can't be reached", profile.display()));
            }
        };
        Ok(Self::over(stream))
    }

    fn over(stream: UnixStream) -> Self {
        let (reading, writing) = stream.into_split();
        Self { reading: BufReader::new(reading), writing, last_id: 0, events: VecDeque::new() }
    }

    /// Calls a method and waits for its answer; events that come meanwhile are kept.
    pub(crate) async fn call<M: Method>(&mut self, params: M::Params) -> anyhow::Result<M::Answer> {
        self.call_within::<M>(params, PATIENCE).await
    }

    async fn call_within<M: Method>(&mut self, params: M::Params, patience: Duration) -> anyhow::Result<M::Answer> {
        self.last_id = self.last_id.saturating_add(1);
        let id = Id::Number(self.last_id);
        let params = serde_json::to_value(params)?;
        let request = Request { jsonrpc: Version::Two, id: id.clone(), method: M::NAME.to_owned(), params };
        let mut line = serde_json::to_string(&request)?;
        line.push('\n');
        let answered = timeout(patience, self.answer::<M>(id, line.as_bytes()));
        let seconds = patience.as_secs();
        answered.await.with_context(|| {
            format!(
                "the daemon does not answer ({seconds} s): look whether it is stopped. What was asked may have been \
                 done, or be done when it goes on"
            )
        })?
    }

    async fn answer<M: Method>(&mut self, id: Id, request: &[u8]) -> anyhow::Result<M::Answer> {
        self.writing.write_all(request).await.context("the daemon has gone")?;
        loop {
            match self.line().await? {
                Line::Answer(response) if response.id == id => {
                    return match response.outcome {
                        Outcome::Result(value) => Ok(serde_json::from_value(value)?),
                        Outcome::Error(error) => Err(error.into()),
                    };
                }
                Line::Answer(_) => {}
                Line::Event(event) if self.events.len() < EVENTS_MAX => self.events.push_back(*event),
                Line::Event(_) => {}
            }
        }
    }

    /// The next event.
    pub(crate) async fn event(&mut self) -> anyhow::Result<NumberedEvent> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(event);
            }
            if let Line::Event(event) = self.line().await? {
                return Ok(*event);
            }
        }
    }

    async fn line(&mut self) -> anyhow::Result<Line> {
        let mut line = Vec::new();
        let mut limited = (&mut self.reading).take(LINE_BYTES_MAX);
        let read = limited.read_until(b'\n', &mut line).await.context("the daemon has gone")?;
        if read == 0 {
            bail!(
                "the daemon stopped before it answered: start it again, and look whether the command was done before \
                 you repeat it"
            );
        }
        let value: Value = serde_json::from_slice(&line).context("the daemon speaks another language: update it")?;
        if value.get("id").is_some() {
            return Ok(Line::Answer(serde_json::from_value(value)?));
        }
        let notification: Notification = serde_json::from_value(value)?;
        Ok(Line::Event(Box::new(notification.params)))
    }
}

/// Whether connecting failed because no daemon is there.
fn is_absent(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::ConnectionRefused)
}

#[cfg(test)]
mod tests {
    use super::Client;
    use crate::output::Closed;
    use api::{
        local::Nothing,
        methods::{RunDoctor, SendMessage},
        people::MessageSend,
    };
    use std::time::Duration;
    use tokio::net::UnixStream;

    #[tokio::test]
    async fn a_daemon_that_does_not_answer_is_not_waited_for_without_end() {
        let (here, _there) = UnixStream::pair().unwrap();
        let mut client = Client::over(here);
        let error = client.call_within::<RunDoctor>(Nothing {}, Duration::from_millis(50)).await.unwrap_err();
        assert!(error.to_string().contains("look whether it is stopped"), "{error:#}");
    }

    #[tokio::test]
    async fn a_daemon_that_has_gone_is_no_reader_that_has_gone() {
        let (here, there) = UnixStream::pair().unwrap();
        drop(there);
        let sending =
            MessageSend { conversation: "bob".to_owned(), text: "salâm".to_owned(), reply_to: None, id: None };
        let error = Client::over(here).call::<SendMessage>(sending).await.unwrap_err();
        assert!(!error.is::<Closed>(), "the command would end as if it were done: {error:#}");
        assert!(error.to_string().contains("the daemon has gone"), "{error:#}");
    }
}
