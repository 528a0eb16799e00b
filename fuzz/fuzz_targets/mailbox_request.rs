//! Requests as a relay opens them: whatever decodes has one encoding, and gives itself back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mailbox::frame::{decode_request, encode_request};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(frame) = decode_request(bytes) {
        let again = encode_request(&frame).expect("what was decoded encodes");
        assert_eq!(decode_request(&again).expect("and decodes"), frame);
    }
});
