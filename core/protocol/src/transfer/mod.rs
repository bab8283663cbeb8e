//! Moving an account to another phone: EID-XFER/1, as `docs/protocol.md` tells it.
//!
//! O is the old phone, N the new one, S the service. In the order of their use:
//!
//! - [`Offers`], [`Offer`], [`Answered`] on O, [`Scanned`], [`Replied`], [`Met`] on N: from QR-A to the handshake's end, over [`noise`]
//! - [`Channel`]: what both keep of it; [`QrB`] or digits confirm that it is one
//! - [`Endorsement`]: O names N; [`Accept`]: N takes it
//! - [`Export`], [`Arrivals`]: the vault's export, in [`chunks`]
//! - [`Commit`]: N has everything; [`Receipt`]: S has done it
//!
//! The order is in the types: [`Confirmed`] comes only from a right check, an endorsement needs it, and [`VerifiedReceipt`] is what wiping
//! asks for.

/// Prints a type's name and nothing of its value.
macro_rules! silent {
    ($($type:ident),*) => {
        $(impl std::fmt::Debug for $type {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(stringify!($type))
            }
        })*
    };
}

mod accept;
mod aead;
mod base45;
mod channel;
pub mod chunks;
mod commit;
mod device_keys;
mod endorsement;
pub mod keys;
mod messages;
mod new_phone;
pub mod noise;
mod old_phone;
mod qr_a;
mod qr_b;
mod receipt;
mod symbol;
mod words;

pub use accept::Accept;
pub use aead::Refused;
pub use channel::{
    Channel, Check, CheckDigits, CheckError, Confirmed, DIGITS, DIGITS_HOLD_S, MAX_DIGIT_TRIES, SlotError,
};
pub use chunks::{Arrivals, Chunk, ChunkError, Export, Shipment};
pub use commit::Commit;
pub use device_keys::{DeviceKeys, attestation_hash};
pub use endorsement::{
    CLOCK_WINDOW_S, Endorsement, Field, KnownToNew, KnownToService, OldPhone, SignedEndorsement, VALID_S,
};
pub use messages::{Caps, MAX_MESSAGE, Msg2, OOk, Peer, VaultGrant};
pub use new_phone::{Met, Replied, ScanError, Scanned};
pub use old_phone::{Agreed, Answered, Join, Offer, Offers};
pub use qr_a::{Home, LIVE_S, MAX_AHEAD_S, QR_A, QrA, QrAError, REFRESH_S, RefreshIndex, Terms};
pub use qr_b::{QR_B, QrB, QrBError};
pub use receipt::{Receipt, ReceiptError, VerifiedReceipt, entry, expected_head};
pub use words::{NotShown, Words};

/// The protocol's name, in its transcript.
const PROTOCOL: &[u8] = b"EID-XFER/1";

/// Not such bytes, or not in their one form: too short or long, something behind, a field of another length or out of its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed")]
pub struct Malformed;

/// Why a handshake ended. It is aborted: nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HandshakeError {
    /// A message does not open.
    #[error(transparent)]
    Noise(#[from] noise::NoiseError),
    /// A message opens, and says nothing that can be read.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The phone that joined scanned another QR-A than the two that are live.
    #[error("another QR code was joined")]
    OtherOffer,
    /// The QR-A that was joined was live no more.
    #[error("an old QR code was joined")]
    TooOld,
    /// O's share of the check is not the one that QR-A promised: somebody stands between the phones.
    #[error("another share than was promised")]
    OtherShare,
    /// QR-A tells no time after 2106.
    #[error("the clock is out of range")]
    Clock,
}

#[cfg(test)]
mod testing {
    /// Bytes of their hexadecimal text.
    pub(super) fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex.chars().map(|digit| digit.to_digit(16).unwrap() as u8).collect();
        digits.chunks(2).map(|two| two[0] << 4 | two[1]).collect()
    }
}
