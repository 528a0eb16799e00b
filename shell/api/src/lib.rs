//! The local API's types.
