//! Packets to a relay's zone, and what is sealed in one.

#![no_main]

fuzz::target!(carrier::hostile::dns_query);
