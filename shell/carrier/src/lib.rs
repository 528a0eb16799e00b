//! How bytes leave the machine.
