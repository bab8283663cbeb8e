//! What can be wrong with a card's text: the field, and what was expected there.
//!
//! No error carries what the card said: error texts end up in logs, and a card is personal data.

use crate::{CalendarDate, MAX_PAYLOAD_BYTES};

/// The fields of the payload, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum CardField {
    /// The personal identification number, 12 digits.
    Number,
    /// The number of the identity card before it, 9 digits; may be empty.
    OldNumber,
    /// Full name.
    Name,
    /// Date of birth.
    BirthDate,
    /// Sex.
    Sex,
    /// Place of residence.
    Address,
    /// The day the card was issued.
    IssueDate,
}

impl CardField {
    /// All of them, in the payload's order.
    pub const ALL: [Self; 7] =
        [Self::Number, Self::OldNumber, Self::Name, Self::BirthDate, Self::Sex, Self::Address, Self::IssueDate];
}

/// What a field must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "expected", rename_all = "snake_case"))]
pub enum Expected {
    /// 12 digits.
    #[error("12 digits")]
    TwelveDigits,
    /// 9 digits, or nothing.
    #[error("9 digits, or nothing")]
    NineDigitsOrNothing,
    /// One line of visible text without `|`.
    #[error("one line of text, 1 to {max_chars} characters")]
    Text {
        /// The most characters the field may have.
        max_chars: u32,
    },
    /// `Nam` or `Nữ`.
    #[error("Nam or Nữ")]
    NamOrNu,
    /// A day that exists, written day, month, year.
    #[error("a day that exists, as ddmmyyyy")]
    DayMonthYear,
    /// A day up to the given one.
    #[error("a day not after {day}")]
    NotAfter {
        /// The last day allowed.
        day: CalendarDate,
    },
    /// A day after the date of birth.
    #[error("a day after the date of birth")]
    AfterBirth,
}

/// One field, and what was expected in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field:?}: expected {expected}")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FieldError {
    /// Where.
    pub field: CardField,
    /// What should be there.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub expected: Expected,
}

/// Why a text is no citizen card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "error", rename_all = "snake_case"))]
pub enum CardError {
    /// Longer than a card's text can be.
    #[error("{bytes} bytes, a card has at most {MAX_PAYLOAD_BYTES}")]
    TooLong {
        /// Its length.
        bytes: u64,
    },
    /// What was read is no text in UTF-8.
    #[error("not text in UTF-8")]
    NotText,
    /// Another kind of text: a card has seven fields or more.
    #[error("{fields} fields, a citizen card has 7 or more")]
    NotACard {
        /// The fields found.
        fields: u32,
    },
    /// It looks like a card, but a field does not hold.
    #[error(transparent)]
    Field {
        /// The first such field.
        #[from]
        #[cfg_attr(feature = "serde", serde(flatten))]
        problem: FieldError,
    },
}
