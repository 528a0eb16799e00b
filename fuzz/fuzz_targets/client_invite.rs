//! Invite links and QR codes.

#![no_main]

fuzz::target!(client::hostile::checks::invite);
