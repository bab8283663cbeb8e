//! Registration for level 1 (rows R1, R2, R10, R15, R24): who may, the card, phone or email with its code, a portrait, a password; then all
//! of it in one call, and a receipt that says what happens next.
//!
//! What the service does not take is given again, and only that. Too young (row R19), somebody else's application for the number, another
//! account's phone: each has a page that says where to go.

mod applying;
mod page;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use page::page;
pub(crate) use state::State;
pub(crate) use update::{begin, guarded, told, wake};
