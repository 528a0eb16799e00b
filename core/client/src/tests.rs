//! Two clients, relays in between.
