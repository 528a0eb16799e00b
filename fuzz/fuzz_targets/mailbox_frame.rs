//! What a QR code of a bundle held.

#![no_main]

fuzz::target!(mailbox::hostile::frame);
