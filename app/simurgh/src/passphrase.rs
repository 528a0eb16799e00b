//! Asks for a passphrase: on the terminal without showing it, or one line of standard input for scripts.

use anyhow::{Context as _, ensure};
use std::io::{self, BufRead, IsTerminal as _, Read as _};
use zeroize::Zeroizing;

/// Longest passphrase, in bytes.
const BYTES_MAX: u64 = 1_024;

/// One passphrase.
pub(crate) fn ask(prompt: &str) -> anyhow::Result<Zeroizing<String>> {
    if io::stdin().is_terminal() {
        let typed = rpassword::prompt_password(prompt).context("the passphrase can't be read from this terminal")?;
        return Ok(Zeroizing::new(typed));
    }
    line(&mut io::stdin().lock())
}

/// A new passphrase; on a terminal it is asked for twice.
pub(crate) fn ask_new() -> anyhow::Result<Zeroizing<String>> {
    let new = ask("New passphrase: ")?;
    if io::stdin().is_terminal() {
        let again = ask("The same again: ")?;
        ensure!(new == again, "the two were not the same: nothing was changed, try again");
    }
    Ok(new)
}

/// One line; what comes after it belongs to the next question.
fn line(input: &mut impl BufRead) -> anyhow::Result<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::new());
    let read = input.take(BYTES_MAX).read_until(b'\n', &mut bytes);
    read.context("the passphrase can't be read from standard input")?;
    let text = std::str::from_utf8(&bytes).context("the passphrase is no text")?;
    Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_question_takes_one_line() {
        let mut input = "گل سرخ\r\nsecond\n".as_bytes();
        assert_eq!(line(&mut input).unwrap().as_str(), "گل سرخ");
        assert_eq!(line(&mut input).unwrap().as_str(), "second");
        assert_eq!(line(&mut input).unwrap().as_str(), "");
    }
}
