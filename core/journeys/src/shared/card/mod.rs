//! The card (rows R1, R15): scanned, or typed by hand through the same checks, then looked over by its holder.

mod entry;
mod page;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use entry::Entry;
pub(crate) use page::page;
pub(crate) use state::{Card, State};
pub(crate) use update::{begin, correct, scan, told};
