//! HTTP bodies as relays and clients read them, down to what only looks sealed.

#![no_main]

fuzz::target!(mailbox::hostile::hop_body);
