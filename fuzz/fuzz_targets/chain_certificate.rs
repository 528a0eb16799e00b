//! Headers and the certificates that finalize them.

#![no_main]

fuzz::target!(chain::hostile::certificate);
