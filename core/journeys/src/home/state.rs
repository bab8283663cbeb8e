//! What home waits for, and what it says.

use serde::{Deserialize, Serialize};

use crate::shared::locking;
use crate::shared::work::Work;
use crate::support::Stop;

/// Home. The account itself is shared by all journeys.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The page that everything begins on.
    Home {
        /// The account as it is now is asked for, or that failed.
        work: Option<Work>,
        /// Why nobody is signed in any more.
        ended: Option<Stop>,
    },
    /// The list of devices changed, and the holder locks the account.
    Locking { locking: locking::State },
}

impl Default for State {
    fn default() -> Self {
        Self::Home { work: None, ended: None }
    }
}
