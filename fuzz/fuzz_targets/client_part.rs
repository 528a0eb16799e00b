//! Parts of messages out of cells, down to what the client keeps.

#![no_main]

fuzz::target!(client::hostile::checks::part);
