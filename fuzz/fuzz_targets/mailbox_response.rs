//! Responses as a client opens them: a relay is a stranger to it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mailbox::frame::{decode_response, encode_response};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(response) = decode_response(bytes) {
        let again = encode_response(&response).expect("what was decoded encodes");
        assert_eq!(decode_response(&again).expect("and decodes"), response);
    }
});
