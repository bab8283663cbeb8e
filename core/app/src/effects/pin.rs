//! The app's PIN: kept as PBKDF2-HMAC-SHA256 (RFC 8018, 5.2), in the vault.
//!
//! Four or six digits are tried through in no time, whatever the rounds: what protects them is that the vault is sealed under a key that
//! never leaves the key store, and that the journeys count tries. The rounds are for whoever got past both.

use std::num::NonZeroU32;

use citizen_journeys::{Failure, Outcome};
use citizen_keystore::KeystoreError;
use citizen_protocol::wire::{Blob, Secret};
use citizen_service::aside;
use citizen_vault::Table;
use ring::pbkdf2;
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};

use super::{Came, Service, Then};

pub(super) static PIN: Table<PinRow> = Table::new("pin");
pub(super) const APP: &str = "app";

/// OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256.
const ROUNDS: NonZeroU32 = NonZeroU32::new(600_000).unwrap();
/// RFC 8018, 4.1, asks for 8 or more.
const SALT_BYTES: usize = 16;

/// A PIN as it is kept. A later version may count more rounds.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PinRow {
    salt: Blob,
    rounds: NonZeroU32,
    hash: Blob,
}

impl PinRow {
    fn new(pin: &Secret) -> Result<Self, Failure> {
        let mut salt = vec![0; SALT_BYTES];
        SystemRandom::new().fill(&mut salt).map_err(|_| Failure::Keystore(KeystoreError::HardwareUnavailable))?;
        let mut hash = vec![0; ring::digest::SHA256_OUTPUT_LEN];
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, &salt, pin.reveal().as_bytes(), &mut hash);
        Ok(Self { salt: Blob(salt), rounds: ROUNDS, hash: Blob(hash) })
    }

    /// In constant time, as far as the PIN goes.
    fn is(&self, pin: &Secret) -> bool {
        let Self { salt, rounds, hash } = self;
        pbkdf2::verify(pbkdf2::PBKDF2_HMAC_SHA256, *rounds, &salt.0, pin.reveal().as_bytes(), &hash.0).is_ok()
    }
}

/// What only a panic stops.
const BROKE: Failure = Failure::Keystore(KeystoreError::Unexpected);

impl Service {
    pub(super) async fn set_pin(&self, pin: Secret) -> Result<Came, Failure> {
        let row = aside(move || PinRow::new(&pin)).await.unwrap_or(Err(BROKE))?;
        Ok((Outcome::Done, Then::Pin(row)))
    }

    pub(super) async fn check_pin(&self, pin: Secret) -> Result<Outcome, Failure> {
        let row = self.kept(&PIN, APP).await?.ok_or(Failure::Gone)?;
        let right = aside(move || row.is(&pin)).await.ok_or(BROKE)?;
        Ok(Outcome::Pin { right })
    }
}
