//! The `simurgh` program: command line and demo.

fn main() {}
