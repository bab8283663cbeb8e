//! What a build fixes of its service.

use std::time::Duration;

use citizen_protocol::key::PublicKey;
use citizen_protocol::trust::{Env, TrustError};
use citizen_protocol::wire::SignedBytes;

/// The service that this build talks to, and whom it believes.
#[derive(Clone)]
pub struct Config {
    /// `name` or `name:port`: the host of every request, and of every signature.
    pub host: String,
    /// Test or production: signed documents of the other are refused.
    pub env: Env,
    /// Root certificates, DER. The system's own are not used.
    pub roots: Vec<Vec<u8>>,
    /// The offline key that signs pin sets and statement-key sets.
    pub root_key: PublicKey,
    /// The pin set that the build ships with; the vault may hold a newer one.
    pub pins: SignedBytes,
    /// How long to wait.
    pub limits: TimeLimits,
    /// How to try again.
    pub backoff: Backoff,
}

/// How long each part of a call may take.
#[derive(Debug, Clone, Copy)]
pub struct TimeLimits {
    /// Connecting, with the handshake.
    pub connect: Duration,
    /// Until the first bytes of an answer, connecting included, and between further ones: longer than `connect`.
    pub read: Duration,
    /// All of it: a service that sends a byte now and then does not hold a call for ever.
    pub call: Duration,
}

impl Default for TimeLimits {
    /// 8 s, 15 s, a minute.
    fn default() -> Self {
        Self { connect: Duration::from_secs(8), read: Duration::from_secs(15), call: Duration::from_mins(1) }
    }
}

/// How calls of the outbox are tried again.
#[derive(Debug, Clone, Copy)]
pub struct Backoff {
    /// The longest first wait; each further one may be twice as long.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
    /// Tries in a row before the caller is told.
    pub tries: u32,
}

impl Default for Backoff {
    /// 0.5 s to 30 s, 6 tries.
    fn default() -> Self {
        Self { first: Duration::from_millis(500), longest: Duration::from_secs(30), tries: 6 }
    }
}

/// Why a configuration can't be used. Found before the first request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A root certificate can't be read, or there is none.
    #[error("the root certificates can't be used")]
    Root,
    /// The host is no `name` or `name:port`.
    #[error("the host can't be used")]
    Host,
    /// The built-in pin set does not hold.
    #[error("the pin set does not hold: {0}")]
    Pins(#[from] TrustError),
    /// The vault can't be read.
    #[error("storage: {0}")]
    Store(#[from] citizen_vault::StoreError),
}
