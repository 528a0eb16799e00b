//! What a stranger says in HTTP/1.1 to a relay, behind TLS.

#![no_main]

fuzz::target!(relay::hostile::http1);
