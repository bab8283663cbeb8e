//! Activation for level 2 (rows R4, R11), after an office has identified somebody: the number, a code to the phone number or email that
//! was given there, a portrait, a new password.
//!
//! It says exactly what did not match and where to go, and that nobody activates for anybody else (row R23).

mod page;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use page::page;
pub(crate) use state::State;
pub(crate) use update::{begin, guarded, told, wake};
