//! `cargo xtask bench NAME`: what must stay fast or right. A speed is judged as a ratio to a peer in the same run.

mod chart;
mod crossing;
mod face;
mod link;
mod qr;
mod transfer;
mod vault;

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;
use xshell::Shell;

#[derive(Subcommand)]
pub(crate) enum Bench {
    /// A frame into Rust by reference, beside the same frame as a copied `Vec<u8>`; at most 1/50 of its time.
    Crossing,
    /// Face detectors beside each other, into docs/benchmarks: finds and CPU time; too much time beside `OpenCV`'s Haar is a failure.
    Face {
        /// A folder with pictures, one face each; a `manifest.tsv` in it may say more: `path`, `set`, `faces`.
        /// Without it: selfies that are drawn here.
        #[arg(long, value_name = "DIR")]
        corpus: Option<PathBuf>,
    },
    /// Signing beside bare ring, the client beside plain reqwest, registrations a second beside a server without a database, into
    /// docs/benchmarks; too much time or too few registrations is a failure.
    Link {
        /// How long registrations are counted.
        #[arg(long, default_value_t = 60)]
        seconds: u32,
    },
    /// QR decoders beside each other, into docs/benchmarks: reads and CPU time; a wrong text of ours is a failure.
    Qr {
        /// A folder with pictures; each `manifest.tsv` in it or below names some: `path`, `expected_hex`, `set`.
        /// Without it: ladders and bursts that are drawn here.
        #[arg(long, value_name = "DIR")]
        corpus: Option<PathBuf>,
        /// Each decoder's answer to each picture, and the summary.
        #[arg(long, value_name = "OUT")]
        json: Option<PathBuf>,
    },
    /// What moving an account costs both phones, beside a TLS 1.3 handshake, into docs/benchmarks; too much is a failure.
    Transfer,
    /// The vault beside redb and `SQLite` on the same rows, into docs/benchmarks; too much time beside them is a failure.
    Vault,
}

pub(crate) fn run(sh: &Shell, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Crossing => crossing::run(sh),
        Bench::Face { corpus } => face::run(sh, corpus.as_deref()),
        Bench::Link { seconds } => link::run(sh, *seconds),
        Bench::Transfer => transfer::run(sh),
        Bench::Vault => vault::run(sh),
        Bench::Qr { corpus, json } => qr::run(sh, corpus.as_deref(), json.as_deref()),
    }
}
