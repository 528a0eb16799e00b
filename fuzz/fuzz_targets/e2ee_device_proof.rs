//! Proofs of whose device it is.

#![no_main]

fuzz::target!(e2ee::hostile::device_proof);
