//! Addresses as people and links write them.

#![no_main]

fuzz::target!(client::hostile::checks::address);
