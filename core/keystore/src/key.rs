//! What a key may do, what is known of a new one, and how a key store fails.

/// What a key is for, and what it asks of the holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum KeyPolicy {
    /// Signs each request without a prompt.
    Device,
    /// Signs after a biometric; dies when another finger or face is enrolled.
    Biometric,
    /// Signs after the phone's own PIN, pattern or password, where there is no biometric.
    DeviceCredential,
    /// Wraps and unwraps, never prompts, survives biometric changes.
    Wrapping,
}

/// Where a key lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum KeyLevel {
    /// A chip of its own: `StrongBox`, Secure Enclave.
    SecureElement,
    /// The processor's protected world (TEE).
    TrustedEnvironment,
    /// Files or memory: it can be copied.
    Software,
}

/// How the evidence for a key is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AttestationFormat {
    /// The phone gives none.
    Unattested,
    /// Android's chain of X.509 certificates, the key's own first, each after its length (4 bytes, big-endian).
    AndroidKeyAttestation,
    /// Apple's App Attest object (CBOR).
    AppleAppAttest,
}

/// What is known of a key that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CreatedKey {
    /// The public key: SPKI DER, uncompressed P-256, 91 bytes. Empty for a wrapping key.
    pub spki: Vec<u8>,
    /// Where it lives.
    pub level: KeyLevel,
    /// The phone's evidence for both; empty where there is none.
    pub attestation: Vec<u8>,
    /// How that is written.
    pub format: AttestationFormat,
}

/// What came of deleting a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Deletion {
    /// It is gone for good.
    Deleted,
    /// There was none of that name.
    WasNotThere,
}

/// What the holder reads when a key asks for face, finger or PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Prompt {
    /// What is about to be approved.
    pub title: String,
    /// Why, in a sentence.
    pub reason: String,
    /// The button that does not approve.
    pub cancel: String,
}

/// Why a key store did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum KeystoreError {
    /// The holder said no.
    #[error("cancelled by the holder")]
    UserCancelled,
    /// The policy needs a biometric or a screen lock, and the phone has none.
    #[error("no biometric or screen lock is set up")]
    NotEnrolled,
    /// The phone's biometrics changed, and the key died with it.
    #[error("the key died with a change of the phone's biometrics")]
    Invalidated,
    /// Too many wrong tries.
    #[error("locked for {retry_s} s")]
    LockedOut {
        /// Seconds until the next try; 0 if only the phone's own unlocking helps.
        retry_s: u32,
    },
    /// There is no such key.
    #[error("no such key")]
    KeyMissing,
    /// The hardware does not answer, or not now.
    #[error("the key hardware is not available")]
    HardwareUnavailable,
    /// What was given is not this key's: changed, or wrapped by another.
    #[error("not wrapped by this key, or changed since")]
    Refused,
    /// No answer within [`TIME_LIMIT`](crate::TIME_LIMIT).
    #[error("no answer in time")]
    TimedOut,
    /// The shell's code broke. Its message stays there: it may hold anything.
    #[error("the shell's key store broke")]
    Unexpected,
}

impl KeystoreError {
    /// Whether no later try can help: the key is gone, or what it wrapped is.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Invalidated | Self::KeyMissing | Self::Refused)
    }
}

#[cfg(feature = "uniffi")]
impl From<uniffi::UnexpectedUniFFICallbackError> for KeystoreError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected
    }
}
