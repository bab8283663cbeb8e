//! Signing in (row R13): number and password; on a phone that the account does not know a code as well, which makes it the account's.
//!
//! Wrong tries are counted by the service and said; a locked account says who locked it and where it is unlocked (row R16); an account on
//! another phone says what there is to do. A code for a new phone counts as a transfer for the risk signals.

mod page;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use page::page;
pub(crate) use state::State;
pub(crate) use update::{begin, guarded, told, wake};
