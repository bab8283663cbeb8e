//! How far a transfer is, and what its two phones see of that.

use citizen_protocol::wire::{
    Bytes32, Code, Joined, Problem, TransferEnd, TransferState, TransferStatus, TransferStatusRequest,
};
use serde::{Deserialize, Serialize};

use super::store::Stored;
use super::vault::progress;
use crate::work::{Caller, Refusal, Ruling, Work};

/// Seconds until asking again makes sense: while somebody looks, in a hold of a day, at the end.
const POLL_S: u32 = 2;
const POLL_HELD_S: u32 = 60;
const POLL_LAST_S: u32 = 3_600;

/// A stage, as the database keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    Open,
    Joined,
    Endorsed,
    Held,
    Accepted,
    Done,
    Ended,
}

impl Stage {
    pub(super) fn is_last(self) -> bool {
        matches!(self, Self::Done | Self::Ended)
    }
}

/// How far it is.
pub(crate) fn status(work: &Work, caller: &Caller, request: TransferStatusRequest) -> Ruling<TransferStatus> {
    let (stored, _) = Stored::of(work, caller, request.transfer)?;
    stored.view(work)
}

impl Stored {
    /// Goes on only in this stage; else the caller hears what stands in the way.
    pub(super) fn expect(&self, stage: Stage) -> Ruling<()> {
        match self.stage {
            is if is == stage => Ok(()),
            Stage::Held => Err(self.held()),
            Stage::Ended => Err(Code::TransferGone.into()),
            _ => Err(Code::TransferState.into()),
        }
    }

    /// The hold is not over.
    pub(super) fn held(&self) -> Refusal {
        Problem { locked_until: self.due, ..Code::TransferHeld.into() }.into()
    }

    pub(super) fn view(&self, work: &Work) -> Ruling<TransferStatus> {
        let poll_after_s = match self.stage {
            Stage::Open | Stage::Joined | Stage::Endorsed | Stage::Accepted => POLL_S,
            Stage::Held => POLL_HELD_S,
            Stage::Done | Stage::Ended => POLL_LAST_S,
        };
        Ok(TransferStatus { transfer: self.id, state: self.state(work)?, since: self.since, poll_after_s })
    }

    fn state(&self, work: &Work) -> Ruling<TransferState> {
        let due = self.due.unwrap_or(self.since);
        Ok(match self.stage {
            Stage::Open => TransferState::Open { expires_at: due },
            Stage::Joined => {
                let by = self.joined()?;
                let joined = Joined { flags: by.flags, qr_a: Bytes32(by.qr_a), at: by.at };
                TransferState::Joined { joined, expires_at: due }
            }
            Stage::Endorsed => TransferState::Endorsed { accept_by: due },
            Stage::Held => TransferState::Held { until: due },
            Stage::Accepted => {
                let vault = self.shipment.map(|announced| progress(work, self.id, announced)).transpose()?;
                TransferState::Accepted { commit_by: due, vault }
            }
            Stage::Done => TransferState::Done { receipt: self.receipt.clone().ok_or(Code::Internal)? },
            Stage::Ended => TransferState::Ended { reason: self.reason.unwrap_or(TransferEnd::Cancelled) },
        })
    }
}
