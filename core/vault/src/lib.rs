//! What the phone keeps: application, drafts, documents, outbox, ledger head. It survives kills, damage and thieves.
//!
//! [`Vault`] implements [`Store`]: typed tables, atomic commits. Every row is sealed (`seal`), every commit says what the whole vault
//! holds (`seal/commit_record`), and a file beside the database says which commit is the newest (`seal/head`). So a database that
//! lost rows is seen at opening, put aside (`quarantine`) and replaced by an empty one, and the caller is told: [`Opened::losses`].
//! sled lies below, in `engine/database` and nowhere else.
//!
//! What can't be seen here: a consistent older copy of the whole folder within one epoch. The service sees it: it keeps
//! the highest [`Vault::generation`] it was told.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod engine;
mod error;
mod folder;
mod keys;
mod opening;
#[cfg(feature = "parser-probe")]
pub mod probe;
mod quarantine;
mod schema;
mod seal;
mod start;
mod storage;
mod store;
mod vault;

pub use error::{Damage, OpenError, StoreError};
pub use quarantine::Loss;
pub use schema::{MigrationRefused, Schema, Step, StoredRow};
pub use store::{Bytes, Changes, LedgerHead, MAX_NAME_BYTES, MAX_VALUE_BYTES, Row, Store, Table, Tables, Value};
pub use vault::{Config, Opened, Vault};
