//! The text of the card's QR: seven fields joined by `|`, UTF-8.
//!
//! `number | old number | name | birth date | sex | address | issue date [| later fields]`, dates as ddmmyyyy.

use unicode_normalization::UnicodeNormalization;

use crate::{CalendarDate, CardDraft, CardError, CardField, CardReading, CitizenCard};

/// Most bytes of a card's text: what byte mode, which Vietnamese letters need, holds in the largest symbol, version 40 at
/// level L (ISO/IEC 18004:2015, table 7).
pub const MAX_PAYLOAD_BYTES: usize = 2953;

/// Reads a QR's text. `today` bounds the dates.
///
/// # Errors
/// [`CardError`] names the first field that does not hold, and what was expected.
pub fn parse(payload: &str, today: CalendarDate) -> Result<CardReading, CardError> {
    let too_long = |text: &str| Err(CardError::TooLong { bytes: text.len() as u64 });
    if payload.len() > MAX_PAYLOAD_BYTES {
        return too_long(payload);
    }
    // Some generators put a byte order mark in front, some readers leave a line end behind.
    let line = payload.trim_start_matches('\u{FEFF}').trim_end_matches(['\r', '\n']);
    // Composition can make text longer: a card that prints too long would not read back.
    let line: String = line.nfc().collect();
    if line.len() > MAX_PAYLOAD_BYTES {
        return too_long(&line);
    }
    let fields: Vec<&str> = line.split('|').collect();
    let Some((seven, extra)) = fields.split_first_chunk::<7>() else {
        return Err(CardError::NotACard { fields: fields.len() as u32 });
    };
    let mut draft = CardDraft::default();
    for (field, text) in CardField::ALL.into_iter().zip(seven) {
        draft.enter(field, text);
    }
    let mut card = draft.card(today)?;
    card.extra = extra.iter().copied().map(str::to_owned).collect();
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
