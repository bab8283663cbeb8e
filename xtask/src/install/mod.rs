//! What a command needs that rustup does not bring: checked first, installed by apt as root, else named.

mod libclang;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

use crate::{step, swift};

/// A tool, how to see that it is there, and the Debian packages that bring it.
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
    /// Swift 6 or later, where the system packages it.
    Swift,
    /// Makes the Debian root that Swift lives in elsewhere.
    Mmdebstrap,
    /// `openssl s_client`, which our TLS is compared with.
    Openssl,
    /// Virtual environments of Python, with pip in them.
    PythonVenv,
}

impl Tool {
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::BuildEssential => &["build-essential"],
            Self::Libclang => &["libclang-dev"],
            Self::Jdk => &["default-jdk-headless"],
            Self::Maven => &["maven"],
            Self::Swift => &["swiftlang"],
            Self::Mmdebstrap => &["mmdebstrap"],
            Self::Openssl => &["openssl"],
            Self::PythonVenv => &["python3-venv"],
        }
    }

    fn is_here(self, sh: &Shell) -> bool {
        match self {
            Self::BuildEssential => on_path("cc"),
            Self::Libclang => libclang::is_here(sh),
            Self::Jdk => java_version(sh).is_some_and(|version| version >= 17),
            Self::Maven => on_path("mvn"),
            Self::Swift => swift::is_here(sh),
            Self::Mmdebstrap => on_path("mmdebstrap"),
            Self::Openssl => on_path("openssl"),
            Self::PythonVenv => has_module(sh, "ensurepip"),
        }
    }
}

/// Makes sure that all `tools` are here.
pub(crate) fn need(sh: &Shell, tools: &[Tool]) -> Result<()> {
    let missing: Vec<&str> =
        tools.iter().filter(|tool| !tool.is_here(sh)).flat_map(|tool| tool.packages()).copied().collect();
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
        Some(tool) => bail!("{} was installed, and still can't be used", tool.packages().join(" ")),
        None => Ok(()),
    }
}

/// A cargo tool of a fixed version, below `target/`, so that it never meets the user's own.
pub(crate) fn cargo_tool(sh: &Shell, name: &str, version: &str) -> Result<PathBuf> {
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

/// Packages of Python of fixed versions (`name==version`), all that are needed, in an environment of their own below `target/`.
/// Returns that environment's Python.
pub(crate) fn python(sh: &Shell, name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = crate::root().join("target/tools").join(format!("python-{name}"));
    let (python, installed) = (folder.join("bin/python"), folder.join("installed.txt"));
    let wanted = packages.join("\n");
    if python.is_file() && sh.read_file(&installed).ok().as_ref() == Some(&wanted) {
        return Ok(python);
    }
    step(&format!("Making an environment for Python: {}", if packages.is_empty() { name } else { &wanted }));
    cmd!(sh, "python3 -m venv --clear {folder}").run()?;
    if !packages.is_empty() {
        let pip =
            ["-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--only-binary", ":all:"];
        cmd!(sh, "{python} {pip...} {packages...}").run().with_context(|| format!("{wanted} can't be installed"))?;
    }
    sh.write_file(&installed, &wanted)?;
    Ok(python)
}

fn has_module(sh: &Shell, module: &str) -> bool {
    let import = format!("import {module}");
    on_path("python3") && cmd!(sh, "python3 -c {import}").quiet().ignore_stdout().ignore_stderr().run().is_ok()
}

pub(crate) fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// The version of a Debian package that apt would install, or has installed.
pub(crate) fn apt_version(sh: &Shell, package: &str) -> Option<String> {
    if !on_path("apt-cache") {
        return None;
    }
    let text = cmd!(sh, "apt-cache show --no-all-versions {package}").quiet().ignore_stderr().read().ok()?;
    text.lines().find_map(|line| line.strip_prefix("Version: ")).map(str::to_owned)
}

/// The major version, from a line like `openjdk version "17.0.15" 2025-04-15`.
fn java_version(sh: &Shell) -> Option<u32> {
    if !on_path("javac") {
        return None;
    }
    let text = cmd!(sh, "java -version").quiet().ignore_status().read_stderr().ok()?;
    text.split('"').nth(1)?.split(['.', '-', '+']).next()?.parse().ok()
}
