//! Welcomes out of introductions.

#![no_main]

fuzz::target!(e2ee::hostile::welcome);
