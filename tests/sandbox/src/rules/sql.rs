//! Short ways to the database: each statement is prepared once.

use citizen_protocol::wire::{Code, Id, UnixTime};
use rusqlite::{CachedStatement, OptionalExtension, Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::work::{Ruling, Work};

impl Work<'_> {
    /// The first row, if there is one.
    pub(super) fn row<T>(
        &self,
        sql: &str,
        given: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Ruling<Option<T>> {
        Ok(self.prepared(sql)?.query_row(given, read).optional()?)
    }

    /// All rows.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        given: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Ruling<Vec<T>> {
        Ok(self.prepared(sql)?.query_map(given, read)?.collect::<Result<_, _>>()?)
    }

    /// Changes rows; answers how many.
    pub(super) fn change(&self, sql: &str, given: impl Params) -> Ruling<usize> {
        Ok(self.prepared(sql)?.execute(given)?)
    }

    fn prepared(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        #[cfg(test)]
        super::effort::note(sql);
        self.db.prepare_cached(sql)
    }

    /// Random bytes.
    pub(super) fn random_bytes<const N: usize>(&self) -> Ruling<[u8; N]> {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes).map_err(|_| Code::Internal)?;
        Ok(bytes)
    }

    /// A name for something new.
    pub(super) fn new_id(&self) -> Ruling<Id> {
        self.random_bytes().map(Id)
    }
}

/// A time as the database keeps it.
pub(super) fn at(time: UnixTime) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
}

/// A time from a column.
pub(super) fn time(row: &Row<'_>, column: &str) -> rusqlite::Result<UnixTime> {
    row.get(column).map(seconds)
}

/// A time from a column that may be empty.
pub(super) fn time_if_any(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<UnixTime>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(seconds))
}

fn seconds(kept: i64) -> UnixTime {
    UnixTime(u64::try_from(kept).unwrap_or(0))
}

/// An id from a column.
pub(super) fn id(row: &Row<'_>, column: &str) -> rusqlite::Result<Id> {
    row.get(column).map(Id)
}

/// An id from a column that may be empty.
pub(super) fn id_if_any(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Id>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(Id))
}

/// A wire value's name, or its JSON, from a column.
pub(super) fn parsed<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    read(&row.get::<_, String>(column)?)
}

/// A wire enum's name.
pub(super) fn named<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let name = serde_json::Value::String(row.get(column)?);
    serde_json::from_value(name).map_err(unreadable)
}

/// JSON that this service wrote.
fn read<T: DeserializeOwned>(json: &str) -> rusqlite::Result<T> {
    serde_json::from_str(json).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
}

/// The name of a wire enum without fields, as it crosses and as the database keeps it.
pub(super) fn name<T: Serialize>(value: &T) -> Ruling<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(Code::Internal.into()),
    }
}

/// A wire value as JSON.
pub(super) fn json<T: Serialize>(value: &T) -> Ruling<String> {
    serde_json::to_string(value).map_err(|_| Code::Internal.into())
}
