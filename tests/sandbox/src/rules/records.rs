//! The population database, as the rules read it.

use citizen_card::{CalendarDate, Sex};
use citizen_protocol::wire::Code;
use rusqlite::Row;

use crate::population::PortraitOutcome;
use crate::work::{Ruling, Work};

/// A citizen's record.
pub(super) struct Record {
    pub(super) number: String,
    pub(super) old_number: Option<String>,
    pub(super) name: String,
    pub(super) birth_date: CalendarDate,
    pub(super) sex: Sex,
    pub(super) address: String,
    pub(super) issue_date: CalendarDate,
    /// The card's last day, if it has one.
    pub(super) expiry_date: Option<CalendarDate>,
    pub(super) is_foreigner: bool,
    pub(super) is_deceased: bool,
    pub(super) email: String,
    pub(super) phone: String,
}

impl Record {
    pub(super) fn of(work: &Work, number: &str) -> Ruling<Option<Self>> {
        work.row("SELECT * FROM records WHERE number = ?1", [number], Self::read)
    }

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let sex: String = row.get("sex")?;
        Ok(Self {
            number: row.get("number")?,
            old_number: row.get("old_number")?,
            name: row.get("name")?,
            birth_date: day(&row.get::<_, String>("birth_date")?)?,
            sex: if sex == Sex::Male.to_string() { Sex::Male } else { Sex::Female },
            address: row.get("address")?,
            issue_date: day(&row.get::<_, String>("issue_date")?)?,
            expiry_date: row.get::<_, Option<String>>("expiry_date")?.map(|text| day(&text)).transpose()?,
            is_foreigner: row.get("is_foreigner")?,
            is_deceased: row.get("is_deceased")?,
            email: row.get("email")?,
            phone: row.get("phone")?,
        })
    }
}

fn day(iso: &str) -> rusqlite::Result<CalendarDate> {
    CalendarDate::from_iso(iso).ok_or(rusqlite::Error::InvalidQuery)
}

/// Portraits of a citizen that are compared without an officer, if they keep differing.
const AUTOMATIC_TRIES: u32 = 2;

/// What comparing a portrait with the record's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Same,
    Differs,
    Unusable,
    /// An officer looks.
    Officer,
}

/// Compares the next portrait of a citizen: by what the population was seeded with, for this service sees no faces.
pub(super) fn compare_portrait(work: &Work, number: &str) -> Ruling<Comparison> {
    let found = work.row(
        "UPDATE records SET portraits_seen = portraits_seen + 1 WHERE number = ?1 RETURNING portrait_outcome, portraits_seen - 1",
        [number],
        |row| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?)),
    )?;
    let (outcome, seen) = found.ok_or(Code::Internal)?;
    Ok(match PortraitOutcome::parse(&outcome).ok_or(Code::Internal)? {
        PortraitOutcome::UnusableOnce if seen == 0 => Comparison::Unusable,
        PortraitOutcome::UnusableOnce | PortraitOutcome::Matches => Comparison::Same,
        PortraitOutcome::Differs if seen < AUTOMATIC_TRIES => Comparison::Differs,
        PortraitOutcome::Differs | PortraitOutcome::Desk => Comparison::Officer,
    })
}
