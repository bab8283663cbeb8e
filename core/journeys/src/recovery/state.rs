//! Where a recovery stands.

use citizen_protocol::wire::{AccountLock, OtpChannel, Recovery};
use serde::{Deserialize, Serialize};

use crate::shared::{gather, sending, waiting};

/// How far it is. The number stays until the service has it all.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Whose account, and how the code comes.
    Form(Form),
    /// Code, portrait, password.
    Gathering { number: String, channel: OtpChannel, gather: Box<gather::State> },
    /// All of it is sent.
    Sending { number: String, channel: OtpChannel, sending: sending::State },
    /// The service compares.
    Waiting { waiting: waiting::State<Recovery> },
    /// The new password is in force.
    Done,
    /// The old password stays.
    Refused { recovery: Recovery },
    /// It does not go on here.
    Barred { bar: Bar },
}

impl State {
    /// Nothing is left to be done there.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self, Self::Done | Self::Refused { .. })
    }

    /// The service compares.
    pub(crate) fn is_with_service(&self) -> bool {
        matches!(self, Self::Waiting { .. })
    }

    /// Which portrait was taken here, as `Shared` counts them.
    pub(crate) fn taken(&self) -> Option<u64> {
        if let Self::Gathering { gather, .. } = self { gather.given().taken } else { None }
    }
}

/// Number and channel.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Form {
    pub(crate) number: String,
    pub(crate) channel: OtpChannel,
    /// The holder wanted to go on: from then on what is wrong is said.
    pub(crate) tried: bool,
    /// Why it is here again.
    pub(crate) again: Option<Again>,
}

/// Why the form is here again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Again {
    /// The service takes no such number.
    Number,
    /// The service knows nothing of it any more.
    Lost,
}

/// What stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Bar {
    /// Another phone asked for it, and that one is under way.
    Open,
    /// The account is locked.
    Lock { lock: Option<AccountLock> },
    /// This phone is another account's.
    PhoneTaken,
}
