//! The one-time code's challenge.

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{Id, Secret, UnixTime};

/// What a code approves. It is bound to this, and works for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OtpPurpose {
    /// That an address is the applicant's.
    Register,
    /// Signing in on a phone that the account does not know.
    SignIn,
    /// Recovering the password.
    Recover,
    /// Replacing the phone's keys.
    Rekey,
    /// Activating what an office has identified in person: the address is the one that was given there.
    Activate,
    /// Taking an account over from another phone. Asked for by [`super::TransferOtpRequest`] alone.
    Transfer,
    /// Recovering the account on this phone, from afar.
    RecoverDevice,
}

/// How a code travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OtpChannel {
    /// Text message; lives 180 s.
    Sms,
    /// Email; lives 600 s.
    Email,
}

/// What the message's body must look like for the phone to offer it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum MessagePlatform {
    /// Ends with the token of `createAppSpecificSmsToken` (API 26), 11 characters of base64.
    Android {
        /// The token.
        token: String,
    },
    /// Ends with the origin-bound line `@host #code`.
    Ios,
    /// Text for people only.
    Plain,
}

/// Whose address a code goes to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum OtpSubject {
    /// An address that is to be proven: E.164 phone number, or email.
    Address {
        /// The address.
        address: String,
    },
    /// An account's own address on that channel. An unknown account gets the same answer in the same time.
    Account {
        /// 12 digits, or a foreigner's generated number.
        id_number: String,
    },
}

impl std::fmt::Debug for OtpSubject {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Address { .. } => "Address",
            Self::Account { .. } => "Account",
        })
    }
}

/// What the holder reads beside the code: where it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OtpContext {
    /// The phone's model, as it calls itself; 64 characters at most.
    pub device: String,
    /// Where the phone is, if it says; 64 characters at most.
    pub place: Option<String>,
}

/// Asks for a code to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OtpChallengeRequest {
    /// What for.
    pub purpose: OtpPurpose,
    /// How.
    pub channel: OtpChannel,
    /// To whom.
    pub subject: OtpSubject,
    /// For which phone's auto-fill.
    pub platform: MessagePlatform,
    /// What the message says of the asker.
    pub context: OtpContext,
}

call!(OtpChallengeRequest => OtpChallenge, Post |_| "/v1/otp-challenges".into());

/// A code that was sent, as the service counts. Every counter shown is the service's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OtpChallenge {
    /// Names it.
    pub id: Id,
    /// What it approves.
    pub purpose: OtpPurpose,
    /// How it was sent.
    pub channel: OtpChannel,
    /// Where to, with most of it hidden: `+84 ••• ••• 123`, `n•••@example.vn`. Of an account that is not this phone's all of it is
    /// hidden: `+84 ••• ••• •••`, `•••@•••`.
    pub masked_address: String,
    /// How many digits: six or more.
    pub digits: u8,
    /// From then on it is refused.
    pub expires_at: UnixTime,
    /// From then on another may be asked for.
    pub resend_at: UnixTime,
    /// Tries left before the lock.
    pub attempts_left: u8,
    /// No try counts before then.
    pub locked_until: Option<UnixTime>,
    /// Two letters that the message repeats.
    pub reference: String,
    /// What the message says of the asker.
    pub context: OtpContext,
}

/// Asks for the same code's successor: older codes are void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OtpResendRequest {
    /// Which.
    #[serde(skip)]
    pub challenge: Id,
}

call!(OtpResendRequest => OtpChallenge, Post |call| format!("/v1/otp-challenges/{}/resend", call.challenge));

/// Gives the code. Never queued while offline. A client sends it a second time by itself only if the connection broke before the
/// answer came, and with the same idempotency key, so that a wrong code counts once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OtpVerifyRequest {
    /// Which.
    #[serde(skip)]
    pub challenge: Id,
    /// Its digits.
    pub code: Secret,
}

call!(OtpVerifyRequest => OtpVerified, Post |call| format!("/v1/otp-challenges/{}/verify", call.challenge));

/// The code was right. What it approves cites the challenge, and uses it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OtpVerified {
    /// Which.
    pub challenge: Id,
    /// Until then it can be cited: an hour for a registration or an activation, 10 minutes else.
    pub valid_until: UnixTime,
}
