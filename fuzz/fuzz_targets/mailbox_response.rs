//! Responses as a client opens them: a relay is a stranger to it.

#![no_main]

fuzz::target!(mailbox::hostile::response);
