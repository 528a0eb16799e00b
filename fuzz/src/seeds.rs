//! Writes the seeds that take keys or a chain to make into `corpus/`: after a format has changed, run it and commit
//! what changed (`fuzz/run seeds`). The other seeds are short and were written by hand.

#![no_main]

use std::path::Path;

// what has the counters in it links only where libFuzzer's `main` begins it
libfuzzer_sys::fuzz_target!(init: write_and_end(), |_bytes: &[u8]| {});

fn write_and_end() {
    write().expect("the seeds could not be written");
    std::process::exit(0)
}

fn write() -> std::io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let rooms = [
        mailbox::hostile::made_seeds(),
        e2ee::hostile::made_seeds(),
        client::hostile::checks::made_seeds(),
        chain::hostile::made_seeds(),
    ];
    for (target, name, bytes) in rooms.into_iter().flatten() {
        std::fs::create_dir_all(corpus.join(target))?;
        std::fs::write(corpus.join(target).join(name), bytes)?;
    }
    Ok(())
}
