//! HTTP bodies as a relay reads them, down to what only looks sealed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mailbox::hop::{Gateway, HopBody, decode_body, decode_reply};
use std::sync::OnceLock;
use wire::Secret32;

static GATEWAY: OnceLock<Gateway> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let gateway = GATEWAY.get_or_init(|| Gateway::from_seed(&Secret32([7; 32])).expect("a key"));
    if let Ok(HopBody::Run(sealed)) = decode_body(bytes) {
        gateway.open(&sealed).ok();
    }
    decode_reply(bytes).ok();
});
