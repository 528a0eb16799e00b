//! Pieces of exchanges, and the answers to them.

#![no_main]

fuzz::target!(carrier::hostile::segment);
