//! A one-time code (rows R12, R23): asked for, entered, checked; run out, locked, sent again.
//!
//! The page says what the code approves, where it went, from which phone it was asked for, and that nobody else will ever ask for it. It is
//! sent only once the holder taps, also when the phone read it from the message. Every counter is the service's own; a clock here only
//! shows what it said.

mod page;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use page::{Titles, page};
pub(crate) use state::{Ask, State};
pub(crate) use update::{begin, told, wake};
