//! Lists of actions of a stranger's contract, down to the block.

#![no_main]

fuzz::target!(chain::hostile::actions);
