//! Signing in, and access tokens.

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{AccountSummary, Empty, Id, OtpChannel, Secret, SignedBytes, UnixTime};

/// Signs in (row R13). On a phone that the account does not know a one-time code comes first: then the same again, citing it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// 12 digits, or a foreigner's generated number.
    pub id_number: String,
    /// The password.
    pub password: Secret,
    /// A verified code for [`super::OtpPurpose::SignIn`].
    pub otp_challenge: Option<Id>,
}

impl std::fmt::Debug for SignInRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SignInRequest")
    }
}

call!(SignInRequest => SignIn, Post |_| "/v1/sign-ins".into());

/// What a right password leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SignIn {
    /// Signed in. A phone that was not yet the account's is now.
    SignedIn {
        /// The session.
        session: Session,
        /// The account.
        account: AccountSummary,
    },
    /// The account has no phone: a code makes this one its phone.
    OtpNeeded {
        /// Channels that the code can take.
        channels: Vec<OtpChannel>,
    },
}

/// A token, and the newest state of the account's list of devices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// For `Authorization: Bearer`; works only with its own phone's signature.
    pub access_token: Secret,
    /// 15 minutes from now.
    pub expires_at: UnixTime,
    /// [`crate::ledger::HeadStatement`], signed by a statement key.
    pub ledger: SignedBytes,
}

/// Renews the token: the signature is all it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    /// The vault's generation. The service keeps the highest; a lower one is an older copy of the phone's storage.
    pub generation: u64,
}

call!(TokenRequest => Session, Post |_| "/v1/tokens".into());

/// Ends the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOutRequest {}

call!(SignOutRequest => Empty, Delete |_| "/v1/sessions/current".into(), Session);
