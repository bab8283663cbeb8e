//! A complete identity service to run against: real TLS, a real database, an outbox of messages, an officer's desk.
//!
//! ```text
//! server    TLS 1.3, HTTP/2 and 1.1, on loopback; headers that every answer has; faults by seed
//! routes    every operation, by method and path; from them also the contract (OpenAPI)
//! pipeline  signature, clock, nonce, earlier answer, token, rule
//! rules     what the service does, each a function of one transaction
//! data      SQLite, one writing thread, group commit: nothing is answered before it is on the disk
//! ```
//! It does not compare faces: the desk decides, or a seeded citizen's own outcome.

mod clock;
mod contract;
mod data;
mod embedded;
mod faults;
mod identity;
mod officer;
mod pipeline;
pub mod population;
mod routes;
mod rules;
mod server;
mod service_keys;
mod work;

pub use clock::Time;
pub use contract::openapi_json;
pub use data::DataError;
pub use embedded::{AdvanceError, Config, Sandbox, SentMessage, StartError};
pub use identity::ServiceIdentity;
pub use officer::DeskError;
pub use pipeline::{Limits, Rate};
pub use population::{Citizen, Kind, Population, PortraitOutcome};
pub use service_keys::KeysError;

/// A line for whoever watches; where nobody does, nothing is lost. Never with a value of a request in it.
fn note(line: impl std::fmt::Display) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}
