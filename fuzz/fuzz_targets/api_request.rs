//! Requests to the local API, with the parameters of every method.

#![no_main]

fuzz::target!(api::hostile::request);
