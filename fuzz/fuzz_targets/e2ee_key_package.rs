//! Key packages out of offers.

#![no_main]

fuzz::target!(e2ee::hostile::key_package);
