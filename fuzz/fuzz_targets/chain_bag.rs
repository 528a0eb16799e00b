//! Bags of cells.

#![no_main]

fuzz::target!(chain::hostile::bag);
