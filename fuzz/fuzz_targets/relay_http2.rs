//! Frames of HTTP/2 of a stranger to a relay, behind TLS.

#![no_main]

fuzz::target!(relay::hostile::http2);
