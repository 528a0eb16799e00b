//! Genesis files.

#![no_main]

fuzz::target!(chain::hostile::genesis_bytes);
