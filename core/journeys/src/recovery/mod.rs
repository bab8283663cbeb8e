//! A forgotten password (row R5): a code to the account's own address, a portrait that the service compares again, a new password.
//!
//! The old password stays until the portrait was compared. Code and sending count as a transfer for the risk signals: who takes over an
//! account begins here.

mod page;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use page::page;
pub(crate) use state::State;
pub(crate) use update::{begin, guarded, told, wake};
