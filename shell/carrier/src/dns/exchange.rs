//! One exchange through DNS: its request goes in parts, several queries at a time, then its answer is asked for.

use super::frame::{Ask, WAIT_MS_MAX};
use super::line::{Brought, Line, Standing};
use crate::CarrierError;
use crate::segment::{
    ANSWER_BYTES_MAX, ExchangeName, Next, Piece, REPLY_OVERHEAD_BYTES, Room, SEGMENT_OVERHEAD_BYTES, SegmentError,
    SegmentReply, Segmented, decode_segment_reply,
};
use bytes::Bytes;
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Queries of one exchange that are under way at a time.
const WORKERS: usize = 8;
/// Times that an exchange is begun: relays forget, and are started anew.
const BEGINNINGS_MAX: usize = 4;
/// The session names exchanges.
const UNNAMED: ExchangeName = [0; 16];
/// Pauses before the questions whether there is an answer: the first follow each other at once, then who waits for a
/// message that may come at any time asks more and more seldom.
const PAUSES_MS: [u64; 8] = [0, 0, 0, 500, 1_000, 2_000, 4_000, 5_000];
/// When a relay is full: at most so long.
const FULL_PAUSE_MS_MAX: u32 = 5_000;

/// Why one run of an exchange brought no answer.
enum Ended {
    Gone,
    Failed(CarrierError),
}

/// An exchange that several queries work at.
struct Job {
    line: Arc<Line>,
    standing: Arc<Standing>,
    number: u32,
    total: u32,
    state: Mutex<Segmented>,
    questions: AtomicU32,
    changed: watch::Sender<u64>,
}

/// Brings a request to the relay and its answer back.
pub(crate) async fn run(line: &Arc<Line>, body: &Bytes) -> Result<Bytes, CarrierError> {
    for _ in 0..BEGINNINGS_MAX {
        match once(line, body).await {
            Err(Ended::Gone) => {}
            Err(Ended::Failed(error)) => return Err(error),
            Ok(answer) => return Ok(answer),
        }
    }
    Err(CarrierError::Broken("the relay forgets what was begun".to_owned()))
}

async fn once(line: &Arc<Line>, body: &Bytes) -> Result<Bytes, Ended> {
    let standing = line.standing().await.map_err(Ended::Failed)?;
    let Some(number) = standing.next_exchange() else {
        standing.end();
        return Err(Ended::Gone);
    };
    let frame = u16::try_from(line.part_bytes().saturating_add(SEGMENT_OVERHEAD_BYTES)).unwrap_or(u16::MAX);
    let state = Segmented::new(UNNAMED, body.to_vec(), frame, ANSWER_BYTES_MAX);
    let job = Arc::new(Job {
        line: Arc::clone(line),
        standing,
        number,
        total: u32::try_from(body.len()).unwrap_or(u32::MAX),
        state: Mutex::new(state),
        questions: AtomicU32::new(0),
        changed: watch::channel(0).0,
    });
    let mut workers = JoinSet::new();
    for _ in 0..WORKERS {
        let job = Arc::clone(&job);
        workers.spawn(async move { job.work().await });
    }
    while let Some(ended) = workers.join_next().await {
        ended.map_err(|error| Ended::Failed(CarrierError::Broken(error.to_string())))??;
    }
    let answer = job.state.lock().take_answer();
    let missing = || Ended::Failed(CarrierError::Broken("the answer is not whole".to_owned()));
    answer.map(Bytes::from).ok_or_else(missing)
}

impl Job {
    /// Asks until the exchange is done.
    async fn work(&self) -> Result<(), Ended> {
        loop {
            let mut changed = self.changed.subscribe();
            let next = self.state.lock().next_piece();
            match next {
                Next::Done => return Ok(()),
                // The sender is part of the job.
                Next::Later => {
                    changed.changed().await.ok();
                }
                Next::Send(piece) => {
                    self.bring(piece).await?;
                    self.tell();
                }
            }
        }
    }

    fn tell(&self) {
        self.changed.send_modify(|version| *version = version.wrapping_add(1));
    }

    async fn bring(&self, mut piece: Piece) -> Result<(), Ended> {
        // A question waits at the relay on purpose: the others need not wait for it.
        let place = match piece {
            Piece::Question => {
                let asked = self.questions.fetch_add(1, Ordering::Relaxed);
                sleep(pause(asked)).await;
                None
            }
            Piece::Part(_) | Piece::Range(_) => self.line.places.acquire().await.ok(),
        };
        let want = usize::try_from(self.standing.want_bytes()).unwrap_or(usize::MAX);
        let room = Room {
            request: self.line.part_bytes().saturating_add(SEGMENT_OVERHEAD_BYTES),
            reply: want.saturating_add(REPLY_OVERHEAD_BYTES),
        };
        let segment = self.state.lock().segment(&mut piece, room);
        // What was cut off is for others.
        self.tell();
        let mut ask = Ask { exchange: self.number, total: self.total, want: segment.want, part: segment.part };
        ask.want.wait_ms = ask.want.wait_ms.min(WAIT_MS_MAX);
        let brought = self.standing.ask(&ask).await;
        // a relay that is full is waited for, and others' queries need not
        drop(place);
        match brought {
            Brought::Answer(frame) => self.take(piece, &frame).await,
            Brought::Lost => {
                self.failed(piece);
                Ok(())
            }
            Brought::Gone => Err(Ended::Gone),
            Brought::Silent => Err(failed("the name server, or what is behind it, brings no answer any more")),
        }
    }

    async fn take(&self, piece: Piece, frame: &[u8]) -> Result<(), Ended> {
        match decode_segment_reply(frame).map_err(|error| failed(&error.to_string()))? {
            SegmentReply::Gone => Err(Ended::Gone),
            SegmentReply::Nothing => Err(Ended::Failed(CarrierError::Decoy { status: 404 })),
            SegmentReply::Full { retry_after_ms } => {
                sleep(Duration::from_millis(retry_after_ms.min(FULL_PAUSE_MS_MAX).into())).await;
                self.failed(piece);
                Ok(())
            }
            reply @ (SegmentReply::Waiting { .. } | SegmentReply::Answer { .. }) => {
                let taken = self.state.lock().replied(piece, reply);
                taken.map_err(
                    |error| {
                        if error == SegmentError::Forgotten { Ended::Gone } else { failed(&error.to_string()) }
                    },
                )
            }
        }
    }

    /// Gives the piece to another query. How often that is the session judges, which knows what else is heard.
    fn failed(&self, piece: Piece) {
        self.state.lock().failed(piece);
    }
}

fn failed(why: &str) -> Ended {
    Ended::Failed(CarrierError::Broken(why.to_owned()))
}

fn pause(asked: u32) -> Duration {
    let last = PAUSES_MS.len().saturating_sub(1);
    let index = usize::try_from(asked).unwrap_or(last).min(last);
    Duration::from_millis(PAUSES_MS.get(index).copied().unwrap_or(0))
}
