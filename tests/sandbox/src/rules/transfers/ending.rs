//! The end of a transfer that is not done: nothing has changed, and what it carried is erased.

use citizen_protocol::wire::{Id, TransferEnd, UnixTime};
use rusqlite::params;

use super::stage::Stage;
use super::store::Stored;
use crate::rules::sql::name;
use crate::work::{Ruling, Work};

impl Stored {
    /// Ends it now.
    pub(super) fn end(&mut self, work: &Work, reason: TransferEnd) -> Ruling<()> {
        self.end_at(work, reason, work.now)
    }

    pub(super) fn end_at(&mut self, work: &Work, reason: TransferEnd, since: UnixTime) -> Ruling<()> {
        self.reason = Some(reason);
        work.change(
            "UPDATE transfers SET reason = ?2, model = NULL, dev_evidence = NULL, auth_evidence = NULL WHERE id = ?1",
            params![self.id.0, name(&reason)?],
        )?;
        self.enter(work, Stage::Ended, since, None)?;
        self.erase(work)
    }

    /// What crossed between the phones is gone.
    pub(super) fn erase(&self, work: &Work) -> Ruling<()> {
        work.change("DELETE FROM transfer_box WHERE transfer = ?1", [self.id.0])?;
        work.change("DELETE FROM transfer_chunks WHERE transfer = ?1", [self.id.0]).map(drop)
    }
}

/// Ends the one that an account has under way, if there is one: its phone changed in another way, or no phone is served any more.
pub(in crate::rules) fn end_open(work: &Work, account: Id, reason: TransferEnd) -> Ruling<()> {
    Stored::open_for(work, account)?.map_or(Ok(()), |mut open| open.end(work, reason))
}
