//! Swift: this machine's own, or a Debian root that has it.

mod debian_root;
mod own;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use xshell::{Cmd, Shell, cmd};

use crate::install::{self, Tool, need};

/// Older ones know no Swift 6 language mode.
const LEAST_VERSION: u32 = 6;

/// The package that Debian has from 13 on.
const PACKAGE: &str = "swiftlang";

/// A Swift that works.
pub(crate) enum Swift {
    /// The folder of its programs.
    Own(PathBuf),
    /// A Debian root.
    Root(PathBuf),
}

impl Swift {
    /// Finds one, installs the system's package, or makes the root, in this order.
    pub(crate) fn ready(sh: &Shell) -> Result<Self> {
        if let Some(programs) = own::find(sh) {
            return Ok(Self::Own(programs));
        }
        let is_root = rustix::process::geteuid().is_root();
        let root = debian_root::folder()?;
        if is_root && debian_root::is_made(&root) {
            return Ok(Self::Root(root));
        }
        if is_packaged(sh, is_root)? {
            need(sh, &[Tool::BuildEssential, Tool::Swift])?;
            return own::find(sh).map(Self::Own).context("Swift was installed, and still can't be found");
        }
        if !is_root {
            bail!(
                "no Swift {LEAST_VERSION} here, and apt knows no package of it. Debian 13 or later: run this, then \
                 the same command again:\n  sudo apt-get update && sudo apt-get install -y {PACKAGE}\nElsewhere: put \
                 one on the PATH. Or, on Debian 12, run this command as root, each time: it enters a Debian 13 root \
                 that has Swift, made once below root's cache folder (2.6 GB). Making and entering it both need root"
            );
        }
        debian_root::make(sh, &root)?;
        Ok(Self::Root(root))
    }

    /// A shell command in `ios/`.
    pub(crate) fn command<'a>(&self, sh: &'a Shell, command: &str) -> Cmd<'a> {
        match self {
            Self::Own(programs) => {
                let command = format!("export PATH=\"$1:$PATH\" && cd ios && {command}");
                cmd!(sh, "bash -c {command} _ {programs}").quiet()
            }
            Self::Root(folder) => debian_root::command(sh, folder, command),
        }
    }
}

/// Whether a Swift that will do is installed.
pub(crate) fn is_here(sh: &Shell) -> bool {
    own::find(sh).is_some()
}

/// Whether apt offers a Swift that will do. A fresh machine's apt has no lists yet: root fetches them, once.
fn is_packaged(sh: &Shell, is_root: bool) -> Result<bool> {
    let offered = || install::apt_version(sh, PACKAGE).is_some_and(|version| is_enough(&version));
    if !offered() && is_root && install::on_path("apt-get") {
        cmd!(sh, "apt-get update -qq").run()?;
    }
    Ok(offered())
}

/// For a Debian version (`6.0.3-2`) or the one that Swift prints (`6.0.3 (swift-6.0.3-RELEASE)`).
fn is_enough(version: &str) -> bool {
    let major = version.split('.').next().unwrap_or_default();
    major.parse().is_ok_and(|major: u32| major >= LEAST_VERSION)
}

#[cfg(test)]
mod tests {
    use super::is_enough;

    #[test]
    fn six_and_later_will_do() {
        for (version, enough) in [("6.0.3-2", true), ("10.1", true), ("5.10.1-1", false), ("", false), ("four", false)]
        {
            assert_eq!(is_enough(version), enough, "{version}");
        }
    }
}
