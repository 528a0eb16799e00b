//! Questions of light clients.

#![no_main]

fuzz::target!(chain::hostile::light_request);
