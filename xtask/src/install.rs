//! What a command needs that rustup does not bring: checked first, installed by apt as root, else named.

use std::path::Path;

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

use crate::step;

/// A tool, how to see that it is there, and the Debian package that brings it.
#[derive(Clone, Copy)]
pub(crate) enum Tool {
    /// C compiler and linker, for build scripts.
    BuildEssential,
    /// For the Linux camera's headers, at build time of the harness.
    Libclang,
    /// JDK 17 or later.
    Jdk,
    /// Maven.
    Maven,
    /// Makes the Debian root that Swift lives in.
    Mmdebstrap,
}

impl Tool {
    fn package(self) -> &'static str {
        match self {
            Self::BuildEssential => "build-essential",
            Self::Libclang => "libclang-dev",
            Self::Jdk => "default-jdk-headless",
            Self::Maven => "maven",
            Self::Mmdebstrap => "mmdebstrap",
        }
    }

    fn is_here(self, sh: &Shell) -> bool {
        match self {
            Self::BuildEssential => on_path("cc"),
            Self::Libclang => has_libclang(),
            Self::Jdk => java_version(sh).is_some_and(|version| version >= 17),
            Self::Maven => on_path("mvn"),
            Self::Mmdebstrap => on_path("mmdebstrap"),
        }
    }
}

/// Makes sure that all `tools` are here.
pub(crate) fn need(sh: &Shell, tools: &[Tool]) -> Result<()> {
    let missing: Vec<&str> = tools.iter().filter(|tool| !tool.is_here(sh)).map(|tool| tool.package()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    if !on_path("apt-get") {
        bail!("missing, by their Debian names: {packages}. Install them with this system's package manager");
    }
    if !rustix::process::geteuid().is_root() {
        bail!("missing: {packages}. Run this, then the same command again:\n  sudo apt-get install -y {packages}");
    }
    step(&format!("Installing {packages}"));
    let apt = sh.push_env("DEBIAN_FRONTEND", "noninteractive");
    cmd!(sh, "apt-get update -qq").run()?;
    cmd!(sh, "apt-get install -y -qq --no-install-recommends {missing...}").run()?;
    drop(apt);
    match tools.iter().find(|tool| !tool.is_here(sh)) {
        Some(tool) => bail!("{} was installed, and still can't be used", tool.package()),
        None => Ok(()),
    }
}

/// A cargo tool of a fixed version, below `target/`, so that it never meets the user's own.
pub(crate) fn cargo_tool(sh: &Shell, name: &str, version: &str) -> Result<std::path::PathBuf> {
    let folder = crate::root().join("target/tools").join(format!("{name}-{version}"));
    let program = folder.join("bin").join(name);
    if !program.is_file() {
        step(&format!("Building {name} {version} (once, a few minutes)"));
        cmd!(sh, "cargo install {name} --version {version} --locked --quiet --root {folder}")
            .run()
            .with_context(|| format!("{name} can't be built"))?;
    }
    Ok(program)
}

pub(crate) fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Where Debian's package puts it: bindgen finds it there by itself.
fn has_libclang() -> bool {
    let here = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with("libclang.so"))
    };
    std::env::var_os("LIBCLANG_PATH").is_some()
        || cfg!(target_os = "macos")
        || std::fs::read_dir("/usr/lib")
            .into_iter()
            .flatten()
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("llvm-") && here(&entry.path().join("lib")))
}

/// The major version, from a line like `openjdk version "17.0.15" 2025-04-15`.
fn java_version(sh: &Shell) -> Option<u32> {
    if !on_path("javac") {
        return None;
    }
    let text = cmd!(sh, "java -version").quiet().ignore_status().read_stderr().ok()?;
    text.split('"').nth(1)?.split(['.', '-', '+']).next()?.parse().ok()
}
