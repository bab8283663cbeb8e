//! `cargo xtask size`: the stripped release library for this host, kept in `docs/size.json` beside other hosts'.

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
    build(sh)?;
    let name = if cfg!(target_os = "macos") { "libcitizen_core.dylib" } else { "libcitizen_core.so" };
    let bytes = std::fs::metadata(root().join("target/dist").join(name)).context("the built library")?.len();

    let host = format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS);
    let before: Value = serde_json::from_str(&sh.read_file(LEDGER)?).context(LEDGER)?;
    sh.write_file(LEDGER, format!("{:#}\n", with_figure(&before, &host, name, bytes)))?;

    println!("{host}: {bytes} bytes of {BUDGET}");
    if let Some(before) = before["hosts"][&host]["bytes"].as_u64().filter(|before| before.abs_diff(bytes) >= JUMP) {
        println!("It was {before}: say in the commit message where the difference comes from.");
    }
    if bytes > BUDGET {
        bail!("over the budget");
    }
    Ok(())
}

/// As it ships. Frame pointers shorten the tables of who unwinds more than they lengthen the code, and are what the phones' platforms have
/// anyway. What generates bindings is left out: they are generated from a development build.
fn build(sh: &Shell) -> Result<()> {
    let frames = r#"build.rustflags=["-Cforce-frame-pointers=yes"]"#;
    let without_metadata: &[&str] =
        if cfg!(target_os = "linux") { &["-Clink-arg=-Wl,-T,bindings/ffi/without_metadata.ld"] } else { &[] };
    cmd!(sh, "cargo rustc --config {frames} --profile dist --package citizen-ffi -- {without_metadata...}").run()?;
    Ok(())
}

/// The ledger with this host's figure; other hosts keep theirs.
fn with_figure(ledger: &Value, host: &str, library: &str, bytes: u64) -> Value {
    let mut hosts = ledger["hosts"].as_object().cloned().unwrap_or_default();
    hosts.insert(host.to_owned(), json!({ "library": library, "bytes": bytes }));
    json!({ "budget": BUDGET, "profile": "dist", "hosts": hosts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_changes_its_own_figure_only() {
        let linux = with_figure(&json!({}), "x86_64-linux", "libcitizen_core.so", 1);
        let both = with_figure(&linux, "aarch64-macos", "libcitizen_core.dylib", 2);
        assert_eq!(both["hosts"]["x86_64-linux"], linux["hosts"]["x86_64-linux"]);
        assert_eq!(both["hosts"]["aarch64-macos"]["bytes"], 2);
        assert_eq!(both["budget"], BUDGET);
    }
}
