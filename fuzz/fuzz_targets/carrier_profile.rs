//! Profiles of carriers.

#![no_main]

fuzz::target!(carrier::hostile::profile);
