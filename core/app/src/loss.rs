//! What damage cost, as a shell is told.

use citizen_vault::{Damage, Loss};

/// Storage that was damaged and put aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct StorageLoss {
    /// What was wrong with it.
    pub damage: DamageKind,
}

/// Kinds of damage that a holder hears different words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum DamageKind {
    /// The phone's key is gone: the phone was reset, or the files come from another phone.
    KeyLost,
    /// The files are of another time than the phone's newest ones: something restored a copy.
    Outdated,
    /// The files are damaged or gone.
    Damaged,
    /// Where the holder was can't be read; keys and account are there. It starts at home.
    Place,
}

impl From<&Loss> for StorageLoss {
    fn from(loss: &Loss) -> Self {
        let damage = match loss.damage {
            Damage::KeyLost => DamageKind::KeyLost,
            Damage::Outdated => DamageKind::Outdated,
            Damage::Missing
            | Damage::KeyFile
            | Damage::Head
            | Damage::Database
            | Damage::Commit
            | Damage::Rows
            | Damage::Opening => DamageKind::Damaged,
        };
        Self { damage }
    }
}
