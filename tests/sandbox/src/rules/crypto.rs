//! The service's own secrets: MACs under keys that never leave the database, and password hashes.

use std::num::NonZeroU32;

use citizen_encoding::Writer;
use citizen_protocol::password::normalised;
use citizen_protocol::wire::Code;
use ring::digest::{SHA256, digest};
use ring::hmac::{self, HMAC_SHA256, Key};
use ring::pbkdf2;
use rusqlite::params;

use crate::work::{Ruling, Work};

/// 1,000 is the least of NIST SP 800-132, 5.2. A real service takes hundreds of thousands or a memory-hard function; this one
/// has to take 200 registrations a second on two cores.
const ITERATIONS: NonZeroU32 = NonZeroU32::new(1_000).unwrap();

/// What a MAC is for: each has a key of its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mac {
    /// One-time codes.
    Otp,
}

/// The key, made at first use.
pub(super) fn mac_key(work: &Work, mac: Mac) -> Ruling<Key> {
    let name = match mac {
        Mac::Otp => "otp",
    };
    let known = work.row("SELECT value FROM secrets WHERE name = ?1", [name], |row| row.get::<_, [u8; 32]>(0))?;
    if let Some(secret) = known {
        return Ok(Key::new(HMAC_SHA256, &secret));
    }
    let fresh = work.random_bytes::<32>()?;
    work.change("INSERT INTO secrets (name, value) VALUES (?1, ?2)", params![name, fresh])?;
    Ok(Key::new(HMAC_SHA256, &fresh))
}

/// HMAC-SHA256 over LP of each part.
pub(super) fn mac(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    #[cfg(test)]
    super::effort::note("hmac");
    array(hmac::sign(key, &lp(parts)).as_ref())
}

/// Whether `tag` is the parts' MAC, in constant time.
pub(super) fn mac_holds(key: &Key, parts: &[&[u8]], tag: &[u8]) -> bool {
    #[cfg(test)]
    super::effort::note("hmac");
    hmac::verify(key, &lp(parts), tag).is_ok()
}

fn lp(parts: &[&[u8]]) -> Vec<u8> {
    parts.iter().fold(Writer::default(), |all, part| all.lp(part)).done()
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    array(digest(&SHA256, bytes).as_ref())
}

/// 32 bytes that come as a slice.
fn array(bytes: &[u8]) -> [u8; 32] {
    let mut all = [0; 32];
    for (to, from) in all.iter_mut().zip(bytes) {
        *to = *from;
    }
    all
}

/// A password as the service keeps it.
pub(super) struct StoredPassword {
    pub(super) salt: [u8; 16],
    pub(super) hash: [u8; 32],
}

impl StoredPassword {
    /// Hashes a new one.
    pub(super) fn new(work: &Work, password: &str) -> Ruling<Self> {
        let salt = work.random_bytes()?;
        let mut hash = [0; 32];
        let password = normalised(password);
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ITERATIONS, &salt, password.reveal().as_bytes(), &mut hash);
        Ok(Self { salt, hash })
    }

    /// What nothing matches: an account that does not exist costs as much as one that does.
    pub(super) fn of_nobody() -> Self {
        Self { salt: [0; 16], hash: [0; 32] }
    }

    /// Whether it is this one; compared in constant time.
    pub(super) fn is(&self, password: &str) -> bool {
        #[cfg(test)]
        super::effort::note("pbkdf2");
        let given = normalised(password);
        let given = given.reveal().as_bytes();
        pbkdf2::verify(pbkdf2::PBKDF2_HMAC_SHA256, ITERATIONS, &self.salt, given, &self.hash).is_ok()
    }
}

/// A number below `below`, each as likely.
pub(super) fn number_below(work: &Work, below: u32) -> Ruling<u32> {
    // The last, incomplete stretch of u32 is drawn again: with it, small numbers would come a little more often.
    let whole = u32::MAX - u32::MAX % below.max(1);
    for _ in 0..64 {
        let drawn = u32::from_be_bytes(work.random_bytes()?);
        if drawn < whole {
            return Ok(drawn % below.max(1));
        }
    }
    Err(Code::Internal.into())
}
