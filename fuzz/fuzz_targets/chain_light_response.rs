//! Answers to light clients, with their proofs.

#![no_main]

fuzz::target!(chain::hostile::light_response);
