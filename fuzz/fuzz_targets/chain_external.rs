//! External messages, down to the block that they go into.

#![no_main]

fuzz::target!(chain::hostile::external);
