//! A bundle that somebody brought.

#![no_main]

fuzz::target!(mailbox::hostile::bundle);
