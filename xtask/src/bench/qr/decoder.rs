//! Those that are compared.

use anyhow::{Context, Result};
use xshell::Shell;

/// The pinned wheel.
pub(super) const ZXING_CPP: &str = "3.1.1";

const LOCK: &str = "tests/bench/Cargo.lock";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Decoder {
    Still,
    Stream,
    ZxingCpp,
    Rxing,
    Quircs,
    Rqrr,
}

impl Decoder {
    pub(super) const ALL: [Self; 6] =
        [Self::Still, Self::Stream, Self::ZxingCpp, Self::Rxing, Self::Quircs, Self::Rqrr];

    /// As `bench-qr` prints it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Still => "citizen still",
            Self::Stream => "citizen stream",
            Self::ZxingCpp => "zxing-cpp",
            Self::Rxing => "rxing",
            Self::Quircs => "quircs",
            Self::Rqrr => "rqrr",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decoder| decoder.name() == name)
    }

    pub(super) fn is_ours(self) -> bool {
        matches!(self, Self::Still | Self::Stream)
    }
}

/// The peers' versions.
pub(super) fn versions(sh: &Shell) -> Result<Vec<(Decoder, String)>> {
    let lock = sh.read_file(LOCK)?;
    let version = |decoder: Decoder| match decoder {
        Decoder::ZxingCpp => Ok((decoder, ZXING_CPP.to_owned())),
        _ => Ok((decoder, locked(&lock, decoder.name()).with_context(|| format!("{}: {LOCK}", decoder.name()))?)),
    };
    Decoder::ALL.into_iter().filter(|decoder| !decoder.is_ours()).map(version).collect()
}

/// From lines `name = "rqrr"`, `version = "0.11.0"`, which follow each other.
fn locked(lock: &str, name: &str) -> Option<String> {
    let (_, package) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
    Some(package.split_once('"')?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        assert!(Decoder::ALL.into_iter().all(|decoder| Decoder::named(decoder.name()) == Some(decoder)));
        assert_eq!(Decoder::named("zbar"), None);
    }

    #[test]
    fn versions_are_in_the_lock_file() {
        let lock =
            "[[package]]\nname = \"lru\"\nversion = \"0.18.5\"\n\n[[package]]\nname = \"rqrr\"\nversion = \"0.11.0\"\n";
        assert_eq!(locked(lock, "rqrr").as_deref(), Some("0.11.0"));
        assert_eq!(locked(lock, "rxing"), None);
    }
}
