//! What pages say: Fluent catalogues in Vietnamese and English.
//!
//! [`Catalogue::say`] turns a message's id and its values into the text that a page shows and, where that differs, the
//! text that a screen reader speaks. The catalogues are in `texts/vi` and `texts/en`, a file for each subject, and are
//! part of the library. No IO, no clock.
//!
//! ```
//! use citizen_text::{Catalogue, Language};
//!
//! let said = Catalogue::of(Language::Vi).say("language-name", &[])?;
//! assert_eq!(said.text, "Tiếng Việt");
//! assert_eq!(said.spoken, None);
//! # Ok::<(), citizen_text::SayError>(())
//! ```
//!
//! # Naming ids
//!
//! Small letters, digits and dashes. The end of an id tells its place on a page, and so how long its text may be; tests
//! measure it with the longest realistic values.
//!
//! | id | place | characters |
//! |---|---|---|
//! | `<page>-title` | a page's title | 48 |
//! | `<page>-text`, `<page>-<part>-text` | a paragraph | 320 |
//! | `action-<id>`, `<page>-<id>-button` | what a button says | 28 |
//! | `field-<id>-label` | a field's name | 40 |
//! | `field-<id>-hint`, `<page>-hint` | how to fill it in, what to do with the camera | 120 |
//! | `field-<id>-error`, `<page>-error` | what is wrong and what to do | 140 |
//! | `<choice>-<id>-option` | one of several choices | 60 |
//! | `<rows>-<id>-row` | the left side of a row | 40 |
//! | any other | a notice, a line | 200 |
//!
//! # Naming values
//!
//! The last word of a variable's name tells its kind of [`Value`], so that writers know how it reads and tests which
//! values to measure with.
//!
//! | last word | kind | Vietnamese | English |
//! |---|---|---|---|
//! | `time`, `until` | [`Value::Time`] | 14:05, 25/11/2026 | 14:05, 25 November 2026 |
//! | `day` | [`Value::Day`] | 25/11/2026 | 25 November 2026 |
//! | `wait` | [`Value::Wait`] | 1 giờ 20 phút | 1 hour 20 minutes |
//! | `count`, `left`, `n`, `years`, `days` | [`Value::Count`] | 1.234 | 1,234 |
//! | `amount` | [`Value::Count`], of money | 12.000.000 | 12,000,000 |
//! | `number`, `code`, `digits` | [`Value::Digits`] | 079 190 123 456 | 079 190 123 456 |
//! | any other | [`Value::Text`] | as it is | as it is |
//!
//! A day is spoken as `25 tháng 11 năm 2026`: a Vietnamese message says `ngày { $day }` itself. A time has its `ngày`.
//!
//! # Writing a message
//!
//! - An attribute `.spoken` is what a screen reader says instead; without it the text is spoken with spoken values.
//! - Lines may be wrapped in the file; a blank line begins a new paragraph.
//! - Plurals by `{ $count -> [one] one try left *[other] { $count } tries left }`; Vietnamese needs none.
//! - No functions, and no values in terms (`-app-name`): Fluent does not report what goes wrong there.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod catalogue;
mod day;
mod digits;
mod error;
mod language;
mod line;
mod number;
mod sources;
mod value;
mod wait;

pub use catalogue::{Catalogue, Said};
pub use error::{Fault, SayError};
pub use language::Language;
pub use line::MAX_VALUE_CHARS;
pub use value::Value;
