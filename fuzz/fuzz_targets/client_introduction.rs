//! Offers and introductions out of the cells of a link.

#![no_main]

fuzz::target!(client::hostile::checks::introduction);
