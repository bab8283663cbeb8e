//! Home: what the app does and where to begin; once signed in, the account as a card (rows R8, R16, R17, R23).
//!
//! Where the account's list of devices is not what it was, only what protects the account is left: its lock, the hotline, the office.

mod page;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use page::{Parked, page};
pub(crate) use state::State;
pub(crate) use update::{begin, told, wake};
