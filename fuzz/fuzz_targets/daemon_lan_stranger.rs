//! What a machine of a stranger on the same network says.

#![no_main]

fuzz::target!(daemon::hostile::stranger);
