//! Where in the settings the holder is.

use citizen_protocol::wire::{PrivacyStatus, Purpose, UnixTime};
use serde::{Deserialize, Serialize};

use crate::shared::locking;
use crate::shared::work::Work;

/// A page of the settings.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// All of them.
    Menu,
    /// The language.
    Language,
    /// What unlocks the app.
    AppLock,
    /// A PIN is chosen. `tried`: what is wrong with it is said; `entered`: if nothing is held any more, it was not kept.
    Pin { tried: bool, entered: bool },
    /// It is kept.
    KeepingPin { work: Work },
    /// The phone is asked who holds it, before its lock becomes the app's.
    Prompting { work: Work },
    /// The phone has no lock of its own.
    NoScreenLock,
    /// Without a lock, really?
    AskingOpen,
    /// What the service keeps is asked for, behind its policy.
    Loading { work: Work },
    /// Consents, copies, deletion.
    Privacy { status: PrivacyStatus, said: Option<Said> },
    /// Really?
    Asking { what: Right, status: PrivacyStatus },
    /// The service is told.
    Telling { what: Right, status: PrivacyStatus, work: Work },
    /// The account is locked.
    Locking { locking: locking::State },
    /// Signing out, really?
    AskingSignOut,
    /// The session ends.
    SigningOut { work: Work },
}

impl State {
    /// Everything of the holder is about to go.
    pub(crate) fn is_signing_out(&self) -> bool {
        matches!(self, Self::SigningOut { .. })
    }
}

/// A right that the holder uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Right {
    /// To take a consent back.
    Withdraw { purpose: Purpose },
    /// To a copy of everything.
    Export,
    /// To have it deleted.
    Delete,
}

/// What was done just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Said {
    /// A consent ended; with it the account, then.
    Withdrawn { ends_account_at: Option<UnixTime> },
    /// A copy is being made.
    Exported,
    /// The account will be deleted.
    Deleted,
}
