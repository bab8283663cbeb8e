//! The old phone is lost or broken: with an officer's code, or from afar with two methods, a portrait and a wait.

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{Id, Reason, Secret, SignedBytes, UnixTime};

/// Binds this phone with the code that an officer showed, in person: 128 bits, once, 10 minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OfficeBindingRequest {
    /// As the QR code says it: 22 characters.
    pub code: Secret,
}

call!(OfficeBindingRequest => Bound, Post |_| "/v1/office-bindings".into());

/// This phone is the account's: a token is the signature away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bound {
    /// The account.
    pub account: Id,
    /// The ledger's entry for it.
    pub entry: SignedBytes,
    /// Until then no contact change and no transfer.
    pub cool_down_until: UnixTime,
}

/// Asks for a recovery code to be written down. The one before is void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecoveryCodeRequest {
    /// The password, checked a moment ago: see [`super::PasswordRequest`].
    pub password: Id,
}

call!(RecoveryCodeRequest => SavedRecoveryCode, Post |_| "/v1/recovery-codes".into(), Session);

/// A recovery code. The service keeps its hash only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedRecoveryCode {
    /// [`crate::recovery_code::RecoveryCode`], as it is written down.
    pub code: Secret,
    /// When it was made.
    pub made_at: UnixTime,
}

/// Asks for the account on this phone, from afar.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeviceRecoveryRequest {
    /// Whose.
    pub id_number: String,
    /// Two, of different kinds.
    #[cfg_attr(feature = "openapi", schema(min_items = 2, max_items = 2))]
    pub methods: Vec<RecoveryMethod>,
    /// A portrait, taken now, complete.
    pub portrait: Id,
}

impl std::fmt::Debug for DeviceRecoveryRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("DeviceRecoveryRequest")
    }
}

call!(DeviceRecoveryRequest => DeviceRecovery, Post |_| "/v1/device-recoveries".into());

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum RecoveryMethod {
    /// The code on paper. It is used up.
    SavedCode {
        /// [`crate::recovery_code::RecoveryCode`], as it was typed.
        code: Secret,
    },
    /// A code that reached the account's phone number or email address: each is a kind of its own.
    OneTimeCode {
        /// A verified code for [`super::OtpPurpose::RecoverDevice`]: good for 10 minutes by text message, for 24 hours by email.
        otp_challenge: Id,
    },
}

/// Asks how far one is: for the phone that asked, and the account's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRecoveryStatusRequest {
    /// Which.
    #[serde(skip)]
    pub recovery: Id,
}

call!(DeviceRecoveryStatusRequest => DeviceRecovery, Get |call| format!("/v1/device-recoveries/{}", call.recovery));

/// Asks for the one that this phone asked for, or that somebody asked for this phone's account: the open one, else the newest; not
/// found if there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrentDeviceRecoveryRequest {}

call!(CurrentDeviceRecoveryRequest => DeviceRecovery, Get |_| "/v1/device-recoveries/current".into());

/// "I still have my phone": ends one, on the account's phone. From then on the account is recovered in person only, for who has the
/// old phone may have stolen it. Never hindered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VetoRequest {
    /// Which.
    #[serde(skip)]
    pub recovery: Id,
}

call!(VetoRequest => DeviceRecovery, Post |call| format!("/v1/device-recoveries/{}/veto", call.recovery); Outbox);

/// How far a recovery of the account on another phone is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceRecovery {
    /// Names it.
    pub id: Id,
    /// Its state.
    pub state: DeviceRecoveryState,
    /// Since when.
    pub since: UnixTime,
    /// When to ask again, in seconds.
    pub poll_after_s: u32,
}

/// Its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DeviceRecoveryState {
    /// The portrait is being compared.
    Comparing {
        /// When it should be decided.
        expected_by: UnixTime,
    },
    /// All is right, and the holder has time to object: 72 h.
    Held {
        /// Until then.
        until: UnixTime,
    },
    /// The account is on the phone that asked.
    Done,
    /// The portrait was refused.
    Refused {
        /// Why.
        reasons: Vec<Reason>,
    },
    /// The account's phone objected.
    Vetoed,
    /// The account was frozen or locked, or its phone changed in another way.
    Superseded,
}
