//! Tells the program for which kind of machine it is built: programs in bundles are compared with it.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=SIMURGH_TARGET={}", std::env::var("TARGET").unwrap_or_default());
}
