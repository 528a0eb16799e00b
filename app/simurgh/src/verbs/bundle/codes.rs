//! Bundles as QR codes: shown in a terminal, written as images, and collected from what was read (MBX-93 to MBX-95).

use crate::{
    output::{self, Output, shell_word},
    signals,
};
use anyhow::{Context as _, bail};
use daemon::{
    bundles::frames::{self, DATA_BYTES, Frame, FrameError, Heard, SEQUENCE_BYTES_MAX, Sequence},
    qr,
};
use serde_json::json;
use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{self, BufRead, BufReader, IsTerminal as _, Read as _, Write as _},
    path::Path,
    time::Duration,
};
use tokio::time::MissedTickBehavior;

/// How long each code is shown: fewer than three changes a second, and cameras look ten times.
const SHOWN: Duration = Duration::from_millis(350);
/// What codes of version 5 and up hold at error correction M, in capitals and digits (ISO/IEC 18004, table 7).
const CAPACITIES: [usize; 11] = [122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600];
/// The version of the first of them.
const FIRST_VERSION: usize = 5;
/// Light modules around a code in the terminal, of both sides.
const QUIET: usize = 4;
/// Light modules around a code in an image, on each side.
const QUIET_IMAGE: usize = 4;
/// Letters of a line that are read; the longest frame has some 900.
const LINE_BYTES_MAX: u64 = 4_096;
/// Lines that are read: a camera names each code many times.
const LINES_MAX: usize = 1_000_000;

/// The texts of all frames.
fn texts(bundle: &[u8], data_bytes: usize) -> anyhow::Result<Vec<String>> {
    let mut texts = Vec::new();
    while let Some(frame) = frames::cut(bundle, texts.len(), data_bytes)? {
        texts.push(frame.to_text());
    }
    Ok(texts)
}

/// Shows them one after the other until Ctrl-C; where nobody looks, prints what they hold.
pub(super) async fn show(bundle: &[u8], output: Output) -> anyhow::Result<()> {
    let terminal = !output.is_json() && io::stdout().is_terminal();
    if !terminal {
        let texts = texts(bundle, DATA_BYTES)?;
        return texts.iter().enumerate().try_for_each(|(index, text)| {
            let number = index.saturating_add(1);
            output.print_for_readers(text, &json!({ "code": number, "of": texts.len(), "text": text }))
        });
    }
    let texts = texts(bundle, data_bytes_here()?)?;
    let ended = signals::ended()?;
    tokio::pin!(ended);
    let mut ticks = tokio::time::interval(SHOWN);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    output::write(b"\x1b[2J\x1b[?25l")?;
    for (index, text) in texts.iter().enumerate().cycle() {
        tokio::select! {
            _ = ticks.tick() => {}
            () = &mut ended => break,
        }
        let drawn = output::qr(text).context("a QR code can't be drawn")?;
        let number = index.saturating_add(1);
        output::write(format!("\x1b[H{drawn}{number} of {}, Ctrl-C ends\x1b[K", texts.len()).as_bytes())?;
    }
    output::write(b"\x1b[?25h\n")
}

/// How many bytes of a bundle a code holds that fits into the window.
fn data_bytes_here() -> anyhow::Result<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok().filter(|size| size.ws_col > 0 && size.ws_row > 0);
    size.map_or(Ok(DATA_BYTES), |size| data_bytes(usize::from(size.ws_col), usize::from(size.ws_row)))
}

fn data_bytes(columns: usize, lines: usize) -> anyhow::Result<usize> {
    let side = |version: usize| version.saturating_mul(4).saturating_add(17).saturating_add(QUIET);
    // two modules a line, and a line for what is said
    let fits = |version: usize| side(version) <= columns && side(version).div_ceil(2) < lines;
    let largest = CAPACITIES.iter().enumerate().rfind(|(place, _)| fits(place.saturating_add(FIRST_VERSION)));
    let Some((_, chars)) = largest else {
        let (columns, lines) = (side(FIRST_VERSION), side(FIRST_VERSION).div_ceil(2).saturating_add(1));
        bail!(
            "the window is too small for a QR code: it needs {columns} columns and {lines} lines; or use --qr-dir DIR"
        )
    };
    let largest = (frames::DATA_BYTES_MIN..=DATA_BYTES).rfind(|bytes| frames::text_chars(*bytes) <= *chars);
    largest.context("no code is large enough")
}

/// Writes them as images into a new folder, with what they hold beside them; says how many.
pub(super) fn write_images(bundle: &[u8], folder: &Path) -> anyhow::Result<usize> {
    let texts = texts(bundle, DATA_BYTES)?;
    let cannot = || format!("{} can't be written", folder.display());
    fs::create_dir(folder).map_err(|error| {
        if error.kind() == io::ErrorKind::AlreadyExists {
            return anyhow::anyhow!("{} is there already: choose another name", folder.display());
        }
        anyhow::Error::new(error).context(cannot())
    })?;
    for (index, text) in texts.iter().enumerate() {
        let name = format!("{:03}-of-{:03}.svg", index.saturating_add(1), texts.len());
        fs::write(folder.join(name), svg(text)?).with_context(cannot)?;
    }
    fs::write(folder.join("frames.txt"), texts.join("\n") + "\n").with_context(cannot)?;
    Ok(texts.len())
}

fn svg(text: &str) -> anyhow::Result<String> {
    let code = qr::encode(text).map_err(|error| anyhow::anyhow!(error.message))?;
    let size = usize::try_from(code.size)?;
    let side = QUIET_IMAGE.saturating_mul(2).saturating_add(size);
    let mut path = String::new();
    for (row, modules) in code.modules.as_bytes().chunks(size.max(1)).enumerate() {
        for (column, _) in modules.iter().enumerate().filter(|(_, module)| **module == b'1') {
            let (x, y) = (column.saturating_add(QUIET_IMAGE), row.saturating_add(QUIET_IMAGE));
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    let pixels = side.saturating_mul(8);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{pixels}\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path d=\"{path}\"/></svg>\n"
    ))
}

/// What came of codes so far.
#[derive(Default)]
struct Collected {
    sequence: Sequence,
    /// Lines that were no frame, or not read as shown.
    unread: usize,
    other: usize,
    /// One of them said to be of a newer version.
    newer: Option<FrameError>,
}

impl Collected {
    /// Takes a line; the bundle once it is whole.
    fn hear(&mut self, line: &str) -> anyhow::Result<Option<Vec<u8>>> {
        // zbarcam says so before each code, unless it was told --raw
        let line = line.trim();
        let line = line.strip_prefix("QR-Code:").unwrap_or(line);
        if line.is_empty() {
            return Ok(None);
        }
        match Frame::from_text(line) {
            Ok(frame) => match self.sequence.hear(frame)? {
                Heard::Other => self.other = self.other.saturating_add(1),
                Heard::New => return Ok(self.sequence.whole()?),
                Heard::Known => {}
            },
            Err(error) => {
                self.unread = self.unread.saturating_add(1);
                self.newer = self.newer.take().or(matches!(error, FrameError::Version(_)).then_some(error));
            }
        }
        Ok(None)
    }

    fn missing(self) -> anyhow::Error {
        // a damaged code may say any version: it is believed when no other was read
        if let (0, Some(newer)) = (self.sequence.total(), self.newer) {
            return newer.into();
        }
        let mut text = match self.sequence.total() {
            0 => "there is no code of a bundle: read the ones of simurgh bundle export --qr".to_owned(),
            total => {
                let missing: Vec<String> =
                    self.sequence.missing().map(|index| index.saturating_add(1).to_string()).collect();
                let have = self.sequence.have();
                format!("{have} of {total} codes are there. Read those too: {}", missing.join(", "))
            }
        };
        if self.unread > 0 && self.sequence.total() > 0 {
            let _ = write!(text, ". {} lines were no such code, or damaged", self.unread);
        }
        if self.other > 0 {
            let _ = write!(text, ". {} were of another bundle: read the codes of one bundle only", self.other);
        }
        anyhow::anyhow!(text)
    }
}

/// The bundle that frames make: those that were given as words, then the lines of a file or of standard input.
pub(super) fn collect(words: &[String], file: Option<&Path>) -> anyhow::Result<Vec<u8>> {
    let mut collected = Collected::default();
    for word in words {
        if let Some(bundle) = collected.hear(word)? {
            return Ok(bundle);
        }
    }
    let found = match file {
        None => None,
        Some(file) if file == Path::new("-") => lines(&mut io::stdin().lock(), &mut collected)?,
        Some(file) => {
            let cannot = || format!("{} can't be read", shell_word(file));
            let mut reading = BufReader::new(File::open(file).with_context(cannot)?);
            lines(&mut reading, &mut collected).with_context(|| file.display().to_string())?
        }
    };
    found.ok_or_else(|| collected.missing())
}

fn lines(reading: &mut impl BufRead, collected: &mut Collected) -> anyhow::Result<Option<Vec<u8>>> {
    let watched = io::stderr().is_terminal();
    for _ in 0..LINES_MAX {
        let mut line = Vec::new();
        let read = reading.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        let bundle = collected.hear(&String::from_utf8_lossy(&line))?;
        if watched && collected.sequence.total() > 0 {
            let end = if bundle.is_some() { "\n" } else { "" };
            let (have, total) = (collected.sequence.have(), collected.sequence.total());
            let _ = write!(io::stderr(), "\r{have} of {total} codes{end}");
        }
        if bundle.is_some() {
            return Ok(bundle);
        }
    }
    bail!("more than {LINES_MAX} lines and no bundle: read the codes of one bundle only")
}

/// Bytes that a bundle for codes may have.
pub(super) fn bytes_max() -> u32 {
    u32::try_from(SEQUENCE_BYTES_MAX).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MBX-95
    #[test]
    fn a_code_is_as_large_as_the_window_lets_it_be() {
        assert_eq!(data_bytes(200, 60).unwrap(), DATA_BYTES);
        for (columns, lines) in [(80, 24), (41, 22), (100, 40), (85, 44)] {
            let bytes = data_bytes(columns, lines).unwrap();
            let bundle = vec![0xA5; bytes];
            let [text] = &texts(&bundle, bytes).unwrap()[..] else { panic!("one frame") };
            let drawn = output::qr(text).unwrap();
            assert!(drawn.lines().count() < lines, "{bytes} in {columns} × {lines}");
            assert!(drawn.lines().all(|line| line.chars().count() <= columns), "{bytes} in {columns} × {lines}");
        }
        let refused = data_bytes(40, 60).unwrap_err().to_string();
        assert!(refused.contains("41 columns and 22 lines"), "{refused}");
    }

    /// MBX-94
    #[test]
    fn lines_of_a_camera_make_a_bundle_and_what_is_missing_is_named() {
        let bundle: Vec<u8> = (0..200u8).cycle().take(2_000).collect();
        let texts = texts(&bundle, DATA_BYTES).unwrap();
        let other = self::texts(&[7; 50], DATA_BYTES).unwrap();
        let damaged = texts[0].replacen("FRAME/A", "FRAME/C", 1);
        let mut said = format!("{damaged}\nQR-Code:{}\r\n\n{}\n{}\n", texts[2], texts[2], other[0]);
        let read = |said: &str| {
            let mut collected = Collected::default();
            let found = lines(&mut said.as_bytes(), &mut collected).unwrap();
            found.ok_or_else(|| collected.missing().to_string())
        };
        let refused = read(&said).unwrap_err();
        assert!(
            refused.starts_with("1 of 6 codes are there. Read those too: 1, 2, 4, 5, 6. 1 lines were"),
            "{refused}"
        );
        assert!(refused.contains("1 were of another bundle"), "{refused}");
        texts.iter().for_each(|text| said.push_str(&format!("{text}\n")));
        assert_eq!(read(&said), Ok(bundle));
        assert!(read("hello\n").unwrap_err().contains("no code of a bundle"));
    }
}
