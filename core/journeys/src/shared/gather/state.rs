//! How much is gathered.

use citizen_protocol::wire::{Id, OtpVerified, PasswordReference};
use serde::{Deserialize, Serialize};

use crate::shared::otp::{self, Ask};
use crate::shared::work::Work;
use crate::shared::{password, selfie};

/// What was given so far. A portrait and a password that the service has are named here; before that they are held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Given {
    pub(crate) code: Option<OtpVerified>,
    pub(crate) portrait: Option<Id>,
    pub(crate) password: Option<PasswordReference>,
    /// Which portrait was taken here, as `Shared` counts them.
    pub(crate) taken: Option<u64>,
}

impl Given {
    pub(super) fn of(sent: Sent) -> Self {
        Self { code: Some(sent.code), portrait: Some(sent.portrait), password: Some(sent.password), taken: None }
    }
}

/// Everything is with the service: what the last call cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sent {
    pub(crate) code: OtpVerified,
    pub(crate) portrait: Id,
    pub(crate) password: PasswordReference,
}

/// What has to be given again, because the service has it no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Code,
    Portrait,
    Password,
}

/// Where the holder is.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The code.
    Code { given: Given, ask: Ask, code: otp::State },
    /// The portrait.
    Portrait { given: Given, ask: Ask, selfie: selfie::State },
    /// The password.
    Password { given: Given, ask: Ask, password: password::State },
    /// All is there: the holder says that it is sent.
    Ready { given: Given, ask: Ask },
    /// The portrait goes up.
    SendingPortrait { given: Given, ask: Ask, work: Work },
    /// Then the password.
    SendingPassword { given: Given, ask: Ask, work: Work },
}

impl State {
    /// What was given so far.
    pub(crate) fn given(&self) -> Given {
        match self {
            Self::Code { given, .. }
            | Self::Portrait { given, .. }
            | Self::Password { given, .. }
            | Self::Ready { given, .. }
            | Self::SendingPortrait { given, .. }
            | Self::SendingPassword { given, .. } => *given,
        }
    }
}
