//! The text of the card's QR: seven fields joined by `|`, UTF-8.
//!
//! `number | old number | name | birth date | sex | address | issue date [| later fields]`, dates as ddmmyyyy.

use unicode_normalization::UnicodeNormalization;

use crate::{CalendarDate, CardDraft, CardError, CardField, CardReading, CitizenCard};

/// No QR code holds more: version 40, level L, byte mode (ISO/IEC 18004:2015, table 7).
pub const MAX_PAYLOAD_BYTES: usize = 2953;

/// Reads a QR's text. `today` bounds the dates.
///
/// # Errors
/// [`CardError`] names the first field that does not hold, and what was expected.
pub fn parse(payload: &str, today: CalendarDate) -> Result<CardReading, CardError> {
    if payload.len() > MAX_PAYLOAD_BYTES {
        return Err(CardError::TooLong { bytes: payload.len() as u64 });
    }
    // Some generators put a byte order mark in front, some readers leave a line end behind.
    let fields: Vec<&str> = payload.trim_start_matches('\u{FEFF}').trim_end_matches(['\r', '\n']).split('|').collect();
    let Some((seven, extra)) = fields.split_first_chunk::<7>() else {
        return Err(CardError::NotACard { fields: fields.len() as u32 });
    };
    let mut draft = CardDraft::default();
    for (field, text) in CardField::ALL.into_iter().zip(seven) {
        draft.enter(field, text);
    }
    let mut card = draft.card(today)?;
    card.extra = extra.iter().map(|text| text.nfc().collect()).collect();
    Ok(card.into())
}

pub(crate) fn print(card: &CitizenCard) -> String {
    let seven = [
        card.number.to_string(),
        card.old_number.map_or_else(String::new, |old| old.to_string()),
        card.name.to_string(),
        card.birth_date.to_day_month_year(),
        card.sex.to_string(),
        card.address.to_string(),
        card.issue_date.to_day_month_year(),
    ];
    seven.iter().chain(&card.extra).map(String::as_str).collect::<Vec<_>>().join("|")
}
