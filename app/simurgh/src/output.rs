//! What the program prints: lines for people, or one JSON object a line.

use anyhow::Context as _;
use api::Nano;
use serde::Serialize;
use std::{
    io::{self, ErrorKind, Write as _},
    path::Path,
    process::{Command, Stdio},
};

/// Where results go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    /// For people, or as JSON.
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether JSON was asked for.
    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// Prints one result: `human` for people, `value` as JSON.
    pub(crate) fn print(self, human: &str, value: &impl Serialize) -> anyhow::Result<()> {
        or_nobody_reads(self.print_for_readers(human, value))
    }

    /// The same for what is worth nothing when nobody reads it: a stream that goes on, a link that is shown once. The
    /// error is [`Closed`] then.
    pub(crate) fn print_for_readers(self, human: &str, value: &impl Serialize) -> anyhow::Result<()> {
        let mut line = if self.json { serde_json::to_string(value)? } else { human.trim_end().to_owned() };
        line.push('\n');
        write(line.as_bytes())
    }

    /// Prints a list: an object a line, or `empty` for people when there is nothing.
    pub(crate) fn print_all<T: Serialize>(
        self,
        list: &[T],
        empty: &str,
        human: impl Fn(&T) -> String,
    ) -> anyhow::Result<()> {
        if list.is_empty() && !self.json {
            return or_nobody_reads(write(format!("{empty}\n").as_bytes()));
        }
        or_nobody_reads(list.iter().try_for_each(|item| self.print_for_readers(&human(item), item)))
    }
}

/// A reader that has gone neither fails a command nor makes one that failed a success, nor ends a server.
fn or_nobody_reads(written: anyhow::Result<()>) -> anyhow::Result<()> {
    match written {
        Err(error) if error.is::<Closed>() => Ok(()),
        written => written,
    }
}

/// Writes to standard output and flushes it: whoever reads a pipe wants the line now.
pub(crate) fn write(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Closed.into()),
        written => written.context("can't write to standard output"),
    }
}

/// Nobody reads standard output any more: no failure of the command. A pipe to anything else that breaks is one.
#[derive(Debug, thiserror::Error)]
#[error("nobody reads standard output")]
pub(crate) struct Closed;

/// Of what is shown once: who did not see it has to make it anew, as `again` says.
pub(crate) fn shown(written: anyhow::Result<()>, again: &str) -> anyhow::Result<()> {
    written.map_err(|error| anyhow::anyhow!("{error:#}, and what was made is shown only once: {again}"))
}

/// An amount for people.
pub(crate) fn gram(amount: Nano) -> String {
    format!("{} Gram", amount.0)
}

/// A time for people, in UTC.
pub(crate) fn time(at_ms: u64) -> String {
    let seconds = at_ms / 1000;
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date(days);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// Year, month and day of a day counted from 1970-01-01, in 400-year cycles that begin on a 1 March.
fn date(days: u64) -> (u64, u64, u64) {
    const DAYS_TO_1970: u64 = 719_468;
    const DAYS_OF_CYCLE: u64 = 146_097;
    let days = days.saturating_add(DAYS_TO_1970);
    let (cycle, day) = (days / DAYS_OF_CYCLE, days % DAYS_OF_CYCLE);
    let leap_days = (day / 1_460).saturating_sub(day / 36_524).saturating_add(day / 146_096);
    let year = day.saturating_sub(leap_days) / 365;
    let before = year.saturating_mul(365).saturating_add(year / 4).saturating_sub(year / 100);
    let day = day.saturating_sub(before);
    let shifted = day.saturating_mul(5).saturating_add(2) / 153;
    let day = day.saturating_sub(shifted.saturating_mul(153).saturating_add(2) / 5).saturating_add(1);
    let month = if shifted < 10 { shifted.saturating_add(3) } else { shifted.saturating_sub(9) };
    let year = cycle.saturating_mul(400).saturating_add(year).saturating_add(u64::from(month <= 2));
    (year, month, day)
}

/// Text of others on one line of a terminal: no control characters reach it.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A path as a word that a shell takes as it is.
pub(crate) fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+@:".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// How this program is called: by the path it was started from, which need not be among the shell's.
#[cfg(feature = "node")]
pub(crate) fn program() -> String {
    std::env::current_exe().map(|path| shell_word(&path)).unwrap_or_else(|_| "simurgh".to_owned())
}

/// Opens the address with whatever the system opens addresses with, and does not wait for it. A machine without a
/// screen is no error.
pub(crate) fn open_browser(page: &str) {
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    if cfg!(target_os = "linux") && !screen {
        return;
    }
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let quiet = Stdio::null;
    let started = Command::new(opener).arg(page).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
    if let Err(error) = started {
        tracing::info!(%error, "no browser was opened");
    }
}

/// A QR code for a terminal: two modules a character, dark on light whatever the terminal's colours.
pub(crate) fn qr(text: &str) -> Option<String> {
    const QUIET: i64 = 2;
    let code = daemon::qr::encode(text).ok()?;
    let size = i64::from(code.size);
    let dark = |row: i64, column: i64| {
        let inside = (0..size).contains(&row) && (0..size).contains(&column);
        let place = row.checked_mul(size)?.checked_add(column)?;
        Some(inside && code.modules.as_bytes().get(usize::try_from(place).ok()?) == Some(&b'1'))
    };
    let mut drawn = String::new();
    let mut row = QUIET.saturating_neg();
    while row < size.saturating_add(QUIET) {
        for column in QUIET.saturating_neg()..size.saturating_add(QUIET) {
            let (upper, lower) = (dark(row, column), dark(row.saturating_add(1), column));
            drawn.push(match (upper.unwrap_or(false), lower.unwrap_or(false)) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        drawn.push('\n');
        row = row.saturating_add(2);
    }
    Some(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_calendars_have_them() {
        assert_eq!(time(0), "1970-01-01 00:00:00Z");
        assert_eq!(time(951_782_400_000), "2000-02-29 00:00:00Z");
        assert_eq!(time(1_763_949_599_999), "2025-11-24 01:59:59Z");
        assert_eq!(time(4_107_542_400_000), "2100-03-01 00:00:00Z");
    }

    #[test]
    fn a_qr_code_for_the_terminal_is_a_light_square_with_dark_finders() {
        let drawn = qr("hello").unwrap();
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(lines.len(), 13);
        assert!(lines.iter().all(|line| line.chars().count() == 25));
        assert_eq!(lines[0], "█".repeat(25));
        assert!(lines[1].starts_with("██ ▄▄▄▄▄ █"), "{}", lines[1]);
    }

    #[test]
    fn a_path_is_quoted_only_when_a_shell_would_split_it() {
        assert_eq!(shell_word(Path::new("/a/b-1.c")), "/a/b-1.c");
        assert_eq!(shell_word(Path::new("/a b/it's")), "'/a b/it'\\''s'");
    }

    #[test]
    fn text_of_others_cannot_steer_the_terminal() {
        assert_eq!(one_line("a\u{1b}[2Jb\nc"), "a [2Jb c");
    }
}
