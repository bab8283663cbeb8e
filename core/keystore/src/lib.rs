//! The phone's key store as the core sees it: keys are made in it, named by alias, and never leave it.
//!
//! On a phone the shell implements [`DeviceKeystore`] on Android Keystore or the Secure Enclave. A desktop has
//! `SoftwareKeystore` (feature `software`), which says that it is one; tests have `ScriptedKeystore`, which fails on cue.
//! [`TimeLimited`] stands before any of them, so that a prompt nobody answers is an error and not a hang.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod key;
#[cfg(feature = "scripted")]
mod scripted;
#[cfg(feature = "software")]
mod software;
mod time_limited;

pub use key::{AttestationFormat, CreatedKey, Deletion, KeyLevel, KeyPolicy, KeystoreError, Prompt};
#[cfg(feature = "scripted")]
pub use scripted::{Fault, ScriptedKeystore};
#[cfg(feature = "software")]
pub use software::SoftwareKeystore;
pub use time_limited::{TIME_LIMIT, TimeLimited};

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

/// Keys that never leave the phone's hardware, or what stands in for it.
///
/// Blocking: called from a worker thread only, for 60 s at most. The shell prompts on its main thread and waits. An alias is at
/// most 64 characters of `a-z 0-9 . -`.
///
/// Every method returns something that can't be read from nothing: a Kotlin `Error` (not `Exception`) thrown in one crosses as an
/// empty success, and so surfaces as [`KeystoreError::Unexpected`].
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait DeviceKeystore: Send + Sync {
    /// Makes the key `alias`, replacing one of that name. `challenge` goes into its attestation; empty for none.
    ///
    /// # Errors
    /// `NotEnrolled` if the policy wants a biometric or a screen lock that the phone does not have.
    fn create(&self, alias: String, policy: KeyPolicy, challenge: Vec<u8>) -> Result<CreatedKey, KeystoreError>;

    /// ECDSA on P-256 over SHA-256 of `message`, as DER (RFC 3279, 2.2.3). `prompt` is what the holder reads where the key asks.
    ///
    /// # Errors
    /// `Invalidated` if the key died with a change of the phone's biometrics.
    fn sign(&self, alias: String, message: Vec<u8>, prompt: Option<Prompt>) -> Result<Vec<u8>, KeystoreError>;

    /// Encrypts a secret under the key `alias`, authenticated: one changed bit and `unwrap` refuses. Never prompts.
    ///
    /// # Errors
    /// `KeyMissing` if there is no such key for wrapping.
    fn wrap(&self, alias: String, secret: Vec<u8>) -> Result<Vec<u8>, KeystoreError>;

    /// The secret that [`wrap`](Self::wrap) was given.
    ///
    /// # Errors
    /// `Refused` if `wrapped` is not what this key wrapped.
    fn unwrap(&self, alias: String, wrapped: Vec<u8>) -> Result<Vec<u8>, KeystoreError>;

    /// Destroys the key.
    ///
    /// # Errors
    /// `HardwareUnavailable` if the key is still there.
    fn delete(&self, alias: String) -> Result<Deletion, KeystoreError>;
}
