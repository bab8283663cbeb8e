//! How far a registration is (row R3): the service's own steps, since when, what is expected when, and what the holder can do meanwhile.
//!
//! A rejection says each reason in plain words, and only what was wrong is given again; what can't be put right in the app says where to go
//! (row R15). What the service answers is taken as it comes: whatever it says, there is a page with a way on.

mod amending;
mod page;
mod reasons;
mod state;
#[cfg(test)]
mod tests;
mod timeline;
mod update;

pub(crate) use page::page;
pub(crate) use reasons::{MAX_REASONS, note_row};
pub(crate) use state::State;
pub(crate) use timeline::expected;
pub(crate) use update::{begin, told, wake};
