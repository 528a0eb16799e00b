//! What was sealed into a hop, once it is opened.

#![no_main]

fuzz::target!(mailbox::hostile::hop_inside);
