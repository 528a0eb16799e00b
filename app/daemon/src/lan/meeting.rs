//! One meeting: two machines find out whether their people are contacts, and hand each other bundles for as long as
//! both are there (BUN-51 to BUN-57).

use crate::person::Person;
use anyhow::{Context as _, bail, ensure};
use client::{
    Command, Reply,
    e2ee::meeting::{Ephemeral, Meeting, Opening, PUBLIC_BYTES, Sealing, Side, TOKEN_BYTES},
    view::{ContactId, LanKey},
};
use rand_core::{OsRng, RngCore as _};
use std::{collections::BTreeSet, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    sync::{broadcast::error::RecvError, mpsc},
    time::{Instant, sleep_until, timeout},
};

/// The version of what is said here.
pub(crate) const VERSION: u8 = 1;
/// Tokens that are shown: as many as a person can have contacts, whoever has fewer.
pub(crate) const TOKENS: usize = 2_048;
/// Bytes of a frame before it is sealed.
const FRAME_BYTES_MAX: usize = 64 * 1024;
/// What sealing adds.
pub(crate) const TAG_BYTES: usize = 16;
/// Bytes of one bundle: what does not fit goes into the next one.
pub(crate) const BUNDLE_BYTES_MAX: usize = 1024 * 1024;
/// Who has not shown by then that they are a contact is none.
const INTRODUCTION: Duration = Duration::from_secs(5);
/// News wait so long for company.
const COMPANY: Duration = Duration::from_millis(200);
/// The same when a bundle did not hold all: the other side's receipts make room first.
const MORE: Duration = Duration::from_secs(1);
/// With nothing to say, this is said so often; and who says nothing for three times as long has gone.
const STILL_HERE: Duration = Duration::from_secs(20);
const SILENCE_MAX: Duration = Duration::from_secs(60);

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A piece of a bundle, and more to come.
    Piece = 0,
    /// The last piece.
    Last = 1,
    /// The bundle was taken.
    Taken = 2,
    /// Nothing new.
    Still = 3,
}

/// A contact at the other end.
pub(crate) struct Known {
    pub(super) contact: ContactId,
    pub(super) name: String,
    sealing: Sealing,
    opening: Opening,
}

/// What the listening half tells the speaking half.
enum Heard {
    Bundle,
    Taken,
}

/// What a frame of a contact says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// A whole bundle, with the frames before.
    Bundle(Vec<u8>),
    /// The bundle was taken.
    Taken,
    /// Nothing new, or a piece of a bundle.
    Nothing,
}

/// The pieces of a bundle that have come (BUN-54).
#[derive(Debug, Default)]
pub(crate) struct Pieces(Vec<u8>);

impl Pieces {
    /// Takes the next frame; an error ends the meeting.
    pub(crate) fn take(&mut self, frame: &[u8]) -> anyhow::Result<Said> {
        let Some((kind, rest)) = frame.split_first() else { bail!("an empty frame") };
        match *kind {
            kind if kind == Kind::Piece as u8 || kind == Kind::Last as u8 => {
                let bytes = self.0.len().saturating_add(rest.len());
                ensure!(bytes <= BUNDLE_BYTES_MAX, "a bundle over its bound");
                self.0.extend_from_slice(rest);
                let whole = kind == Kind::Last as u8;
                Ok(if whole { Said::Bundle(std::mem::take(&mut self.0)) } else { Said::Nothing })
            }
            kind if kind == Kind::Taken as u8 => Ok(Said::Taken),
            kind if kind == Kind::Still as u8 => Ok(Said::Nothing),
            other => bail!("a frame of a kind {other} that this program does not know"),
        }
    }
}

/// Finds out which contact is at the other end. A stranger is an error, and learns nothing.
pub(crate) async fn introduce(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    side: Side,
    keys: &[LanKey],
) -> anyhow::Result<Known> {
    timeout(INTRODUCTION, introduced(stream, side, keys)).await.context("the other side is silent")?
}

async fn introduced(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    side: Side,
    keys: &[LanKey],
) -> anyhow::Result<Known> {
    let own = Ephemeral::random(&mut OsRng);
    stream.write_all(&[&[VERSION][..], &own.public()].concat()).await?;
    let mut theirs = [0; PUBLIC_BYTES];
    ensure!(stream.read_u8().await? == VERSION, "the other side speaks another version");
    stream.read_exact(&mut theirs).await?;
    let meeting = own.meet(theirs, side)?;
    let (mut sealing, mut opening) = meeting.channel();
    let found = match side {
        Side::Dialled => {
            write_frame(stream, &mut sealing, &shown(&meeting, keys)).await?;
            let token = read_frame(stream, &mut opening).await?;
            keys.iter().find(|one| meeting.token(&one.key, Side::Answered, !one.creator)[..] == token[..])
        }
        Side::Answered => {
            let tokens = read_frame(stream, &mut opening).await?;
            ensure!(tokens.len() == TOKENS.saturating_mul(TOKEN_BYTES), "not so many tokens as there have to be");
            let tokens: BTreeSet<&[u8]> = tokens.chunks(TOKEN_BYTES).collect();
            let is_shown = |one: &&LanKey| tokens.contains(&meeting.token(&one.key, Side::Dialled, !one.creator)[..]);
            let found = keys.iter().find(is_shown);
            if let Some(one) = found {
                let token = meeting.token(&one.key, Side::Answered, one.creator);
                write_frame(stream, &mut sealing, &token).await?;
            }
            found
        }
    };
    let one = found.context("the other side is no contact")?;
    let (sealing, opening) = meeting.channel_with(&one.key);
    Ok(Known { contact: one.contact, name: one.name.clone(), sealing, opening })
}

/// A token for each contact among random ones, in random order (BUN-52).
fn shown(meeting: &Meeting, keys: &[LanKey]) -> Vec<u8> {
    let own = keys.iter().take(TOKENS).map(|one| meeting.token(&one.key, Side::Dialled, one.creator));
    let mut tokens: Vec<[u8; TOKEN_BYTES]> = own.collect();
    while tokens.len() < TOKENS {
        let mut token = [0; TOKEN_BYTES];
        OsRng.fill_bytes(&mut token);
        tokens.push(token);
    }
    // all of them look random: sorted, they say nothing about which came first
    tokens.sort_unstable();
    tokens.concat()
}

/// Hands bundles over, both ways, until one side goes.
pub(super) async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    known: Known,
    person: &Person,
) -> anyhow::Result<()> {
    let (reading, writing) = tokio::io::split(stream);
    let (tell, heard) = mpsc::channel(1);
    tokio::select! {
        ended = listen(reading, known.opening, person, tell) => ended,
        ended = speak(writing, known.sealing, known.contact, person, heard) => ended,
    }
}

async fn listen(
    mut reading: impl AsyncRead + Unpin,
    mut opening: Opening,
    person: &Person,
    tell: mpsc::Sender<Heard>,
) -> anyhow::Result<()> {
    let mut pieces = Pieces::default();
    loop {
        let frame =
            timeout(SILENCE_MAX, read_frame(&mut reading, &mut opening)).await.context("the contact has gone")??;
        let heard = match pieces.take(&frame)? {
            Said::Bundle(bytes) => {
                person.command(Command::BundleImport { bytes, carry: false }).await?;
                Heard::Bundle
            }
            Said::Taken => Heard::Taken,
            Said::Nothing => continue,
        };
        if tell.send(heard).await.is_err() {
            return Ok(());
        }
    }
}

async fn speak(
    mut writing: impl AsyncWrite + Unpin,
    mut sealing: Sealing,
    contact: ContactId,
    person: &Person,
    mut heard: mpsc::Receiver<Heard>,
) -> anyhow::Result<()> {
    let mut news = person.outgoing();
    // when to look for what is to be said; at first at once
    let mut due = Some(Instant::now());
    let mut still = after(STILL_HERE);
    let (mut unanswered, mut more) = (false, false);
    let soon = |due: Option<Instant>, pause| due.or(Some(after(pause)));
    loop {
        let wake = due.filter(|_| !unanswered).map_or(still, |due| due.min(still));
        tokio::select! {
            one = heard.recv() => match one {
                Some(Heard::Bundle) => write_frame(&mut writing, &mut sealing, &[Kind::Taken as u8]).await?,
                Some(Heard::Taken) => {
                    unanswered = false;
                    if more {
                        due = soon(due, MORE);
                    }
                }
                None => return Ok(()),
            },
            one = news.recv() => match one {
                Ok(one) if one == contact => due = soon(due, COMPANY),
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => due = soon(due, COMPANY),
                Err(RecvError::Closed) => return Ok(()),
            },
            () = sleep_until(wake) => {
                if unanswered || due.is_none_or(|due| due > wake) {
                    still = after(STILL_HERE);
                    write_frame(&mut writing, &mut sealing, &[Kind::Still as u8]).await?;
                    continue;
                }
                due = None;
                let asked = Command::BundleExport { to: vec![contact.to_string()], carry: false, bytes_max: BUNDLE_BYTES_MAX };
                let Reply::Bundle(made) = person.command(asked).await? else { bail!("the core made no bundle") };
                if made.cells > 0 {
                    say(&mut writing, &mut sealing, &made.bytes).await?;
                    (unanswered, more) = (true, made.left_out > 0);
                }
            }
        }
    }
}

fn after(pause: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(pause).unwrap_or(now)
}

async fn say(writing: &mut (impl AsyncWrite + Unpin), sealing: &mut Sealing, bundle: &[u8]) -> anyhow::Result<()> {
    let mut pieces = bundle.chunks(FRAME_BYTES_MAX.saturating_sub(1)).peekable();
    while let Some(piece) = pieces.next() {
        let kind = if pieces.peek().is_some() { Kind::Piece } else { Kind::Last };
        write_frame(writing, sealing, &[&[kind as u8][..], piece].concat()).await?;
    }
    Ok(())
}

async fn write_frame(
    writing: &mut (impl AsyncWrite + Unpin),
    sealing: &mut Sealing,
    plain: &[u8],
) -> anyhow::Result<()> {
    let sealed = sealing.seal(plain)?;
    let length = u32::try_from(sealed.len())?.to_le_bytes();
    timeout(SILENCE_MAX, writing.write_all(&[&length[..], &sealed].concat()))
        .await
        .context("the contact takes nothing")??;
    Ok(())
}

async fn read_frame(reading: &mut (impl AsyncRead + Unpin), opening: &mut Opening) -> anyhow::Result<Vec<u8>> {
    let length = usize::try_from(reading.read_u32_le().await?)?;
    ensure!(length <= FRAME_BYTES_MAX.saturating_add(TAG_BYTES), "a frame over its bound");
    let mut sealed = vec![0; length];
    reading.read_exact(&mut sealed).await?;
    Ok(opening.open(&sealed)?)
}

#[cfg(test)]
mod tests;
