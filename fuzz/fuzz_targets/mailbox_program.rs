//! The statement of a program in a bundle.

#![no_main]

fuzz::target!(mailbox::hostile::program);
