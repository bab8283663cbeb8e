//! Where the question how far it is stands.

use citizen_protocol::wire::{Application, CardDetails, Id};
use serde::{Deserialize, Serialize};

use crate::shared::work::Work;
use crate::shared::{card, selfie, waiting};

/// How far it is.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The service is asked.
    Asking { work: Work },
    /// It is decided upon.
    Waiting { waiting: waiting::State<Application> },
    /// It waits for a correction.
    Rejected { application: Application },
    /// It ended, and the app can't put it right.
    Stopped { application: Application },
    /// There is an account.
    Approved,
    /// The service knows of none.
    Nothing,
    /// The card is corrected.
    FixingCard { application: Application, card: card::State },
    /// Another portrait.
    FixingPortrait { application: Application, card: Option<CardDetails>, selfie: selfie::State },
    /// The portrait goes up.
    SendingPortrait { application: Application, card: Option<CardDetails>, work: Work },
    /// What was wrong is sent again.
    Amending { application: Application, card: Option<CardDetails>, portrait: Option<Id>, work: Work },
}
