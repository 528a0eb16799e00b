//! Exchanges that come in segments (CAR-30 to CAR-36): parts are put together, the whole is run once, and the answer is
//! kept until it was fetched.

use crate::config::RelayLimits;
use crate::exchange::RETRY_AFTER_MS;
use crate::invitations::Access;
use crate::server::Shared;
use crate::shares::{Share, Shares};
use bytes::Bytes;
use carrier::segment::{
    Assembly, ExchangeName, Part, SEGMENT_BYTES_MAX, Segment, SegmentReply, WAIT_MS_MAX, Want, encode_segment_reply,
};
use mailbox::hop::{self, HopRefusal};
use mailbox::limits::Source;
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::clock;
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// An exchange that nobody asks for is forgotten after this, also when its answer was given: it may be lost on the way,
/// which its reader knows after the longest silence (11 s), and asks again over a connection that may take 10 s ...
const UNASKED: Duration = Duration::from_secs(22);
/// ... and whatever happens after this.
const LIFE: Duration = Duration::from_secs(120);
/// An answer that nobody fetches is looked after so often.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// Looking through all of them costs something: not with each segment.
const SWEEP_EVERY: Duration = Duration::from_millis(500);
/// Bytes of an answer in one reply.
const REPLY_BYTES_MAX: usize = SEGMENT_BYTES_MAX - carrier::segment::REPLY_OVERHEAD_BYTES;

/// The segmented exchanges of a relay.
#[derive(Debug)]
pub(crate) struct Segments {
    exchanges: Mutex<BTreeMap<ExchangeName, Segmented>>,
    /// When it was last looked for what can be forgotten.
    swept: Mutex<Instant>,
    places: Arc<Shares<Source>>,
    bytes: Arc<Shares<Source>>,
}

/// One of them. Dropping it cancels its run.
#[derive(Debug)]
struct Segmented {
    /// What the path is good for under which it began.
    access: Access,
    source: Source,
    began: Instant,
    /// When the last segment came, and how long it may wait.
    touched: Instant,
    waiting: Duration,
    total: u32,
    assembly: Assembly,
    /// What its parts take, until they are put together.
    bytes: Vec<Share<Source>>,
    run: Option<Run>,
    _place: Share<Source>,
}

#[derive(Debug)]
struct Run {
    outcome: watch::Receiver<Outcome>,
    abort: AbortHandle,
}

/// What came of a run.
#[derive(Clone, Debug)]
enum Outcome {
    /// It runs.
    Waiting,
    /// Not sealed to this relay, or no body at all.
    Nothing,
    /// The answer, with what it takes of the room for answers.
    Answer(Bytes, Arc<Share<Source>>),
}

/// What is to be done for a segment.
enum Step {
    Reply(SegmentReply),
    /// All parts are there.
    Wait(watch::Receiver<Outcome>),
}

impl Drop for Run {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

impl Segments {
    pub(crate) fn new(limits: &RelayLimits) -> Self {
        Self {
            exchanges: Mutex::default(),
            swept: Mutex::new(Instant::now()),
            places: Shares::new(limits.segmented_max as u64, limits.segmented_per_source_max as u64),
            bytes: Shares::new(limits.part_bytes_max, limits.part_bytes_per_source_max),
        }
    }

    /// Answers a segment under a secret path. `None`: it is none that a carrier sends, and whoever sent it gets the
    /// website.
    pub(crate) async fn answer(
        &self,
        shared: &Arc<Shared>,
        access: Access,
        source: Source,
        segment: Segment,
    ) -> Option<Bytes> {
        let (total, want) = (segment.total, segment.want);
        let wait = Duration::from_millis(want.wait_ms.min(WAIT_MS_MAX).into());
        let begins = |part: Option<&Part>| may_begin(shared, access, part);
        let run = |source, body| start(shared, access, source, body);
        let reply = match self.step(access, source, segment, wait, begins, run)? {
            Step::Reply(reply) => reply,
            Step::Wait(mut outcome) => {
                let ended = outcome.wait_for(|outcome| !matches!(outcome, Outcome::Waiting));
                match tokio::time::timeout(wait, ended).await.map(|ended| ended.map(|outcome| outcome.clone())) {
                    Ok(Ok(outcome)) => reply(want, outcome),
                    // The run was cancelled with the exchange.
                    Ok(Err(_)) => SegmentReply::Gone,
                    Err(_elapsed) => SegmentReply::Waiting { have: total },
                }
            }
        };
        if !access.is_relay() && !matches!(reply, SegmentReply::Waiting { .. } | SegmentReply::Answer { .. }) {
            return None;
        }
        encode_segment_reply(&reply).ok().map(Bytes::from)
    }

    /// Forgets what nobody asks for any more.
    fn forget(&self) {
        let now = Instant::now();
        {
            let mut swept = self.swept.lock();
            if now.saturating_duration_since(*swept) < SWEEP_EVERY {
                return;
            }
            *swept = now;
        }
        self.exchanges.lock().retain(|_, one| !one.is_over(now));
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u64 {
        self.places.taken()
    }

    /// `begins` says whether an exchange may begin with such a part; `run` begins a request that is there as a whole.
    fn step(
        &self,
        access: Access,
        source: Source,
        segment: Segment,
        wait: Duration,
        begins: impl FnOnce(Option<&Part>) -> bool,
        run: impl FnOnce(Source, Vec<u8>) -> Run,
    ) -> Option<Step> {
        let Segment { exchange: name, total, part, .. } = segment;
        self.forget();
        let (mut exchanges, now) = (self.exchanges.lock(), Instant::now());
        let one = match exchanges.entry(name) {
            Entry::Occupied(known) if known.get().access != access => return None,
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(_) if !begins(part.as_ref()) => return None,
            Entry::Vacant(_) if part.is_none() => return Some(Step::Reply(SegmentReply::Gone)),
            Entry::Vacant(free) => {
                let max = u32::try_from(hop::BODY_BYTES_MAX).unwrap_or(u32::MAX);
                let assembly = Assembly::new(total, max).ok()?;
                let Some(place) = self.places.take(source, 1) else { return Some(full()) };
                free.insert(Segmented::new(access, source, total, assembly, place, now))
            }
        };
        (one.touched, one.waiting) = (now, wait);
        let Some(taken) = self.add(one, total, part) else {
            exchanges.remove(&name);
            return None;
        };
        if !taken {
            return Some(full());
        }
        if let Some(body) = one.assembly.take_body() {
            one.bytes.clear();
            one.run = Some(run(one.source, body));
        }
        Some(match &one.run {
            Some(run) => Step::Wait(run.outcome.clone()),
            None => Step::Reply(SegmentReply::Waiting { have: one.assembly.have() }),
        })
    }

    /// Takes a part. `Some(false)`: there is no room for it now; `None`: it does not fit, and ends the exchange.
    fn add(&self, one: &mut Segmented, total: u32, part: Option<Part>) -> Option<bool> {
        if one.total != total {
            return None;
        }
        let (Some(part), None) = (part, &one.run) else { return Some(true) };
        let Some(mut share) = self.bytes.take(one.source, part.bytes.len() as u64) else { return Some(false) };
        let new = one.assembly.add(part).ok()?;
        if new > 0 {
            one.bytes.push(share.part(new.into()));
        }
        Some(true)
    }
}

impl Segmented {
    fn new(access: Access, source: Source, total: u32, assembly: Assembly, place: Share<Source>, now: Instant) -> Self {
        Self {
            access,
            source,
            began: now,
            touched: now,
            waiting: Duration::ZERO,
            total,
            assembly,
            bytes: Vec::new(),
            run: None,
            _place: place,
        }
    }

    /// CAR-35
    fn is_over(&self, now: Instant) -> bool {
        let unasked = now.saturating_duration_since(self.touched);
        // Also the longest wait of a segment that was heard of since.
        now.saturating_duration_since(self.began) >= LIFE || unasked >= UNASKED.saturating_add(self.waiting)
    }
}

/// Under the path of a link only a redemption begins that will be answered: whoever else has seen the link must not
/// learn what answers there (MBX-52).
fn may_begin(shared: &Shared, access: Access, part: Option<&Part>) -> bool {
    let Access::Link(name) = access else { return access.is_relay() };
    let head = part.filter(|part| part.offset == 0).and_then(|part| hop::redemption_head(&part.bytes));
    head.is_some_and(|(token, claim)| shared.doors.admits(name, token, &claim, clock::now()))
}

/// As much of what came of a run as is wanted.
fn reply(want: Want, outcome: Outcome) -> SegmentReply {
    let (answer, _budget) = match outcome {
        Outcome::Waiting | Outcome::Nothing => return SegmentReply::Nothing,
        Outcome::Answer(answer, budget) => (answer, budget),
    };
    let most = usize::try_from(want.bytes).unwrap_or(usize::MAX).min(REPLY_BYTES_MAX);
    let from = usize::try_from(want.offset).unwrap_or(usize::MAX).min(answer.len());
    let to = from.saturating_add(most).min(answer.len());
    let bytes = answer.get(from..to).unwrap_or_default().to_vec();
    // A relay's answer has a little over 2 MiB at most.
    let total = u32::try_from(answer.len()).unwrap_or(u32::MAX);
    SegmentReply::Answer { total, offset: want.offset, bytes }
}

fn full() -> Step {
    Step::Reply(SegmentReply::Full { retry_after_ms: RETRY_AFTER_MS })
}

/// Runs a request that came in parts as if it had come in one piece (CAR-32).
fn start(shared: &Arc<Shared>, access: Access, source: Source, body: Vec<u8>) -> Run {
    let (outcome, receiver) = watch::channel(Outcome::Waiting);
    let shared = Arc::clone(shared);
    let task = tokio::spawn(async move {
        let answer = match hop::decode_body(&body) {
            Ok(decoded) => {
                drop(body);
                shared.behind(access, source, decoded).await
            }
            Err(_) => None,
        };
        let found = answer.map(|answer| {
            let budget = shared.admission.replies.take(source, answer.len() as u64);
            match budget {
                Some(budget) => Outcome::Answer(answer, Arc::new(budget)),
                None => refused(&shared, source),
            }
        });
        outcome.send_replace(found.unwrap_or(Outcome::Nothing));
        // An answer takes room that all share. Its own task sees to it that it goes; it ends with it.
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            shared.segments.forget();
        }
    });
    Run { outcome: receiver, abort: task.abort_handle() }
}

/// Without room for the answer it is a refusal: what was asked for may have been done, and is asked for again.
fn refused(shared: &Shared, source: Source) -> Outcome {
    let crowded = crate::exchange::refusal_body(HopRefusal::Overloaded { retry_after_ms: RETRY_AFTER_MS });
    shared.admission.replies.take(source, 0).map_or(Outcome::Nothing, |none| Outcome::Answer(crowded, Arc::new(none)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CAR-35
    #[test]
    fn what_nobody_asks_for_is_forgotten() {
        let places = Shares::new(1, 1);
        let (source, now) = (Source([1; 16]), Instant::now());
        let (assembly, place) = (Assembly::new(9, 9).unwrap(), places.take(source, 1).unwrap());
        let mut one = Segmented::new(Access::Relay, source, 9, assembly, place, now);
        let over = |one: &Segmented, seconds: f64| one.is_over(now + Duration::from_secs_f64(seconds));
        let profile = carrier::Profile::default();
        let asked_again_ms = profile.ping_ms + profile.patience_ms_max + profile.connect_ms_max;
        assert!(UNASKED > Duration::from_millis(asked_again_ms.into()), "who lost the answer asks again");
        assert!(!over(&one, 21.9) && over(&one, 22.0));
        one.waiting = Duration::from_secs(10);
        assert!(!over(&one, 31.9) && over(&one, 32.0), "a segment waits for the answer");
        one.touched = now + Duration::from_secs(118);
        assert!(!over(&one, 119.9) && over(&one, 120.0), "whatever happens");
        drop(one);
        assert_eq!(places.taken(), 0);
    }
}
