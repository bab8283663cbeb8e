//! A small Debian 13 root with Swift, for systems that have no package of it (Debian 12).
//!
//! Made once below the user's cache folder and entered for each command. Mounts live in a private namespace and vanish
//! with the command. Making and entering it both need root.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Cmd, Shell, cmd};

use crate::install::{Tool, need};
use crate::{root, step};

const SUITE: &str = "trixie";
const PACKAGES: &str =
    "swiftlang,libswiftlang,swiftlang-dev,binutils-gold,libstdc++-14-dev,libc6-dev,git,tzdata,ca-certificates";

/// Enters the root: $1 the root, $2 the repository, seen inside as /mnt, $3 the command.
const ENTER: &str = r#"
set -e
mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; mount --bind "$2" "$1/mnt"
exec chroot "$1" /usr/bin/env -i HOME=/root PATH=/usr/bin:/bin:/usr/libexec/swift/bin LANG=C.UTF-8 TZ=UTC \
  bash -c "cd /mnt/ios && $3"
"#;

/// Where it is, or would be.
pub(super) fn folder() -> Result<PathBuf> {
    let own = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = own.or_else(|| Some(std::env::home_dir()?.join(".cache"))).context("no home folder: set HOME")?;
    Ok(cache.join("citizen-core").join(format!("swift-{SUITE}")))
}

pub(super) fn is_made(folder: &Path) -> bool {
    folder.join(".ready").exists()
}

/// A shell command in the repository's `ios/`, inside the root.
pub(super) fn command<'a>(sh: &'a Shell, folder: &Path, command: &str) -> Cmd<'a> {
    let repository = root();
    cmd!(sh, "unshare -m --propagation private bash -c {ENTER} _ {folder} {repository} {command}").quiet()
}

/// About three minutes, 2.6 GB.
pub(super) fn make(sh: &Shell, folder: &Path) -> Result<()> {
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
