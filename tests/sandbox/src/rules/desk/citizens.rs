//! Records and accounts, looked up and put right: the office's side of rows R15 and R17.

use citizen_card::{CalendarDate, PersonalNumber};
use citizen_protocol::wire::{AccountSummary, Code, UnixTime, WireField};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::rules::accounts::Account;
use crate::rules::records::Record;
use crate::rules::refusals::{fields, line};
use crate::work::{Ruling, Work};

/// Citizens in one answer.
const MOST: u32 = 20;
/// The longest text to look for, or to write into a record, in characters.
const MAX_TEXT: usize = 200;

/// What the population database has of a citizen.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct CitizenRecord {
    /// 12 digits.
    pub(crate) id_number: String,
    /// 9 digits, if there was an older card.
    pub(crate) old_id_number: Option<String>,
    /// Full name.
    pub(crate) name: String,
    /// `yyyy-mm-dd`.
    pub(crate) birth_date: String,
    /// `Nam` or `Nữ`.
    pub(crate) sex: String,
    /// Place of residence.
    pub(crate) address: String,
    /// The card's issue, `yyyy-mm-dd`.
    pub(crate) issue_date: String,
    /// The card's last day, `yyyy-mm-dd`; none: it does not end.
    pub(crate) expiry_date: Option<String>,
    /// Enrolled by the immigration office.
    pub(crate) is_foreigner: bool,
    /// Died.
    pub(crate) is_deceased: bool,
}

impl std::fmt::Debug for CitizenRecord {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CitizenRecord")
    }
}

impl From<Record> for CitizenRecord {
    fn from(record: Record) -> Self {
        Self {
            id_number: record.number,
            old_id_number: record.old_number,
            name: record.name,
            birth_date: record.birth_date.to_string(),
            sex: record.sex.to_string(),
            address: record.address,
            issue_date: record.issue_date.to_string(),
            expiry_date: record.expiry_date.map(|day| day.to_string()),
            is_foreigner: record.is_foreigner,
            is_deceased: record.is_deceased,
        }
    }
}

/// Looks for citizens.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CitizenSearch {
    /// A number of 12 digits, or a part of a name.
    pub(crate) text: String,
}

/// What was found.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct Citizens {
    /// At most 20.
    pub(crate) citizens: Vec<CitizenView>,
}

/// A citizen, and the account if there is one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct CitizenView {
    /// The record.
    pub(crate) record: CitizenRecord,
    /// The account.
    pub(crate) account: Option<AccountSummary>,
    /// Since when it is frozen: it ends with the office's reset of its phone.
    pub(crate) frozen_at: Option<UnixTime>,
}

/// Citizens by number, or by name.
pub(crate) fn search(work: &Work, request: CitizenSearch) -> Ruling<Citizens> {
    let CitizenSearch { text } = request;
    line(&text, MAX_TEXT)?;
    let records = match PersonalNumber::parse(&text) {
        Some(number) => Record::of(work, &number.to_string())?.into_iter().collect(),
        None => work.rows(
            "SELECT * FROM records WHERE instr(name, ?1) > 0 ORDER BY name, number LIMIT ?2",
            params![text.trim(), MOST],
            Record::read,
        )?,
    };
    let citizens = records.into_iter().map(|record| view(work, record)).collect::<Ruling<_>>()?;
    Ok(Citizens { citizens })
}

fn view(work: &Work, record: Record) -> Ruling<CitizenView> {
    let account = Account::by_number(work, &record.number)?;
    let frozen_at = account.as_ref().and_then(|account| account.frozen_at);
    Ok(CitizenView { record: record.into(), account: account.map(|account| account.summary(work.now)), frozen_at })
}

/// Puts a record right: what the office does when a card and its record differ, or a card was renewed. What is left out stays.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateRecord {
    /// Whose.
    pub(crate) id_number: String,
    /// Full name.
    pub(crate) name: Option<String>,
    /// `yyyy-mm-dd`.
    pub(crate) birth_date: Option<String>,
    /// Place of residence.
    pub(crate) address: Option<String>,
    /// A new card's issue, `yyyy-mm-dd`.
    pub(crate) issue_date: Option<String>,
    /// A new card's last day, `yyyy-mm-dd`.
    pub(crate) expiry_date: Option<String>,
}

/// Writes into a record.
pub(crate) fn update_record(work: &Work, request: UpdateRecord) -> Ruling<CitizenView> {
    let UpdateRecord { id_number, name, birth_date, address, issue_date, expiry_date } = request;
    for text in [&name, &address].into_iter().flatten() {
        line(text, MAX_TEXT)?;
    }
    let days = [
        (WireField::BirthDate, &birth_date),
        (WireField::IssueDate, &issue_date),
        (WireField::IssueDate, &expiry_date),
    ];
    for (field, day) in days {
        if day.as_deref().is_some_and(|day| CalendarDate::from_iso(day).is_none()) {
            return Err(fields(&[field]));
        }
    }
    let number = number(&id_number)?;
    work.change(
        "UPDATE records SET name = COALESCE(?2, name), birth_date = COALESCE(?3, birth_date), address = COALESCE(?4, address), \
         issue_date = COALESCE(?5, issue_date), expiry_date = COALESCE(?6, expiry_date) WHERE number = ?1",
        params![number, name, birth_date, address, issue_date, expiry_date],
    )?;
    let record = Record::of(work, &number)?.ok_or(Code::NotFound)?;
    view(work, record)
}

/// A number as the database keeps it.
pub(super) fn number(text: &str) -> Ruling<String> {
    let number = PersonalNumber::parse(text).ok_or_else(|| fields(&[WireField::IdNumber]))?;
    Ok(number.to_string())
}
