//! Where a one-time code stands.

use citizen_protocol::wire::{OtpChallenge, OtpChannel, OtpPurpose, OtpSubject, UnixTime};
use serde::{Deserialize, Serialize};

use crate::effect::Do;
use crate::shared::work::Work;

/// What is asked for.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ask {
    pub(crate) purpose: OtpPurpose,
    pub(crate) channel: OtpChannel,
    pub(crate) subject: OtpSubject,
}

impl Ask {
    pub(super) fn effect(&self, again: Option<&OtpChallenge>) -> Do {
        match again {
            Some(sent) => Do::ResendCode { challenge: sent.id },
            None => Do::AskCode { purpose: self.purpose, channel: self.channel, subject: self.subject.clone() },
        }
    }
}

/// How far it is.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// A code is being sent; in place of an earlier one, which holds until then.
    Asking { ask: Ask, again: Option<OtpChallenge>, work: Work },
    /// It was sent, and is waited for.
    Entering { ask: Ask, sent: OtpChallenge, wrong: Option<Wrong> },
    /// It is being checked.
    Checking { ask: Ask, sent: OtpChallenge, work: Work },
    /// Too many were wrong.
    Locked { ask: Ask, until: UnixTime },
    /// The account has no address on this channel.
    NoChannel { ask: Ask },
}

/// What was wrong with what was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Wrong {
    /// Not only digits.
    NotDigits,
    /// Too few or too many.
    Length,
    /// A message without a code for this app.
    NoCode,
    /// A message for somebody else's app.
    OtherHost,
    /// It was not the code.
    Code { left: Option<u8> },
    /// It is void: another one was sent since.
    Void,
    /// It was entered before the app was closed, and not kept.
    Emptied,
}

impl State {
    pub(crate) fn ask(&self) -> &Ask {
        match self {
            Self::Asking { ask, .. }
            | Self::Entering { ask, .. }
            | Self::Checking { ask, .. }
            | Self::Locked { ask, .. }
            | Self::NoChannel { ask } => ask,
        }
    }
}
