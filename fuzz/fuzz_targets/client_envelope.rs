//! Decrypted words of a contact, down to what the client does with them.

#![no_main]

fuzz::target!(client::hostile::checks::envelope);
