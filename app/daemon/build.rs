//! Has cargo build the daemon again when a file of the page comes or goes.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
