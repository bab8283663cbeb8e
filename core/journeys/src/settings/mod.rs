//! Settings: the language, the app's own lock, what the holder agreed to (row R24), the account's lock (row R16), signing out.
//!
//! What ends something is asked once more, on a page that says when it takes effect.

mod page;
mod pin;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use page::page;
pub(crate) use state::State;
pub(crate) use update::{begin, told, wake};
