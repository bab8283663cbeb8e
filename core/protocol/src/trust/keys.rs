//! The service's statement keys. A row is LP of kid, SPKI, from, to.

use citizen_encoding::{Reader, Writer};

use super::set::{read_period, write_period};
use super::{Period, ROOT, Row, StatementKeys, TrustError};
use crate::key::PublicKey;
use crate::wire::UnixTime;

/// The longest name of a key, in characters.
const MAX_KID_CHARS: usize = 32;

/// A key that signs ledger entries and statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementKey {
    /// Its name: 1 to 32 of `a-z 0-9 . -`, and not `root`.
    pub kid: String,
    /// The key.
    pub key: PublicKey,
    /// The times that its statements may carry. A retired key stays in the set, for what it signed.
    pub period: Period,
}

impl Row for StatementKey {
    const TAG: &'static str = "EID-STMT/1";

    fn write(&self, to: Writer) -> Writer {
        write_period(to.lp(self.kid.as_bytes()).lp(self.key.spki()), self.period)
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let kid = from.text().filter(|kid| is_kid(kid))?.to_owned();
        let key = PublicKey::from_spki(from.lp()?)?;
        Some(Self { kid, key, period: read_period(from)? })
    }

    fn name(&self) -> &[u8] {
        self.kid.as_bytes()
    }

    fn check_all(_: &[Self]) -> Result<(), TrustError> {
        Ok(())
    }
}

impl StatementKeys {
    /// The key of that name, if it may sign what carries `time`.
    #[must_use]
    pub fn key_at(&self, kid: &str, time: UnixTime) -> Option<&PublicKey> {
        let row = self.set().rows.iter().find(|row| row.kid == kid)?;
        row.period.contains(time).then_some(&row.key)
    }
}

fn is_kid(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    (1..=MAX_KID_CHARS).contains(&text.len()) && text != ROOT && text.bytes().all(fits)
}
