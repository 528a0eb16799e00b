//! This machine's clock, for the programs: the cores are told the time.

use std::time::{SystemTime, UNIX_EPOCH};
use wire::UnixMillis;

/// What time it is; a clock before 1970 shows 0.
#[must_use]
pub fn now() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixMillis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
