//! Texts: amounts, names of 32 bytes, names of people.

#![no_main]

fuzz::target!(wire::hostile::text);
