//! A part of a transaction that can be undone alone.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Transaction;

use super::writer::Broken;

/// What becomes of what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Keep,
    Undo,
}

/// Runs `work` in a savepoint of its own, which an error or a panic undoes. They can nest.
pub(crate) fn within<T>(db: &Transaction, work: impl FnOnce() -> rusqlite::Result<(T, Fate)>) -> Result<T, Broken> {
    run(db, "SAVEPOINT part")?;
    let (result, fate) = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok((value, fate))) => (Ok(value), fate),
        Ok(Err(error)) => (Err(error.into()), Fate::Undo),
        Err(_) => (Err(Broken::Panicked), Fate::Undo),
    };
    if fate == Fate::Undo {
        run(db, "ROLLBACK TO part")?;
    }
    run(db, "RELEASE part")?;
    result
}

fn run(db: &Transaction, sql: &str) -> rusqlite::Result<()> {
    db.prepare_cached(sql)?.execute([]).map(drop)
}
