//! Moving the service's clock on, for the desk and for tests: holds of days pass in a moment.

use std::sync::Arc;

use citizen_protocol::wire::{Code, Problem, UnixTime};
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Answer, Service, object};
use crate::data::Broken;

/// How far the clock is ahead of its source, in one row.
pub(crate) const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), offset_s INTEGER NOT NULL) STRICT;
";

/// Over 100 years nothing can be tested that a century can't.
const MAX_OFFSET_S: u64 = 100 * 366 * 86_400;

/// Moves the clock on. It never goes back.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Advance {
    /// By so many seconds.
    pub(crate) seconds: u64,
}

/// Where the clock stands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub(crate) struct Advanced {
    /// The service's time.
    pub(crate) now: UnixTime,
    /// Seconds that it is ahead, in all.
    pub(crate) offset_s: u64,
}

impl Service {
    /// By the desk.
    pub(super) async fn advance_clock(self: &Arc<Self>, body: &[u8]) -> Result<Answer, Problem> {
        let Advance { seconds } = object(body)?;
        let advanced = self.writer.run(move |db| store(db, seconds)).await;
        Ok(match advanced {
            Ok(Some(offset_s)) => Answer::json(&self.moved(offset_s)),
            Ok(None) => Code::BadBody.into(),
            Err(broken) => broken.into(),
        })
    }

    /// By a test.
    pub(crate) fn advance_clock_blocking(&self, seconds: u64) -> Result<Advanced, Broken> {
        let stored = self.writer.run_blocking(move |db| store(db, seconds))?;
        Ok(self.moved(stored.unwrap_or_else(|| self.clock.offset_s())))
    }

    /// Only once it is durable: after a restart the clock must not stand before what somebody has read.
    fn moved(&self, offset_s: u64) -> Advanced {
        self.clock.set_offset(offset_s);
        Advanced { now: self.clock.now(), offset_s: self.clock.offset_s() }
    }
}

/// The new offset; none if that is too far.
fn store(db: &Transaction, seconds: u64) -> rusqlite::Result<Option<u64>> {
    let offset_s = stored_offset(db)?.saturating_add(seconds);
    if offset_s > MAX_OFFSET_S {
        return Ok(None);
    }
    db.execute("INSERT OR REPLACE INTO clock (id, offset_s) VALUES (1, ?)", [offset_s.cast_signed()])?;
    Ok(Some(offset_s))
}

/// As it was stored.
pub(crate) fn stored_offset(db: &Connection) -> rusqlite::Result<u64> {
    let found = db.query_row("SELECT offset_s FROM clock", [], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or(0))
}
