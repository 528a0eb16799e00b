//! The content of a cell behind its encryption.

#![no_main]

fuzz::target!(mailbox::hostile::padded);
