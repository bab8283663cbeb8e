//! The QR symbol as a standard defines it (ISO/IEC 18004:2015), apart from any picture: where its modules lie, how they
//! are corrected, and how they become text.

mod correct;
mod field;
mod format;
mod layout;
mod read;
mod reed_solomon;

pub(crate) use layout::{Layout, Module};
pub(crate) use read::{Modules, Reading, read};
