//! The checks of what a stranger says to a relay behind its TLS: frames of HTTP/2, or HTTP/1.1, to the connections of the
//! real server, with its bounds (MBX-60 to MBX-69). Each says whether a request was answered, and panics where a
//! conversation does not end, what a handler does panics, or a place is not given back.
//!
//! The first byte of an input says how the stranger behaves: [`Manner`].

#![allow(clippy::expect_used, clippy::missing_panics_doc, reason = "tests: a failure is a panic")]

use crate::config::RelayConfig;
use crate::engine::Engine;
use crate::invitations::Invitations;
use crate::keys::Identity;
use crate::server::{Builders, Peer, Shared, speak};
use crate::website::Website;
use hyper_util::server::graceful::GracefulShutdown;
use mailbox::limits::Source;
use std::cell::Cell;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Once};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};
use tokio::task::yield_now;

/// What stands in the relay's secret path, for the seeds.
const SECRET_PATH: &[u8] = b"hostilehostile00";
/// The relay's hop key is the one that the seeds of `mailbox` are sealed to.
const HOP_SEED: [u8; 32] = [7; 32];
/// What a client of HTTP/2 says first (RFC 9113, section 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// Bytes under way in one direction.
const PIPE_BYTES: usize = 16 * 1024;
/// Bytes of a frame, as long as nobody allowed more.
const FRAME_BYTES_MAX: usize = 16 * 1024;
/// How often a stranger who has said everything lets the server go on before it goes away.
const TURNS: usize = 200;
/// A conversation that the stranger has left ends at once, however busy the machine is.
const END: Duration = Duration::from_secs(60);

/// Frames of HTTP/2 after the preface. Taken: a request was answered and nothing was held against the connection.
#[must_use]
pub fn http2(bytes: &[u8]) -> bool {
    let Some((manner, frames)) = Manner::of(bytes) else { return false };
    let mut heard = Frames::default();
    converse(manner, &[PREFACE, frames].concat(), |builders| &builders.http2, |bytes| heard.take(bytes));
    heard.answers > 0 && !heard.blamed
}

/// HTTP/1.1. Taken: a request was answered, and not because it could not be read.
#[must_use]
pub fn http1(bytes: &[u8]) -> bool {
    let Some((manner, said)) = Manner::of(bytes) else { return false };
    let mut first = Vec::new();
    converse(
        manner,
        said,
        |builders| &builders.http1,
        |bytes| {
            let missing = STATUS_BYTES.saturating_sub(first.len());
            first.extend(bytes.iter().take(missing));
        },
    );
    let is_answer = first.starts_with(b"HTTP/1.1 ") || first.starts_with(b"HTTP/1.0 ");
    assert!(is_answer || first.len() < STATUS_BYTES, "no answer of HTTP/1.1: {first:?}");
    is_answer && !matches!(first.get(9..), Some(b"400" | b"408" | b"414" | b"431") | None)
}

/// `HTTP/1.1 200`
const STATUS_BYTES: usize = 12;

/// How a stranger behaves.
#[derive(Clone, Copy, Debug)]
struct Manner {
    /// Bit 0: takes nothing of the answers, and goes away.
    unread: bool,
    /// Bit 1: goes away when all is said, and does not wait for the end.
    abrupt: bool,
    /// The others: says so many bytes at once, or everything.
    piece_bytes: usize,
}

impl Manner {
    fn of(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (first, rest) = bytes.split_first()?;
        let piece_bytes = match usize::from(first >> 2) {
            0 => usize::MAX,
            number => number.saturating_mul(number),
        };
        Some((Self { unread: first & 1 != 0, abrupt: first & 2 != 0, piece_bytes }, rest))
    }
}

/// What the relay says in HTTP/2: whole frames, nothing else.
#[derive(Debug, Default)]
struct Frames {
    head: Vec<u8>,
    /// Bytes of the frame that are still to come.
    missing: usize,
    /// The code of a GOAWAY, and what stands before it.
    goaway: Option<Vec<u8>>,
    seen: usize,
    answers: usize,
    blamed: bool,
}

impl Frames {
    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if self.missing > 0 {
                self.missing = self.missing.saturating_sub(1);
                self.inside(*byte);
                continue;
            }
            self.head.push(*byte);
            if let [a, b, c, kind, _flags, _, _, _, _] = *self.head.as_slice() {
                self.missing = usize::try_from(u32::from_be_bytes([0, a, b, c])).unwrap_or(usize::MAX);
                self.begin(kind);
                self.head.clear();
            }
        }
    }

    fn begin(&mut self, kind: u8) {
        assert!(self.missing <= FRAME_BYTES_MAX, "a frame of {} bytes", self.missing);
        assert!(self.seen > 0 || kind == 4, "the first frame is not SETTINGS but {kind}");
        assert!(matches!(kind, 0 | 1 | 3 | 4 | 6 | 7 | 8 | 9), "a frame of the kind {kind}");
        self.seen = self.seen.saturating_add(1);
        self.answers = self.answers.saturating_add(usize::from(kind == 1));
        self.goaway = (kind == 7).then(Vec::new);
    }

    /// RFC 9113, section 6.8: the last stream, then the code.
    fn inside(&mut self, byte: u8) {
        let Some(said) = &mut self.goaway else { return };
        said.push(byte);
        if let [_, _, _, _, code @ ..] = said.as_slice() {
            self.blamed |= code.iter().take(4).any(|byte| *byte != 0);
        }
    }
}

/// One connection from its beginning to its end, and whether everything that it took was given back.
fn converse(
    manner: Manner,
    said: &[u8],
    version: fn(&Builders) -> &hyper_util::server::conn::auto::Builder<hyper_util::rt::TokioExecutor>,
    heard: impl FnMut(&[u8]),
) {
    static SOURCES: AtomicU64 = AtomicU64::new(0);
    count_panics();
    let panics = PANICS.get();
    let relay = relay();
    let mut source = [0; 16];
    source.iter_mut().zip(SOURCES.fetch_add(1, Ordering::Relaxed).to_le_bytes()).for_each(|(to, from)| *to = from);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let (ours, theirs) = duplex(PIPE_BYTES);
        let place = relay.admission.connections.take(Source(source), 1).expect("a place");
        let peer = Peer::new(Source(source), place);
        let serving = Arc::clone(&relay);
        let serving = tokio::spawn(async move {
            let builders = Builders::new(&serving.limits);
            speak(ours, version(&builders), GracefulShutdown::new().watcher(), serving, peer).await;
        });
        stranger(theirs, said, manner, heard).await;
        in_time("the connection does not end", serving).await.expect("the connection ends without a panic");
        in_time("what was taken is not given back", async {
            let (admission, taken) = (&relay.admission, |shares: &crate::shares::Shares<Source>| shares.taken());
            let taken = || {
                taken(&admission.connections)
                    .saturating_add(taken(&admission.requests))
                    .saturating_add(taken(&admission.bodies))
                    .saturating_add(taken(&admission.replies))
            };
            while taken() > 0 {
                yield_now().await;
            }
        })
        .await;
    });
    assert_eq!(PANICS.get(), panics, "a handler panicked");
}

async fn in_time<T>(otherwise: &str, work: impl Future<Output = T>) -> T {
    tokio::time::timeout(END, work).await.unwrap_or_else(|_elapsed| panic!("{otherwise}"))
}

async fn stranger(stream: DuplexStream, said: &[u8], manner: Manner, mut heard: impl FnMut(&[u8])) {
    let (mut reading, mut writing) = tokio::io::split(stream);
    let say = async {
        for piece in said.chunks(manner.piece_bytes) {
            // who was cut off says nothing more
            if writing.write_all(piece).await.is_err() {
                return;
            }
            yield_now().await;
        }
        if manner.unread {
            std::future::pending::<()>().await;
        }
        if !manner.abrupt {
            turns().await;
            writing.shutdown().await.ok();
        }
    };
    let listen = async {
        let mut bytes = [0; 4_096];
        while let Ok(length @ 1..) = reading.read(&mut bytes).await {
            heard(bytes.get(..length).unwrap_or_default());
        }
    };
    match manner {
        Manner { unread: true, .. } => tokio::select! { biased; () = say => {}, () = turns() => {} },
        Manner { abrupt: true, .. } => tokio::select! { biased; () = listen => {}, () = say => {} },
        Manner { .. } => drop(tokio::join!(say, listen)),
    }
}

/// Lets the server go on for a while.
async fn turns() {
    for _ in 0..TURNS {
        yield_now().await;
    }
}

thread_local! {
    static PANICS: Cell<u64> = const { Cell::new(0) };
}

/// A handler's panic ends its task and nothing else: it is counted, for the thread that all tasks of a check are on.
fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PANICS.set(PANICS.get().saturating_add(1));
            before(panic);
        }));
    });
}

/// The relay that all inputs of a thread come to. Its folder is gone once it is opened.
fn relay() -> Arc<Shared> {
    thread_local! {
        static RELAY: Arc<Shared> = Arc::new(open());
    }
    RELAY.with(Arc::clone)
}

fn open() -> Shared {
    static FOLDERS: AtomicU64 = AtomicU64::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let dir = std::env::temp_dir().join(format!("simurgh-hostile-{}-{number}", std::process::id()));
    let config = RelayConfig::on_loopback(dir.clone());
    std::fs::create_dir_all(&dir).expect("a folder");
    std::fs::write(dir.join("secret.path"), SECRET_PATH).expect("the secret path");
    std::fs::write(dir.join("hop.seed"), HOP_SEED).expect("the hop key");
    let identity = Identity::open(&dir).expect("an identity");
    let website = Website::open(&config, 1, "127.0.0.1").expect("a website");
    let certificates = Arc::new(identity.certificates("127.0.0.1").expect("certificates"));
    let hop_key = identity.gateway.hop_key().to_vec();
    let address = wire::RelayAddress {
        host: "127.0.0.1".into(),
        port: 1,
        tls_pin: None,
        secret_path: identity.secret_path.clone(),
        dns: None,
    };
    let relay = wire::RelayDescriptor { address, hop_key, operator: None, region: None };
    let doors = Invitations::open(&dir, &relay, 0).expect("doors");
    // The thread of the store ends with the engine.
    let (engine, _thread, _ended) =
        Engine::start(&identity.store_path(), config.limits.mailbox, Box::new(|| None)).expect("a store");
    let exchange = crate::exchange(&config, wire::RelayId([1; 32]), identity, engine).expect("an exchange");
    std::fs::remove_dir_all(&dir).ok();
    Shared::new(exchange, website, config.limits, doors, certificates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::hostile::storm;
    use wire::seeds;

    #[test]
    fn whatever_a_stranger_says_in_http2_the_conversation_ends_and_gives_everything_back() {
        let seeds = seeds!("relay_http2": "get", "post-forward", "post-sealed", "post-segment", "post-elsewhere",
            "post-padded-trailers", "no-settings", "refused-table", "refused-ping-flood", "refused-rapid-reset",
            "refused-continuation", "refused-window", "refused-unread", "refused-half");
        storm(seeds, 3_000, http2);
    }

    #[test]
    fn whatever_a_stranger_says_in_http1_the_conversation_ends_and_gives_everything_back() {
        let seeds = seeds!("relay_http1": "get", "post-forward", "post-chunked", "pipelined", "refused-smuggled",
            "refused-headers", "refused-half", "chunk-too-long");
        storm(seeds, 3_000, http1);
    }
}
