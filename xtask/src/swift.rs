//! Swift: this machine's own, or a Debian root that has it.
//!
//! Debian 12 has no Swift package, Debian 13 has: so a small Debian 13 root is made once below the user's cache folder
//! and entered for each command. Mounts live in a private namespace and vanish with the command.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use xshell::{Cmd, Shell, cmd};

use crate::install::{self, Tool, need};
use crate::{root, step};

const SUITE: &str = "trixie";
const PACKAGES: &str =
    "swiftlang,libswiftlang,swiftlang-dev,binutils-gold,libstdc++-14-dev,libc6-dev,git,tzdata,ca-certificates";

/// Enters the root: $1 the root, $2 the repository, seen inside as /work, $3 the command.
const ENTER: &str = r#"
set -e
mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; mkdir -p "$1/work"; mount --bind "$2" "$1/work"
exec chroot "$1" /usr/bin/env -i HOME=/root PATH=/usr/bin:/bin:/usr/libexec/swift/bin LANG=C.UTF-8 TZ=UTC \
  bash -c "cd /work/ios && $3"
"#;

/// A Swift that works.
pub(crate) enum Swift {
    Own,
    Root(PathBuf),
}

impl Swift {
    /// Finds one, or makes the root (about three minutes, 2.6 GB).
    pub(crate) fn ready(sh: &Shell) -> Result<Self> {
        if install::on_path("swift") {
            return Ok(Self::Own);
        }
        let folder = cache_folder()?.join("citizen-core").join(format!("swift-{SUITE}"));
        if !folder.join(".ready").exists() {
            make_root(sh, &folder)?;
        }
        Ok(Self::Root(folder))
    }

    /// A shell command in `ios/`.
    pub(crate) fn command<'a>(&self, sh: &'a Shell, command: &str) -> Cmd<'a> {
        match self {
            Self::Own => {
                let command = format!("cd ios && {command}");
                cmd!(sh, "bash -c {command}")
            }
            Self::Root(folder) => {
                let repository = root();
                cmd!(sh, "unshare -m --propagation private bash -c {ENTER} _ {folder} {repository} {command}").quiet()
            }
        }
    }
}

fn make_root(sh: &Shell, folder: &std::path::Path) -> Result<()> {
    if !rustix::process::geteuid().is_root() {
        bail!(
            "no Swift here. Install Swift 6 (Debian 13: sudo apt-get install -y swiftlang), or run this command as \
             root once: it then makes a Debian root with Swift in {}",
            folder.display()
        );
    }
    need(sh, &[Tool::Mmdebstrap])?;
    step(&format!("Making a Debian root with Swift in {} (once, about 3 minutes, 2.6 GB)", folder.display()));
    let partial = folder.with_extension("partial");
    sh.remove_path(&partial)?;
    sh.create_dir(partial.parent().context("a cache folder has a parent")?)?;
    let mirror = debian_mirror(sh)?;
    let lean =
        ["APT::Install-Recommends \"false\"", "Acquire::Languages \"none\""].map(|opt| format!("--aptopt={opt}"));
    let exclude = ["doc", "man", "locale"].map(|part| format!("--dpkgopt=path-exclude=/usr/share/{part}/*"));
    cmd!(
        sh,
        "unshare -m --propagation private mmdebstrap --mode=root --variant=minbase
            {lean...} {exclude...}
            --include={PACKAGES} {SUITE} {partial} {mirror}"
    )
    .run()
    .context("the root with Swift can't be made")?;
    sh.create_dir(partial.join("work"))?;
    sh.write_file(partial.join(".ready"), "")?;
    std::fs::rename(&partial, folder).context("the finished root can't be moved into place")
}

/// The archive that this machine's own apt uses.
fn debian_mirror(sh: &Shell) -> Result<String> {
    let list = || cmd!(sh, "apt-get indextargets --format $(REPO_URI) 'Created-By: Packages' 'Origin: Debian'").read();
    let pick =
        |text: String| text.lines().find(|uri| uri.trim_end_matches('/').ends_with("/debian")).map(str::to_owned);
    if let Some(uri) = pick(list()?) {
        return Ok(uri);
    }
    cmd!(sh, "apt-get update -qq").run()?;
    pick(list()?).context("apt knows no Debian archive: check /etc/apt/sources.list.d")
}

fn cache_folder() -> Result<PathBuf> {
    let own = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    own.or_else(|| Some(std::env::home_dir()?.join(".cache"))).context("no home folder: set HOME")
}
