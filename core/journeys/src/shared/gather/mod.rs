//! What registering, activating and recovering all take: a one-time code, a portrait, a password; then sending them. What came of each is
//! kept, so that nothing is given twice.

mod page;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use page::{Pages, page};
pub(crate) use state::{Given, Missing, Sent, State};
pub(crate) use update::{again, all, begin, begin_with, guarded, other_password, same_portrait, told, wake};
