//! How far the consent is.

use citizen_protocol::wire::Purpose;
use serde::{Deserialize, Serialize};

use crate::event::Journey;
use crate::shared::work::Work;

/// The consent, and the journey that it was asked for.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(super) then: Journey,
    pub(super) at: At,
}

/// Where the holder is.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum At {
    /// The service's purposes are asked for.
    Loading { work: Work },
    /// The holder reads and chooses, under these terms.
    Choosing { terms: u32, chosen: Vec<Purpose> },
    /// The holder did not agree.
    Refused,
}
