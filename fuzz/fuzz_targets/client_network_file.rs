//! Network files.

#![no_main]

fuzz::target!(client::hostile::checks::network_file);
