//! Requests as a relay opens them.

#![no_main]

fuzz::target!(mailbox::hostile::request);
