//! What both phones keep of the handshake: h and ck. From them come the check between the holders' hands, and the later messages.

use std::fmt;

use citizen_encoding::Writer;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::aead::{self, Refused};
use super::endorsement::SignedEndorsement;
use super::keys::CheckKey;
use super::messages::VaultGrant;
use super::qr_b::QrB;
use crate::ledger::Hash;
use crate::otp::fold::{Folded, fold};
use crate::wire::Id;

/// How often the digits may be typed. The counter is flushed before they are compared.
pub const MAX_DIGIT_TRIES: u8 = 2;
/// How many digits there are: four, so that they never look like a one-time code.
pub const DIGITS: usize = 4;
/// How long a transfer that was confirmed by digits is held, in seconds: digits can be read out over a phone.
pub const DIGITS_HOLD_S: u64 = 24 * 3600;

/// How O made sure that N is in the same hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// O scanned QR-B.
    Scanned,
    /// The holder typed the digits.
    Digits,
}

impl Check {
    /// As it stands in bytes.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Scanned => 1,
            Self::Digits => 2,
        }
    }

    pub(super) fn read(code: u8) -> Option<Self> {
        [Self::Scanned, Self::Digits].into_iter().find(|check| check.code() == code)
    }
}

/// That the check went well: nothing else makes an endorsement possible. It serialises, so that a kill between check and
/// endorsement loses nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Confirmed(Check);

impl Confirmed {
    /// How.
    #[must_use]
    pub fn check(self) -> Check {
        self.0
    }
}

/// Why a check did not confirm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// Another transfer's QR-B: go on scanning.
    #[error("of another transfer")]
    OtherTransfer,
    /// Not four digits: it costs no try.
    #[error("not {DIGITS} digits")]
    NotDigits,
    /// A right prefix with a wrong tag: somebody stands between the phones. Abort.
    #[error("the codes do not match")]
    WrongTag,
    /// Wrong digits: it costs a try.
    #[error("the digits do not match")]
    WrongDigits,
}

/// The four digits, as N shows them.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct CheckDigits([u8; DIGITS]);

impl CheckDigits {
    /// With its zeros.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // They are ASCII digits.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn of(value: u32) -> Self {
        Self([1000, 100, 10, 1].map(|place| b'0' + (value / place % 10) as u8))
    }

    /// What was typed, folded as one-time codes are.
    fn typed(text: &str) -> Option<Self> {
        let mut digits = Zeroizing::new([0; DIGITS]);
        let mut places = digits.iter_mut();
        for character in text.chars() {
            match fold(character) {
                Folded::Digit(digit) => *places.next()? = u8::try_from(digit).ok()?,
                Folded::Dropped => {}
                Folded::Other => return None,
            }
        }
        places.next().is_none().then(|| Self(*digits))
    }
}

silent!(CheckDigits);

/// What O sends after the handshake, one thing a slot: so no two texts share a nonce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum O2n {
    Endorsement = 1,
    VaultGrant = 2,
}

/// Why a message of a slot is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlotError {
    /// It does not open.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It opens, and is no such message.
    #[error(transparent)]
    Malformed(#[from] super::Malformed),
}

/// h and ck of one transfer. Sealed in the vault before the first message that needs it; erased at the end.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    transfer: Id,
    h: Hash,
    ck: CheckKey,
}

impl Channel {
    pub(super) fn new(transfer: Id, h: Hash, ck: CheckKey) -> Self {
        Self { transfer, h, ck }
    }

    /// The transfer.
    #[must_use]
    pub fn transfer(&self) -> Id {
        self.transfer
    }

    /// h, which names everything that was said.
    #[must_use]
    pub fn handshake(&self) -> Hash {
        self.h
    }

    /// What N shows.
    #[must_use]
    pub fn qr_b(&self) -> QrB {
        QrB::new(self.transfer, self.ck.tag())
    }

    /// What N shows to those who can't scan.
    #[must_use]
    pub fn digits(&self) -> CheckDigits {
        CheckDigits::of(self.ck.digits())
    }

    /// On O: compares what it scanned.
    ///
    /// # Errors
    /// `OtherTransfer` or `WrongTag`.
    pub fn confirm_scan(&self, scanned: &QrB) -> Result<Confirmed, CheckError> {
        if !scanned.is_of(self.transfer) {
            return Err(CheckError::OtherTransfer);
        }
        let is_right: bool = scanned.tag.ct_eq(&self.ck.tag()).into();
        if is_right { Ok(Confirmed(Check::Scanned)) } else { Err(CheckError::WrongTag) }
    }

    /// On O: compares what was typed. The try is counted and flushed before; see [`MAX_DIGIT_TRIES`].
    ///
    /// # Errors
    /// `NotDigits` or `WrongDigits`.
    pub fn confirm_digits(&self, typed: &str) -> Result<Confirmed, CheckError> {
        let typed = CheckDigits::typed(typed).ok_or(CheckError::NotDigits)?;
        let is_right: bool = typed.0.ct_eq(&self.digits().0).into();
        if is_right { Ok(Confirmed(Check::Digits)) } else { Err(CheckError::WrongDigits) }
    }

    /// Slot o2n/1. Once: a resend sends the same bytes, from the vault.
    ///
    /// # Errors
    /// `Refused`, if the library fails.
    pub fn seal_endorsement(&self, signed: &SignedEndorsement) -> Result<Vec<u8>, Refused> {
        self.seal(O2n::Endorsement, &signed.encode())
    }

    /// The reverse, on N. What it says is checked by [`super::Endorsement::fits_new_phone`].
    ///
    /// # Errors
    /// See [`SlotError`].
    pub fn open_endorsement(&self, message: &[u8]) -> Result<SignedEndorsement, SlotError> {
        Ok(SignedEndorsement::decode(&self.open(O2n::Endorsement, message)?)?)
    }

    /// Slot o2n/2. Once: a resend sends the same bytes, from the vault.
    ///
    /// # Errors
    /// `Refused`, if the library fails.
    pub fn seal_vault_grant(&self, grant: &VaultGrant) -> Result<Vec<u8>, Refused> {
        self.seal(O2n::VaultGrant, &grant.encode())
    }

    /// The reverse, on N.
    ///
    /// # Errors
    /// See [`SlotError`].
    pub fn open_vault_grant(&self, message: &[u8]) -> Result<VaultGrant, SlotError> {
        Ok(VaultGrant::decode(&self.open(O2n::VaultGrant, message)?)?)
    }

    fn seal(&self, slot: O2n, text: &[u8]) -> Result<Vec<u8>, Refused> {
        aead::seal(self.ck.o2n().bytes(), slot as u32, &self.aad(slot), text)
    }

    fn open(&self, slot: O2n, message: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
        aead::open(self.ck.o2n().bytes(), slot as u32, &self.aad(slot), message)
    }

    /// LP(transfer id) LP("o2n") LP(slot).
    fn aad(&self, slot: O2n) -> Vec<u8> {
        Writer::default().lp(&self.transfer.0).lp(b"o2n").lp(&(slot as u32).to_be_bytes()).done()
    }
}

impl fmt::Debug for Channel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Channel({})", self.transfer)
    }
}
