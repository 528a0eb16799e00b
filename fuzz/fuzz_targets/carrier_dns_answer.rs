//! Packets of a resolver to who asked, and what a relay sealed in one.

#![no_main]

fuzz::target!(carrier::hostile::dns_answer);
