//! Where a registration stands.

use citizen_protocol::wire::UnixTime;
use serde::{Deserialize, Serialize};

use super::applying;
use crate::shared::card::{self, Card};
use crate::shared::contact::Contact;
use crate::shared::gather::{self, Given, Sent};
use crate::shared::otp::Ask;

/// How far it is. Card and address stay until the service has it all.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Who may register, and what it takes.
    Who { card: card::State, then: Then },
    /// The card.
    Card { card: card::State, then: Then },
    /// Younger than the service takes.
    Young { card: Box<Card>, then: Then, years: u8 },
    /// Phone or email.
    Contact { card: Box<Card>, form: Form },
    /// Code, portrait, password.
    Gathering { card: Box<Card>, ask: Ask, taken: Option<u64>, gather: gather::State },
    /// All of it is sent.
    Applying { card: Box<Card>, kept: Kept, applying: applying::State },
    /// It does not go on here.
    Barred { card: Box<Card>, kept: Kept, bar: Bar },
    /// The service has it.
    Received { receipt: Receipt },
}

impl State {
    /// Nothing is left to be done there.
    pub(crate) fn is_over(&self) -> bool {
        matches!(self, Self::Received { .. })
    }

    /// Which portrait was taken here, as `Shared` counts them.
    pub(crate) fn taken(&self) -> Option<u64> {
        match self {
            Self::Who { then, .. } | Self::Card { then, .. } | Self::Young { then, .. } => match then {
                Then::Contact(form) => form.given.taken,
                Then::Apply(kept) => kept.taken,
            },
            Self::Contact { form, .. } => form.given.taken,
            Self::Gathering { taken, gather, .. } => gather.given().taken.or(*taken),
            Self::Applying { kept, .. } | Self::Barred { kept, .. } => kept.taken,
            Self::Received { .. } => None,
        }
    }
}

/// What comes after the card.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Then {
    /// Phone or email.
    Contact(Form),
    /// The last call again: nothing else was wrong.
    Apply(Kept),
}

/// Phone or email as it is entered.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Form {
    pub(crate) contact: Contact,
    /// The holder wanted to go on: from then on what is wrong is said.
    pub(crate) tried: bool,
    /// The service did not take it.
    pub(crate) refused: bool,
    /// What was given before the holder came back here.
    pub(crate) given: Given,
}

/// What the last call cites, and whose address it is.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) ask: Ask,
    pub(crate) sent: Sent,
    /// Which portrait was taken here, as `Shared` counts them.
    pub(crate) taken: Option<u64>,
}

/// What stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Bar {
    /// An application for this number is under way, from another phone.
    Open,
    /// This phone has somebody else's account, or application.
    PhoneTaken,
}

/// What the holder can show and look up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Receipt {
    /// When it was sent.
    pub(crate) sent_at: UnixTime,
    /// When a decision is expected, if the service says.
    pub(crate) expected_by: Option<UnixTime>,
    /// There is a decision already.
    pub(crate) is_decided: bool,
}
