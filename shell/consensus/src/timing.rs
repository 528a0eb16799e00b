//! Every time and bound of consensus in one place (rules CON-20 to CON-29).

use std::time::Duration;

/// Shortest time from a block's timestamp to its child's. Under load it batches: 40 blocks a second.
pub const BLOCK_INTERVAL_MIN: Duration = Duration::from_millis(25);
/// Longest time that a proposer waits for something to do before it proposes an empty block.
pub const BLOCK_INTERVAL_IDLE: Duration = Duration::from_millis(1000);
/// How far ahead of the own clock a block's timestamp may be before this validator waits with its vote.
pub const CLOCK_AHEAD_MAX: Duration = Duration::from_millis(500);

/// A leader that has not proposed by now is passed over. Longer than an idle wait, with time for the
/// network.
pub const LEADER_TIMEOUT: Duration = Duration::from_millis(1500);
/// A view that is not certified by now is passed over.
pub const CERTIFICATION_TIMEOUT: Duration = Duration::from_millis(2500);
/// How often the vote to pass over is repeated.
pub const NULLIFY_RETRY: Duration = Duration::from_millis(500);
/// A leader that was silent for so long is passed over at once, so that a dead validator costs nothing
/// after its first missed turns. The engine wants it above `CERTIFICATION_TIMEOUT`.
pub const SILENCE_SKIPPED: Duration = Duration::from_millis(3000);
/// Missing certificates and blocks are asked for again after this time.
pub const FETCH_TIMEOUT: Duration = Duration::from_millis(1000);
/// Pause before a fetch is tried again.
pub const FETCH_RETRY: Duration = Duration::from_millis(100);

/// Messages a second that each peer may send on the channels of votes and of certificates: two of each a
/// block, 40 blocks a second, and as much again for views that are passed over. Memory grows with it.
pub const VOTES_PER_SECOND: u32 = 256;
/// Messages a second that each peer may send on every other channel.
pub const OTHERS_PER_SECOND: u32 = 128;
/// Pause between two frames of gossip, so that they stay under the quota.
pub const GOSSIP_INTERVAL: Duration = Duration::from_millis(10);
/// Gossiped messages a second that are taken from each validator, and how many at once: each is executed before it is
/// let into the pool, and a validator that passes on more than blocks can hold only keeps the others from voting.
pub const GOSSIP_PER_SECOND: u32 = 1_024;
/// See [`GOSSIP_PER_SECOND`]. So many messages of one validator wait at most.
pub const GOSSIP_BURST: u32 = 4_096;
/// Bytes of gossiped messages of one validator that wait to be checked.
pub const GOSSIP_WAITING_BYTES_MAX: usize = 8 << 20;

/// Blocks above the last final one that are walked to find a state; more means that this validator is far
/// behind, and catches up by final blocks instead.
pub const UNFINAL_BLOCKS_MAX: usize = 256;
/// Blocks that may be on their way to the application at once.
pub const PENDING_BLOCKS_MAX: usize = 16;
/// Messages queued inside the engine, for each of its parts.
pub const MAILBOX_MAX: usize = 1024;
/// Views that are kept below the last final one.
pub const VIEWS_KEPT: u64 = 10;
/// Final blocks that the engine keeps in its own files; older ones are the application's. Enough for every
/// validator that was away for a few minutes under full load, so that the application is rarely asked.
pub const BLOCKS_KEPT: u64 = 8_192;
/// Blocks and certificates that are removed from the engine's files at a time.
pub const BLOCKS_PER_SECTION: u64 = 4_096;
