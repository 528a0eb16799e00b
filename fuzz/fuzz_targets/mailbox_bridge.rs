//! Bridge links and redemptions.

#![no_main]

fuzz::target!(mailbox::hostile::bridge);
