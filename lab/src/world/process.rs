//! Processes of the laboratory: started in a host's namespace, logged to a file, gone when dropped.

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use std::{
    fs::File,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Output, Stdio},
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

/// How long a process may take to end when it is asked to.
const END_PATIENCE: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_millis(10);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C and SIGTERM do not end the laboratory at once: whoever waits asks [`is_interrupted`].
pub(crate) fn watch_interrupts() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (ready, watched) = mpsc::channel();
    thread::spawn(move || {
        runtime.block_on(async {
            use tokio::signal::unix::{SignalKind, signal};
            let (Ok(mut interrupt), Ok(mut terminate)) =
                (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
            else {
                return;
            };
            ready.send(()).ok();
            tokio::select! {
                _ = interrupt.recv() => {},
                _ = terminate.recv() => {},
            }
            INTERRUPTED.store(true, Ordering::Relaxed);
        });
    });
    watched.recv().context("signals can't be caught")
}

/// Whether somebody wants the laboratory to end.
pub(crate) fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// Runs a command that is short and says little, to its end; gives what it said.
pub(crate) fn output(mut command: Command, patience: Duration) -> Result<Output> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let until = Instant::now().checked_add(patience).context("too long")?;
    while child.try_wait()?.is_none() {
        if is_interrupted() || Instant::now() > until {
            child.kill().ok();
            child.wait().ok();
            bail!("{} did not end in {} s", command.get_program().to_string_lossy(), patience.as_secs());
        }
        thread::sleep(LOOK_EVERY);
    }
    Ok(child.wait_with_output()?)
}

/// A running process.
pub(crate) struct Process {
    child: Child,
    what: String,
    log: PathBuf,
    input: Option<ChildStdin>,
    lines: mpsc::Receiver<String>,
}

impl Process {
    /// Starts it; what it says on standard error goes to `log`.
    pub(crate) fn start(mut command: Command, what: &str, log: &Path) -> Result<Self> {
        let errors = File::options().create(true).append(true).open(log)?;
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .with_context(|| format!("{what} can't be started"))?;
        let (said, lines) = mpsc::channel();
        let output = child.stdout.take().context("no standard output")?;
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if said.send(line).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Ok(Self { child, what: what.to_owned(), log: log.to_owned(), input, lines })
    }

    /// Starts it and waits until it says that it is ready.
    pub(crate) fn start_ready(command: Command, what: &str, log: &Path, patience: Duration) -> Result<Self> {
        let process = Self::start(command, what, log)?;
        process.line(patience)?;
        Ok(process)
    }

    /// The next line of JSON that it says.
    pub(crate) fn line(&self, patience: Duration) -> Result<Value> {
        let line = self.text(patience)?;
        serde_json::from_str(&line).with_context(|| format!("{} said {line:?}", self.what))
    }

    /// The next line that it says.
    pub(crate) fn text(&self, patience: Duration) -> Result<String> {
        let until = Instant::now().checked_add(patience).context("too long")?;
        loop {
            match self.lines.recv_timeout(LOOK_EVERY) {
                Ok(line) => return Ok(line),
                Err(mpsc::RecvTimeoutError::Timeout) if is_interrupted() => bail!("interrupted"),
                Err(mpsc::RecvTimeoutError::Timeout) if Instant::now() < until => {}
                Err(_) => bail!("{} said nothing; its log: {}", self.what, last_lines(&self.log)),
            }
        }
    }

    /// Whether it goes by this name.
    pub(crate) fn is(&self, what: &str) -> bool {
        self.what == what
    }

    /// Writes a line to it.
    pub(crate) fn order(&mut self, line: &str) -> Result<()> {
        let input = self.input.as_mut().context("it takes no orders")?;
        writeln!(input, "{line}")?;
        Ok(input.flush()?)
    }

    /// Asks it to end and waits; kills it when it does not.
    pub(crate) fn end(&mut self) {
        let pid = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(pid) = pid {
            rustix::process::kill_process(pid, rustix::process::Signal::INT).ok();
        }
        let until = Instant::now().checked_add(END_PATIENCE);
        while until.is_some_and(|until| Instant::now() < until) {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(LOOK_EVERY);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn last_lines(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines.get(lines.len().saturating_sub(5)..).unwrap_or_default().join("\n")
}
