//! What happens to a transfer by itself: it expires, and a hold goes on.

use citizen_protocol::wire::TransferEnd;
use rusqlite::params;

use super::stage::Stage;
use super::store::Stored;
use crate::rules::sql::at;
use crate::work::{Ruling, Work};

/// How long the new phone has to commit after it accepted, and after a hold, in seconds.
pub(super) const COMMIT_S: u64 = 3_600;
const COMMIT_AFTER_HOLD_S: u64 = 72 * 3_600;

impl Stored {
    /// Brings it up to now.
    pub(super) fn settle(&mut self, work: &Work) -> Ruling<()> {
        while let Some(due) = self.due.filter(|due| *due <= work.now) {
            match self.stage {
                Stage::Held => self.enter(work, Stage::Accepted, due, Some(due.plus(COMMIT_AFTER_HOLD_S)))?,
                _ => self.end_at(work, TransferEnd::Expired, due)?,
            }
        }
        Ok(())
    }
}

/// The same for those that nobody asks for; `most` at a time.
pub(in crate::rules) fn settle_due(work: &Work, most: u32) -> Ruling<()> {
    let due = work.rows(
        "SELECT * FROM transfers WHERE due IS NOT NULL AND due <= ?1 LIMIT ?2",
        params![at(work.now), most],
        Stored::read,
    )?;
    due.into_iter().try_for_each(|mut stored| stored.settle(work))
}
