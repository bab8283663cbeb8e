//! What both sets share: one encoding, one signature, one way up.

use citizen_encoding::{Reader, Writer};

use super::{Env, Period, TrustError};
use crate::key::PublicKey;
use crate::wire::{SignedBytes, UnixTime};

/// The most rows of a set.
pub const MAX_ROWS: usize = 16;
/// The root's name in [`SignedBytes::kid`].
pub const ROOT: &str = "root";

/// A row of a set.
pub trait Row: Sized + Clone + PartialEq {
    /// What the set's bytes begin with.
    const TAG: &'static str;

    /// Appends the row's fields, each behind its length.
    #[must_use]
    fn write(&self, to: Writer) -> Writer;

    /// Takes them off again; `None` for anything that [`write`](Self::write) does not write.
    fn read(from: &mut Reader<'_>) -> Option<Self>;

    /// What tells the row from every other of its set.
    fn name(&self) -> &[u8];

    /// What must hold for all of them together.
    ///
    /// # Errors
    /// Why they are no set.
    fn check_all(rows: &[Self]) -> Result<(), TrustError>;
}

/// A set as it is written: signed by nobody yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set<R> {
    /// For which world.
    pub env: Env,
    /// The highest counts.
    pub version: u64,
    /// 1 to [`MAX_ROWS`].
    pub rows: Vec<R>,
}

impl<R: Row> Set<R> {
    /// In bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let head = Writer::default().lp(R::TAG.as_bytes()).lp(&[self.env.code()]).lp(&self.version.to_be_bytes());
        self.rows.iter().fold(head, |writer, row| row.write(writer)).done()
    }

    /// From bytes in the one form that [`encode`](Self::encode) writes.
    ///
    /// # Errors
    /// `Malformed`, or what [`Row::check_all`] says.
    pub fn decode(bytes: &[u8]) -> Result<Self, TrustError> {
        let set = Self::parse(bytes).ok_or(TrustError::Malformed)?;
        set.check()?;
        Ok(set)
    }

    /// Signs it as the root, after checking that it can be read again.
    ///
    /// # Errors
    /// As [`decode`](Self::decode).
    pub fn sign(&self, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Result<SignedBytes, TrustError> {
        let bytes = self.encode();
        Self::decode(&bytes)?;
        Ok(SignedBytes::sign(bytes, ROOT, sign))
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        (reader.lp()? == R::TAG.as_bytes()).then_some(())?;
        let env = Env::read(u8::from_be_bytes(reader.field()?))?;
        let version = u64::from_be_bytes(reader.field()?);
        let (mut rows, mut rest) = (Vec::new(), reader.rest());
        while !rest.is_empty() {
            (rows.len() < MAX_ROWS).then_some(())?;
            let mut reader = Reader::new(rest);
            rows.push(R::read(&mut reader)?);
            rest = reader.rest();
        }
        Some(Self { env, version, rows })
    }

    fn check(&self) -> Result<(), TrustError> {
        let mut names: Vec<&[u8]> = self.rows.iter().map(R::name).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        if all == 0 || all != names.len() {
            return Err(TrustError::Malformed);
        }
        R::check_all(&self.rows)
    }
}

/// A set that the root signed for this world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootSigned<R>(Set<R>);

/// What a set is to the one that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replacement {
    /// Newer: keep it instead.
    Newer,
    /// The same.
    Same,
}

impl<R: Row> RootSigned<R> {
    /// The only way to one: the signature first, then what it says.
    ///
    /// # Errors
    /// See [`TrustError`].
    pub fn verified(signed: &SignedBytes, root: &PublicKey, env: Env) -> Result<Self, TrustError> {
        if signed.kid != ROOT {
            return Err(TrustError::NotRoot);
        }
        if !signed.holds(root) {
            return Err(TrustError::BadSignature);
        }
        let set = Set::decode(&signed.bytes.0)?;
        if set.env == env { Ok(Self(set)) } else { Err(TrustError::WrongEnvironment) }
    }

    /// Its version.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.0.version
    }

    /// What it says.
    #[must_use]
    pub fn set(&self) -> &Set<R> {
        &self.0
    }

    /// Whether this one takes the place of `kept`.
    ///
    /// # Errors
    /// `Older` or `Conflict`: `kept` stays. `WrongEnvironment` if they are of two worlds.
    pub fn replaces(&self, kept: &Self) -> Result<Replacement, TrustError> {
        let (Self(offered), Self(kept)) = (self, kept);
        let version = offered.version;
        match version.cmp(&kept.version) {
            _ if offered.env != kept.env => Err(TrustError::WrongEnvironment),
            std::cmp::Ordering::Less => Err(TrustError::Older { kept: kept.version, offered: version }),
            std::cmp::Ordering::Equal if offered == kept => Ok(Replacement::Same),
            std::cmp::Ordering::Equal => Err(TrustError::Conflict { version }),
            std::cmp::Ordering::Greater => Ok(Replacement::Newer),
        }
    }
}

pub(super) fn write_period(to: Writer, period: Period) -> Writer {
    to.lp(&period.from.0.to_be_bytes()).lp(&period.to.0.to_be_bytes())
}

/// A period that is not empty.
pub(super) fn read_period(reader: &mut Reader<'_>) -> Option<Period> {
    let period = Period {
        from: UnixTime(u64::from_be_bytes(reader.field()?)),
        to: UnixTime(u64::from_be_bytes(reader.field()?)),
    };
    (period.from < period.to).then_some(period)
}
