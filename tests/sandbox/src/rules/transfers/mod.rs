//! Moving an account to another phone: EID-XFER/1 (`docs/protocol.md`), the service's side.
//!
//! - `store`, `stage`: a transfer's row, who takes part, how far it is
//! - `create`, `join`, `endorse`, `code`, `accept`, `vault`, `commit`, `cancel`: its steps; `mailbox`: what crosses meanwhile
//! - `deadlines`, `ending`: what ends by itself, and by what happens to the account
//!
//! Every step is decided by the one thread that writes, so of two that exclude each other the first wins.

mod accept;
mod cancel;
mod code;
mod commit;
mod create;
mod deadlines;
mod ending;
mod endorse;
mod join;
mod mailbox;
mod stage;
mod store;
mod vault;

pub(crate) use accept::accept;
pub(crate) use cancel::cancel;
pub(super) use cancel::{by_link, is_stoppable};
pub(crate) use code::code;
pub(crate) use commit::commit;
pub(super) use commit::retire;
pub(crate) use create::create;
pub(super) use deadlines::settle_due;
pub(super) use ending::end_open;
pub(crate) use endorse::endorse;
pub(crate) use join::join;
pub(crate) use mailbox::{get, put};
pub(crate) use stage::status;
pub(crate) use vault::{announce, chunk, put_chunk};

/// How long somebody may freeze who lost the account to another phone, in seconds.
pub(super) const FREEZE_S: u64 = 72 * 3_600;
