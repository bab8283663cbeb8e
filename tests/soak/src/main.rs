//! `citizen-soak`: runs for long what the tests do briefly. `cargo xtask soak NAME` builds and calls it.

mod link;
mod vault;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Kills and damages what must not lose anything, and counts.
#[derive(Parser)]
#[command(name = "citizen-soak")]
struct Soak {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// A vault under `kill -9` while it writes, then damaged copies of one.
    Vault {
        /// How often the writer is killed.
        #[arg(long, default_value_t = 1000)]
        kills: u32,
        /// How many damaged copies are opened.
        #[arg(long, default_value_t = 2000)]
        damage: u32,
        /// Another seed: other rows, other damage.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Registrations through a network that drops, duplicates, delays, reorders, truncates and resets.
    Link {
        /// How many.
        #[arg(long, default_value_t = 2000)]
        registrations: u32,
        /// Another seed: other faults.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// The child that writes until it is killed.
    #[command(hide = true)]
    VaultWrite { phone: PathBuf, seed: u64 },
    /// The child that destroys the vault.
    #[command(hide = true)]
    VaultDestroy { phone: PathBuf },
    /// The child that opens and prints what is there.
    #[command(hide = true)]
    VaultRead { phone: PathBuf },
}

fn main() -> ExitCode {
    let result = match Soak::parse().command {
        Command::Vault { kills, damage, seed } => vault::soak(kills, damage, seed),
        Command::Link { registrations, seed } => link::soak(registrations, seed),
        Command::VaultWrite { phone, seed } => vault::write(&phone, seed),
        Command::VaultDestroy { phone } => vault::destroy(&phone),
        Command::VaultRead { phone } => vault::read(&phone),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("citizen-soak: {error:#}");
            ExitCode::FAILURE
        }
    }
}
