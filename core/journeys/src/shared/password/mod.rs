//! A new password: entered twice, judged while it is still on the phone, never kept.

mod page;
#[cfg(test)]
mod tests;
mod update;

use serde::{Deserialize, Serialize};

pub(crate) use page::page;
pub(crate) use update::{begin, emptied, told};

/// While a password is chosen. What was entered is in [`Held`](crate::Held).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// The holder wanted to go on: from then on what is wrong is said.
    tried: bool,
    /// Something was entered: if nothing is held any more, it was not kept.
    entered: bool,
    /// The service refused the last one.
    refused: bool,
}
