//! Blocks as they are proposed.

#![no_main]

fuzz::target!(chain::hostile::bundle);
