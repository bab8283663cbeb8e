//! Kotlin and Swift bindings: generated from the built library, never committed.

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::install::{Tool, need};
use crate::{Language, root};

/// Where the Kotlin build looks for its generated sources.
const KOTLIN: &str = "android/target/generated-sources/uniffi";
/// The Swift package's generated target, and the headers below it.
const SWIFT: &str = "ios/Sources/CitizenCore";
const SWIFT_HEADERS: &str = "ios/Sources/CitizenCoreFFI";

pub(crate) fn run(sh: &Shell, language: Language) -> Result<()> {
    need(sh, &[Tool::BuildEssential])?;
    build_library(sh)?;
    cmd!(sh, "cargo build --quiet --package uniffi-bindgen").run()?;
    let library = library();
    match language {
        Language::Kotlin => {
            fresh(sh, KOTLIN)?;
            cmd!(
                sh,
                "target/debug/uniffi-bindgen generate {library} --language kotlin --no-format --config uniffi.toml
                    --out-dir {KOTLIN}"
            )
            .run()?;
        }
        Language::Swift => {
            fresh(sh, SWIFT)?;
            fresh(sh, SWIFT_HEADERS)?;
            cmd!(sh, "target/debug/uniffi-bindgen-swift --swift-sources --config uniffi.toml {library} {SWIFT}")
                .run()?;
            cmd!(
                sh,
                "target/debug/uniffi-bindgen-swift --headers --modulemap --module-name CitizenCoreFFI
                    --modulemap-filename module.modulemap --config uniffi.toml {library} {SWIFT_HEADERS}"
            )
            .run()?;
        }
    }
    Ok(())
}

/// The library that the tests load: with the exports that measure the crossing and rehearse journeys, which never ship.
pub(crate) fn build_library(sh: &Shell) -> Result<()> {
    Ok(cmd!(sh, "cargo build --package citizen-ffi --features crossing-probe,rehearsal").run()?)
}

fn library() -> std::path::PathBuf {
    let name = if cfg!(target_os = "macos") { "libcitizen_core.dylib" } else { "libcitizen_core.so" };
    root().join("target/debug").join(name)
}

/// An empty folder: what an older library exported must not linger.
fn fresh(sh: &Shell, folder: &str) -> Result<()> {
    sh.remove_path(folder)?;
    sh.create_dir(folder)?;
    Ok(())
}
