//! What a message is said with.

use std::fmt;

use citizen_card::CalendarDate;
use fluent_bundle::FluentValue;

use crate::day::{self, Form};
use crate::number::COUNT_END;
use crate::{Language, digits, line, wait};

/// A value in a message, put in the form of the language. The crate's documentation says how each one reads.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// What somebody else wrote, like a name: one line of at most [`crate::MAX_VALUE_CHARS`] characters is left of it.
    /// A message can also select by it: `{ $channel -> [sms] .. *[email] .. }`.
    Text(String),
    /// How many; below 2^53. Selects plurals.
    Count(u64),
    /// A moment, in seconds since 1970-01-01T00:00:00Z, as wall time in Vietnam. Seconds are dropped: where somebody may
    /// come back at that time, say a [`Self::Wait`] or round up first.
    Time(u64),
    /// A day.
    Day(CalendarDate),
    /// How long to wait, in seconds: rounded up.
    Wait(u64),
    /// A number or code that is read digit by digit: 1 to 32 digits or Latin letters; spaces, dots and dashes in it are
    /// dropped.
    Digits(String),
}

/// What Fluent is given.
pub(crate) struct Forms {
    pub(crate) written: FluentValue<'static>,
    pub(crate) spoken: FluentValue<'static>,
}

impl Value {
    /// `None` where it can't be said.
    pub(crate) fn forms(&self, language: Language) -> Option<Forms> {
        match self {
            Self::Text(text) => Some(Forms::alike(line::one_line(text).into())),
            Self::Count(count) => (*count < COUNT_END).then(|| Forms::alike((*count).into())),
            Self::Time(seconds) => day::time(*seconds, language).map(Forms::from),
            Self::Day(day) => day::day(*day, language).map(Forms::from),
            Self::Wait(seconds) => Some(Forms::alike(wait::in_words(*seconds, language).into())),
            Self::Digits(text) => {
                let plain = digits::plain(text)?;
                Some(Form { written: digits::grouped(&plain), spoken: digits::one_by_one(&plain) }.into())
            }
        }
    }
}

impl Forms {
    fn alike(value: FluentValue<'static>) -> Self {
        Self { written: value.clone(), spoken: value }
    }
}

impl From<Form> for Forms {
    fn from(Form { written, spoken }: Form) -> Self {
        Self { written: written.into(), spoken: spoken.into() }
    }
}

/// The kind only: what is in it may be personal.
impl fmt::Debug for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Text(_) => "Text(..)",
            Self::Count(_) => "Count(..)",
            Self::Time(_) => "Time(..)",
            Self::Day(_) => "Day(..)",
            Self::Wait(_) => "Wait(..)",
            Self::Digits(_) => "Digits(..)",
        })
    }
}
