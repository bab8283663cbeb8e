//! Binding a phone: the enrolment challenge, its keys, new keys later.

use citizen_keystore::{AttestationFormat, KeyLevel};
use serde::{Deserialize, Serialize};

use super::call::call;
use super::{Blob, Id, SignedBytes, UnixTime};

/// Asks for a challenge that new keys are made with. Nobody signs it: there is no key yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnrolChallengeRequest {}

call!(EnrolChallengeRequest => EnrolChallenge, Post |_| "/v1/enrol-challenges".into(), Nobody);

/// A challenge: 32 random bytes, one use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolChallenge {
    /// `c_N`, 32 bytes.
    pub challenge: Blob,
    /// 10 minutes from now.
    pub expires_at: UnixTime,
}

/// A public key, and what the phone has to say for it. The service keeps it as given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyEvidence {
    /// SPKI DER, uncompressed P-256, 91 bytes.
    pub spki: Blob,
    /// Where the phone says that the key lives.
    pub level: KeyLevel,
    /// How the evidence is written.
    pub format: AttestationFormat,
    /// The evidence; empty where there is none. At most 32 KiB.
    pub attestation: Blob,
}

/// Registers a phone by the keys it just made; signed by `dev`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeviceRequest {
    /// The challenge that both keys were made with.
    pub challenge: Blob,
    /// `K_dev`.
    pub dev: KeyEvidence,
    /// `K_auth`, unless the phone has no lock screen.
    pub auth: Option<KeyEvidence>,
    /// What the phone calls itself; 64 characters at most.
    pub model: String,
    /// Its system and version.
    pub os: String,
    /// The app's version.
    pub app_version: String,
}

call!(DeviceRequest => Device, Post |_| "/v1/devices".into(); Outbox);

/// A registered phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// Its id: the first 16 bytes of SHA-256 of `K_dev`'s SPKI.
    pub device: Id,
    /// When.
    pub registered_at: UnixTime,
}

/// A new `K_dev`, which proves itself beside the old one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewDeviceKey {
    /// The key.
    pub evidence: KeyEvidence,
    /// r||s by the new key over [`crate::enrol::rekey_proof`].
    pub proof: Blob,
}

/// What becomes of `K_auth`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ApprovalChange {
    /// It stays.
    Kept,
    /// There is none any more: the phone's lock screen was removed. The account's password stands in.
    Gone,
    /// A new one, after the phone's biometrics changed or when it rotates.
    New {
        /// The key.
        evidence: KeyEvidence,
    },
}

/// Replaces keys of the account's phone: signed by the `K_dev` that is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RekeyRequest {
    /// A fresh enrolment challenge.
    pub challenge: Blob,
    /// A new `K_dev`, when it rotates.
    pub dev: Option<NewDeviceKey>,
    /// What becomes of `K_auth`.
    pub auth: ApprovalChange,
    /// The password, checked a moment ago: see [`super::PasswordRequest`].
    pub password: Id,
    /// A verified one-time code for [`super::OtpPurpose::Rekey`].
    pub otp_challenge: Id,
}

call!(RekeyRequest => Rekeyed, Post |_| "/v1/rekeys".into(), Session; Outbox);

/// The keys are replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rekeyed {
    /// The ledger's entry for it.
    pub entry: SignedBytes,
    /// Until then no contact change and no transfer.
    pub cool_down_until: UnixTime,
}
