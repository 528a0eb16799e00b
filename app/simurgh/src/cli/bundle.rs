//! `simurgh bundle …` and `simurgh program …`, and the switch of `simurgh carrier lan`.

use clap::{Args, Subcommand, ValueEnum};
use daemon::bundles::program::{Release, Target};
use std::path::PathBuf;

/// `simurgh bundle …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum BundleVerb {
    /// Write what is on its way to others into a file, or show it as QR codes.
    #[command(
        after_help = "Examples:\n  simurgh bundle export letters.bundle\n  simurgh bundle export letters.bundle --for bob\n  simurgh bundle export --qr --for bob\n  simurgh bundle export letters.bundle --program ./simurgh\n\nWithout --for anybody can carry it on, and sees how many cells it holds but not whose.\n\nQR codes carry 64 KiB at most: what does not fit is counted, and takes a file. Where standard output is no terminal, --qr\nprints what the codes hold, one a line."
    )]
    Export(BundleExportArgs),
    /// Take a file that somebody brought, or what QR codes held.
    #[command(
        after_help = "Examples:\n  simurgh bundle import letters.bundle\n  simurgh bundle import letters.bundle --program-to ./simurgh-new\n  zbarcam --raw | simurgh bundle import --frames -\n\nA program in the file is written only where you say, when it is signed by the network's key for programs, for this kind of\nmachine and not older than this program. It is not started."
    )]
    Import(BundleImportArgs),
}

/// Options of `bundle export`.
#[derive(Args, Clone, Debug)]
pub(crate) struct BundleExportArgs {
    /// The file to write.
    #[arg(required_unless_present_any = ["qr", "qr_dir"])]
    pub(crate) file: Option<PathBuf>,
    /// Seal it for this contact; may be given several times.
    #[arg(long = "for", value_name = "CONTACT")]
    pub(crate) to: Vec<String>,
    /// Put in what is for others too, for them to carry on.
    #[arg(long)]
    pub(crate) carry: bool,
    /// Show it as QR codes, one after the other, until Ctrl-C.
    #[arg(long)]
    pub(crate) qr: bool,
    /// Write the QR codes as images into this new folder.
    #[arg(long, value_name = "DIR")]
    pub(crate) qr_dir: Option<PathBuf>,
    /// Put this program in, whose signed statement lies beside it as PROGRAM.statement.
    #[arg(long, value_name = "PROGRAM", requires = "file", conflicts_with_all = ["qr", "qr_dir"])]
    pub(crate) program: Option<PathBuf>,
    /// Put in the program alone.
    #[arg(long, requires = "program", conflicts_with_all = ["to", "carry"])]
    pub(crate) no_messages: bool,
}

/// Options of `bundle import`.
#[derive(Args, Clone, Debug)]
pub(crate) struct BundleImportArgs {
    /// The file.
    #[arg(required_unless_present_any = ["frames", "frame"], conflicts_with_all = ["frames", "frame"])]
    pub(crate) file: Option<PathBuf>,
    /// Read what QR codes held, one a line, in any order; - reads standard input until all are there.
    #[arg(long, value_name = "FILE")]
    pub(crate) frames: Option<PathBuf>,
    /// What a QR code held; give all of them.
    #[arg(long, value_name = "TEXT", num_args = 1..)]
    pub(crate) frame: Vec<String>,
    /// Write the program in the file here; no other file is replaced.
    #[arg(long, value_name = "FILE", requires = "file")]
    pub(crate) program_to: Option<PathBuf>,
}

/// `simurgh program …`
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum ProgramVerb {
    /// Make a key that signs programs; its public half goes into the network file.
    #[command(
        after_help = "Example:\n  simurgh program key --out program.key\n  simurgh network create … --program-key KEY"
    )]
    Key {
        /// The file to write, which only you can read.
        #[arg(long, value_name = "FILE", default_value = "program.key")]
        out: PathBuf,
    },
    /// Sign a program; the statement goes beside it as PROGRAM.statement.
    #[command(
        after_help = "Example:\n  simurgh program sign --key program.key --release 0.2.0 --target aarch64-unknown-linux-gnu ./simurgh"
    )]
    Sign {
        /// The program.
        program: PathBuf,
        /// The key that signs.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Which release it is; without it, that of the program that signs.
        #[arg(long, value_name = "VERSION")]
        release: Option<Release>,
        /// Which machines it is for, as rustc -vV names them; without it, those of the program that signs.
        #[arg(long, value_name = "TRIPLE")]
        target: Option<Target>,
    },
}

/// A switch.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switch {
    /// Look for people on the same network, who then see that somebody looks.
    On,
    /// Leave it.
    Off,
}
