//! `cargo xtask demo`: what the project does, to look at.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::install::{Tool, need};
use crate::{portraits, root, step};

const OUT: &str = "target/demo";
/// The burst that is shown, the last of so many that are drawn.
const BURST: &str = "b05";
const BURSTS: &str = "6";

pub(crate) fn run(sh: &Shell) -> Result<()> {
    need(sh, &[Tool::BuildEssential, Tool::Libclang])?;
    step("Building the command `citizen`");
    cmd!(sh, "cargo build --package citizen-harness").run()?;
    let citizen = root().join("target/debug/citizen");
    sh.remove_path(OUT)?;

    step("Drawing specimen cards, and photographing them");
    cmd!(sh, "{citizen} scenes {OUT}/photos --format jpg").run()?;
    cmd!(sh, "{citizen} scenes --ladders {OUT}/bursts --kind burst --bursts {BURSTS}").quiet().ignore_stderr().run()?;

    step("Reading each photo; those that can't be read say what to change");
    cmd!(sh, "{citizen} scan --dir {OUT}/photos --overlay {OUT}/overlays").run()?;

    step("Reading a cheap camera's blurred, grainy frames as one session: none of them reads by itself");
    cmd!(sh, "{citizen} scan --burst {OUT}/bursts/burst/{BURST} --overlay {OUT}/burst.png").run()?;

    portraits::run(sh)?;
    step(
        "Drawing a selfie session in which one thing after another is wrong, and guiding it until the picture takes itself",
    );
    cmd!(sh, "{citizen} selfies {OUT}/selfies --session").ignore_stdout().run()?;
    let outputs = ["--overlay", "selfie.png", "--report", "selfie.html", "--portrait", "portrait.jpg"];
    let outputs = outputs.map(|word| if word.starts_with('-') { word.to_owned() } else { format!("{OUT}/{word}") });
    cmd!(sh, "{citizen} selfie --burst {OUT}/selfies {outputs...}").run()?;

    step(
        "From a card to an account, on a simulated phone, over TLS: consent, card, one-time code, face, password, the officer's desk, signing in",
    );
    cmd!(sh, "{citizen} demo --out {OUT}/account --selfies {OUT}/selfies").run()?;

    step("Look at");
    for name in ["overlays", "burst.png", "selfie.html", "selfie.png", "portrait.jpg", "account/report.html"] {
        println!("{}", root().join(OUT).join(name).display());
    }
    Ok(())
}
