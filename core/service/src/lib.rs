//! The client of the identity service. [`Link::call`] is the whole of it for whoever has a [`Call`](citizen_protocol::wire::Call) to make.
//!
//! - [`Link`]: signed requests over TLS 1.3 with pins; caps, time-outs, nonces, the service's time
//! - [`Outbox`]: calls that outlive kills and dead networks, and have one effect
//! - [`Portraits`]: a portrait in parts, with progress, going on where it stopped
//! - [`Binding`]: the phone's keys: made, registered, replaced, lost
//! - [`Account`]: signing in, tokens, and the account's list of devices, watched
//!
//! Dropping a future cancels it: what is in the outbox stays there, what is half sent has its one effect or none.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod account;
mod aside;
mod binding;
mod cause;
mod clock;
mod config;
mod error;
mod life;
mod link;
mod outbox;
mod portrait;
mod retry;
mod signer;
mod storage;
mod tls;
mod transport;
mod trust;

pub use account::Account;
pub use aside::aside;
pub use binding::{Binding, Bound, PhoneInfo, Rekey};
pub use clock::{Clock, SystemClock};
pub use config::{Backoff, Config, ConfigError, TimeLimits};
pub use error::{BodyFault, CertTime, Phase, ServiceError};
#[cfg(feature = "kill-points")]
pub use life::{KillAt, KillPoints};
pub use life::{Life, Moment};
pub use link::{Asked, Envelope, Link, decode};
pub use outbox::{Outbox, Pending, Queued};
pub use portrait::{Portraits, Progress};
