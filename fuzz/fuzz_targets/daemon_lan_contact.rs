//! What a machine of a contact on the same network says.

#![no_main]

fuzz::target!(daemon::hostile::contact);
