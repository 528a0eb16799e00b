//! What whoever has the place of a relay answers to a client, behind TLS.

#![no_main]

fuzz::target!(carrier::hostile::https_answer);
