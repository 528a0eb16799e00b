//! Answers of chain nodes, as a person would see them.

#![no_main]

fuzz::target!(client::hostile::checks::chain_answer);
