//! A Swift that is installed on this machine.

use std::path::{Path, PathBuf};

use xshell::{Shell, cmd};

use super::is_enough;

/// Debian's package keeps its programs here, and links `/usr/bin/swift` only where no other package has that name.
const DEBIAN: &str = "/usr/libexec/swift/bin";

/// The folder of its programs. An object store's client is called `swift` too: the version tells.
pub(super) fn find(sh: &Shell) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path).chain([PathBuf::from(DEBIAN)]);
    folders.find(|folder| is_swift(sh, &folder.join("swift")))
}

fn is_swift(sh: &Shell, program: &Path) -> bool {
    let version = || cmd!(sh, "{program} --version").quiet().ignore_stderr().read().ok();
    program.is_file() && version().as_deref().and_then(printed_version).is_some_and(is_enough)
}

/// From `Swift version 6.0.3 (swift-6.0.3-RELEASE)`; Apple's puts its name and its driver's version before that.
fn printed_version(text: &str) -> Option<&str> {
    text.split_once("Swift version ").map(|(_, version)| version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_swift_the_language_will_do() {
        for (text, is_swift) in [
            ("Swift version 6.0.3 (swift-6.0.3-RELEASE)\nTarget: x86_64-pc-linux-gnu", true),
            ("swift-driver version: 1.120.5 Apple Swift version 6.1 (swiftlang-6.1.0.110.21)", true),
            ("Swift version 5.10.1 (swift-5.10.1-RELEASE)", false),
            ("python-swiftclient 4.6.0", false),
            ("", false),
        ] {
            assert_eq!(printed_version(text).is_some_and(is_enough), is_swift, "{text}");
        }
    }
}
