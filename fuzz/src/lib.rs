//! What every target does around the check of its decoder: it bounds the memory that one input may take. The checks
//! themselves are in the rooms (`hostile`), where ordinary tests run them too.

use peak_alloc::PeakAlloc;

#[doc(hidden)]
pub use libfuzzer_sys;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes of memory that one input may take at most, whatever it says about itself: a block's execution takes a tenth
/// of it, and `run` gives no input more than 64 KiB.
pub const MEMORY_BYTES_MAX: usize = 64 << 20;

/// Makes the target of a check.
#[macro_export]
macro_rules! target {
    ($check:path) => {
        $crate::libfuzzer_sys::fuzz_target!(|bytes: &[u8]| $crate::bounded(bytes, $check));
    };
}

/// Runs a check and looks how much memory it took.
pub fn bounded(bytes: &[u8], check: fn(&[u8]) -> bool) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    check(bytes);
    let taken = MEMORY.peak_usage().saturating_sub(before);
    assert!(taken <= MEMORY_BYTES_MAX, "{} bytes took {taken} bytes of memory", bytes.len());
}
