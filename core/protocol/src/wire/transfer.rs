//! Moving an account to another phone (row R6): what both phones say to the service. What they say to each other crosses it sealed.
//! See `docs/protocol.md` and [`crate::transfer`].
//!
//! All calls are signed by `K_dev` of the phone that makes them, and idempotent by the transfer's state while the service keeps it.

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{
    Blob, Bytes32, Bytes64, Bytes91, Call, Id, KeyEvidence, MessagePlatform, Method, OtpChallenge, OtpChannel, RawBody,
    Secret, SignedBytes, UnixTime,
};
use crate::transfer::chunks::{MAX_CHUNKS, MAX_SEALED};
use crate::transfer::{Join, MAX_MESSAGE};

/// Begins a transfer, on the old phone: 3 an hour and 10 a day for an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateTransferRequest {}

call!(CreateTransferRequest => NewTransfer, Post |_| "/v1/transfers".into(), Session);

/// A transfer that waits for the other phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewTransfer {
    /// Names it.
    pub transfer: Id,
    /// 300 s from now, unless it is endorsed by then.
    pub expires_at: UnixTime,
    /// What the endorsement repeats.
    pub server_nonce: Bytes32,
    /// How it may be confirmed.
    pub policy: TransferPolicy,
}

/// How a transfer may be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferPolicy {
    /// How long one that was confirmed by digits is held, in seconds; none: digits are not offered.
    pub digits_hold_s: Option<u32>,
}

/// Joins, on the new phone, which scanned QR-A. Any other join aborts the transfer; at most 5 are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JoinRequest {
    /// Which.
    #[serde(skip)]
    pub transfer: Id,
    /// `c_N`: the enrolment challenge that this phone's keys were made with.
    pub challenge: Bytes32,
    /// SPKI of `K_dev`, which signs this and everything after.
    pub dev: Bytes91,
    /// QR-A's flags.
    pub flags: u8,
    /// SHA-256 of QR-A.
    pub qr_a: Bytes32,
}

call!(JoinRequest => TransferStatus, Post |call| format!("/v1/transfers/{}/join", call.transfer));

/// Asks how far a transfer is. Its two phones are told, the old one for as long as the service keeps the transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferStatusRequest {
    /// Which.
    #[serde(skip)]
    pub transfer: Id,
}

call!(TransferStatusRequest => TransferStatus, Get |call| format!("/v1/transfers/{}", call.transfer));

/// How far a transfer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferStatus {
    /// Which.
    pub transfer: Id,
    /// Its state.
    pub state: TransferState,
    /// Since when.
    pub since: UnixTime,
    /// When to ask again, in seconds.
    pub poll_after_s: u32,
}

/// A transfer's state, with what is known in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TransferState {
    /// No phone has joined.
    Open {
        /// When it ends by itself.
        expires_at: UnixTime,
    },
    /// A phone has joined.
    Joined {
        /// How.
        joined: Joined,
        /// When it ends by itself, unless it is endorsed by then.
        expires_at: UnixTime,
    },
    /// The old phone has endorsed the new one.
    Endorsed {
        /// When it ends by itself, unless the new phone accepts by then.
        accept_by: UnixTime,
    },
    /// Accepted, and confirmed by digits: the old phone stays the account's until then.
    Held {
        /// When it goes on.
        until: UnixTime,
    },
    /// Accepted: the vault's export is on its way.
    Accepted {
        /// When it ends by itself, unless the new phone commits by then.
        commit_by: UnixTime,
        /// How far the export is, once it was announced.
        vault: Option<VaultProgress>,
    },
    /// The account is on the new phone.
    Done {
        /// [`crate::transfer::Receipt`], signed by a statement key.
        receipt: SignedBytes,
    },
    /// Nothing has changed.
    Ended {
        /// Why.
        reason: TransferEnd,
    },
}

/// The join that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Joined {
    /// The flags of the QR-A that was scanned.
    pub flags: u8,
    /// Its SHA-256.
    pub qr_a: Bytes32,
    /// When, by the service: a QR-A that was over 60 s old then is none.
    pub at: UnixTime,
}

impl From<Joined> for Join {
    fn from(Joined { flags, qr_a: Bytes32(qr_a), at }: Joined) -> Self {
        Self { flags, qr_a, at }
    }
}

/// Why a transfer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TransferEnd {
    /// By one of the phones, or by a link in a notice.
    Cancelled,
    /// Its time was over.
    Expired,
    /// A second phone tried to join.
    Contested,
    /// The account was frozen.
    Frozen,
    /// The account's phone was changed in another way.
    Superseded,
}

/// Who a message of the mailbox is from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BoxSide {
    /// From the old phone to the new one: written by the old one's key.
    O2n,
    /// From the new phone to the old one: written by the key that joined.
    N2o,
}

impl BoxSide {
    /// As it stands in paths.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::O2n => "o2n",
            Self::N2o => "n2o",
        }
    }
}

/// Puts a message into its slot, raw. Once: the same again is fine, another is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoxPutRequest {
    /// Which transfer.
    #[serde(skip)]
    pub transfer: Id,
    /// From whom.
    #[serde(skip)]
    pub side: BoxSide,
    /// Where: below [`Self::MAX_SLOTS`].
    #[serde(skip)]
    pub slot: u32,
    /// The message, sealed.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl BoxPutRequest {
    /// The longest message, in bytes.
    pub const MAX_BYTES: usize = MAX_MESSAGE;
    /// How many slots each side has.
    pub const MAX_SLOTS: u32 = 16;
}

impl Call for BoxPutRequest {
    type Answer = super::Empty;
    const METHOD: Method = Method::Put;

    fn path(&self) -> String {
        format!("/v1/transfers/{}/box/{}/{}", self.transfer, self.side.as_str(), self.slot)
    }

    fn raw(&self) -> Option<RawBody> {
        Some(self.bytes.clone())
    }
}

/// Asks for the message of a slot. The service waits up to 20 s for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BoxGetRequest {
    /// Which transfer.
    #[serde(skip)]
    pub transfer: Id,
    /// From whom.
    #[serde(skip)]
    pub side: BoxSide,
    /// Where.
    #[serde(skip)]
    pub slot: u32,
}

impl BoxGetRequest {
    /// How long the service waits for a message, in seconds.
    pub const MAX_WAIT_S: u64 = 20;
}

call!(BoxGetRequest => BoxContent,
    Get |call| format!("/v1/transfers/{}/box/{}/{}", call.transfer, call.side.as_str(), call.slot));

/// What a slot holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoxContent {
    /// The message, sealed, at most 4,096 bytes; none yet: ask again.
    #[cfg_attr(feature = "openapi", schema(max_length = 5462))]
    pub bytes: Option<Blob>,
}

/// Endorses the phone that joined, on the old phone. The first endorsement counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EndorseRequest {
    /// Which.
    #[serde(skip)]
    pub transfer: Id,
    /// [`crate::transfer::Endorsement`]: 505 bytes, 414 for a phone without a lock screen.
    #[cfg_attr(feature = "openapi", schema(max_length = 674))]
    pub endorsement: Blob,
    /// r||s over it by the old phone's `K_auth`.
    pub signature: Bytes64,
}

call!(EndorseRequest => TransferStatus, Post |call| format!("/v1/transfers/{}/endorse", call.transfer));

/// Asks for the one-time code that accepting takes, on the new phone. The message names the phone's model; the code is bound to this
/// endorsement and this phone's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TransferOtpRequest {
    /// Which.
    #[serde(skip)]
    pub transfer: Id,
    /// SHA-256 of the endorsement with its signature.
    pub endorsement: Bytes32,
    /// How.
    pub channel: OtpChannel,
    /// For which phone's auto-fill.
    pub platform: MessagePlatform,
    /// What this phone calls itself; 64 characters at most.
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub model: String,
}

call!(TransferOtpRequest => OtpChallenge, Post |call| format!("/v1/transfers/{}/otp", call.transfer));

/// Accepts, on the new phone. Code and transfer change in one transaction; the same again gets the success that was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AcceptRequest {
    /// Which.
    #[serde(skip)]
    pub transfer: Id,
    /// SHA-256 of the endorsement with its signature.
    pub endorsement: Bytes32,
    /// `K_dev`, as it joined and as the endorsement names it.
    pub dev: KeyEvidence,
    /// `K_auth`, as the endorsement names it.
    pub auth: Option<KeyEvidence>,
    /// The one-time code's challenge.
    pub otp_challenge: Id,
    /// Its digits.
    pub code: Secret,
    /// r||s over [`crate::transfer::Accept`] by `K_auth`.
    pub signature: Bytes64,
}

call!(AcceptRequest => TransferStatus, Post |call| format!("/v1/transfers/{}/accept", call.transfer));

/// Announces the vault's export, on the old phone. Once: what was announced never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VaultRequest {
    /// Which transfer.
    #[serde(skip)]
    pub transfer: Id,
    /// SHA-256 of the manifest.
    pub manifest: Bytes32,
    /// Chunks in all: 1 to 64.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 64))]
    pub total: u32,
}

call!(VaultRequest => VaultProgress, Post |call| format!("/v1/transfers/{}/vault", call.transfer));

/// How far the vault's export is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VaultProgress {
    /// SHA-256 of the manifest.
    pub manifest: Bytes32,
    /// Chunks in all.
    pub total: u32,
    /// Numbers of those that the service has, in order.
    #[cfg_attr(feature = "openapi", schema(max_items = 64))]
    pub received: Vec<u32>,
}

/// One chunk, raw and sealed, on the old phone. Once: the same again is fine, another is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VaultChunkPutRequest {
    /// Which transfer.
    #[serde(skip)]
    pub transfer: Id,
    /// Its number, from 0.
    #[serde(skip)]
    pub index: u32,
    /// The chunk, sealed.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl VaultChunkPutRequest {
    /// The longest chunk, in bytes.
    pub const MAX_BYTES: usize = MAX_SEALED;
    /// The most chunks.
    pub const MAX_CHUNKS: u32 = MAX_CHUNKS;
}

impl Call for VaultChunkPutRequest {
    type Answer = VaultProgress;
    const METHOD: Method = Method::Put;

    fn path(&self) -> String {
        format!("/v1/transfers/{}/vault/{}", self.transfer, self.index)
    }

    fn raw(&self) -> Option<RawBody> {
        Some(self.bytes.clone())
    }
}

/// Asks for one chunk, on the new phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultChunkGetRequest {
    /// Which transfer.
    #[serde(skip)]
    pub transfer: Id,
    /// Its number, from 0.
    #[serde(skip)]
    pub index: u32,
}

call!(VaultChunkGetRequest => VaultChunk, Get |call| format!("/v1/transfers/{}/vault/{}", call.transfer, call.index));

/// One chunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VaultChunk {
    /// The chunk, sealed, at most 49,168 bytes.
    #[cfg_attr(feature = "openapi", schema(max_length = 65558))]
    pub bytes: Blob,
}

/// Takes over, on the new phone, which has everything. Repeated, it gets the same receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CommitRequest {
    /// Which.
    #[serde(skip)]
    pub transfer: Id,
    /// SHA-256 of the manifest.
    pub manifest: Bytes32,
    /// r||s over [`crate::transfer::Commit`] by `K_dev`.
    pub signature: Bytes64,
}

call!(CommitRequest => TransferStatus, Post |call| format!("/v1/transfers/{}/commit", call.transfer); Outbox);

/// Ends a transfer before it is done, on either phone. Never hindered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelTransferRequest {
    /// Which.
    #[serde(skip)]
    pub transfer: Id,
}

call!(CancelTransferRequest => TransferStatus, Post |call| format!("/v1/transfers/{}/cancel", call.transfer); Outbox);

/// "It wasn't me": no phone is served from then on, open transfers and recoveries end. Never hindered; undone in person. Taken from the
/// account's phone, and from the old one until 72 h after it was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FreezeRequest {}

call!(FreezeRequest => Frozen, Post |_| "/v1/account/freeze".into(); Outbox);

/// The account is frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Frozen {
    /// The ledger's entry for it.
    pub entry: SignedBytes,
    /// When.
    pub frozen_at: UnixTime,
}
