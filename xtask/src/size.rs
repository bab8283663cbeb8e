//! `cargo xtask size`: the stripped release library for this host, kept in `docs/size.json`.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use xshell::{Shell, cmd};

use crate::install::{Tool, need};
use crate::root;

const LEDGER: &str = "docs/size.json";

/// For the finished core.
const BUDGET: u64 = 5_000_000;

/// A jump that a commit message must explain.
const JUMP: u64 = 100_000;

pub(crate) fn run(sh: &Shell) -> Result<()> {
    need(sh, &[Tool::BuildEssential])?;
    cmd!(sh, "cargo build --profile dist --package citizen-ffi").run()?;
    let name = if cfg!(target_os = "macos") { "libcitizen_core.dylib" } else { "libcitizen_core.so" };
    let bytes = std::fs::metadata(root().join("target/dist").join(name)).context("the built library")?.len();

    let before = sh.read_file(LEDGER).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let before = before.and_then(|ledger| ledger["bytes"].as_u64());
    let host = format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS);
    let ledger = json!({ "library": name, "host": host, "profile": "dist", "bytes": bytes, "budget": BUDGET });
    sh.write_file(LEDGER, format!("{ledger:#}\n"))?;

    println!("{bytes} bytes of {BUDGET}");
    if let Some(before) = before.filter(|before| before.abs_diff(bytes) >= JUMP) {
        println!("It was {before}: say in the commit message where the difference comes from.");
    }
    if bytes > BUDGET {
        bail!("over the budget");
    }
    Ok(())
}
