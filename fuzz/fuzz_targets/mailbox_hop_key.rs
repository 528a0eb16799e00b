//! Hop keys out of the descriptors of strangers.

#![no_main]

fuzz::target!(mailbox::hostile::hop_key);
