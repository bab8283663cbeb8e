//! Where the card stands.

use citizen_protocol::wire::{CardDetails, CardSource, WireField};
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use crate::event::CameraFault;

/// How far it is.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The camera looks for its QR.
    Scanning {
        /// The scanner's newest hint, by its id.
        hint: Option<String>,
        /// Whether nothing was read for long: typing becomes the first way.
        is_long: bool,
        /// Why there is no picture.
        fault: Option<CameraFault>,
        /// What was typed or read before: nobody types it twice.
        entry: Entry,
    },
    /// It is typed.
    Typing {
        entry: Entry,
        /// The holder wanted to go on: from then on what is wrong is said.
        tried: bool,
        /// Fields that the service found wrong.
        wrong: Vec<WireField>,
    },
    /// The holder looks it over.
    Review { entry: Entry, source: CardSource },
}

/// A card that holds, and that its holder has looked over.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Card {
    pub(crate) entry: Entry,
    pub(crate) details: CardDetails,
}
