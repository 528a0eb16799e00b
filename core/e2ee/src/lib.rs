//! Identity, devices and conversations (MLS), end to end.
