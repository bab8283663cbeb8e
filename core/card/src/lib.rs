//! What a citizen card says.
//!
//! The QR of Vietnam's citizen card (CCCD) holds one line of text. This crate turns that line into a [`CitizenCard`]
//! and back, checks its fields, decodes the 12-digit number and compares it with the rest of the card. The same rules
//! serve a card typed by hand ([`CardDraft`]). No IO, no clock: the day comes from the caller.
//!
//! ```
//! use citizen_card::{CalendarDate, CardReading, Finding};
//!
//! let today = CalendarDate::new(2026, 11, 22).expect("a day");
//! let payload = "000090123456||Nguyễn Thử Nghiệm|01021990|Nam|Số 1, Xã Mẫu, Tỉnh Ví Dụ|03042022";
//! let CardReading { card, findings } = citizen_card::parse(payload, today).expect("a card");
//! assert_eq!(card.birth_date().to_string(), "1990-02-01");
//! assert_eq!(card.birth_date().age_on(today), Some(36));
//! assert_eq!(findings, [Finding::UnknownProvince { code: "000".into() }]);
//! assert_eq!(card.to_payload(), payload);
//! ```

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod card;
mod date;
mod draft;
mod error;
mod finding;
mod number;
mod payload;
mod province;
mod sex;
mod text;

pub use card::{CardReading, CitizenCard};
pub use date::CalendarDate;
pub use draft::CardDraft;
pub use error::{CardError, CardField, Expected, FieldError};
pub use finding::Finding;
pub use number::{OldNumber, PersonalNumber};
pub use payload::{MAX_PAYLOAD_BYTES, parse};
pub use province::Place;
pub use sex::Sex;
pub use text::{CardText, MAX_TEXT_CHARS};

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();
