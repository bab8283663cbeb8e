//! A password on its way: given once, never queued, cited by reference.

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{Id, Secret, UnixTime};

/// Gives a password, for what comes next to cite: so no request that waits in the outbox carries one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordRequest {
    /// The password.
    pub password: Secret,
    /// Words that a new one must not be made of: name, number, birth date, address. None when an existing one is given.
    pub personal: Vec<Secret>,
    /// Whether it is new, and has to pass the rules, or the account's own, to be compared.
    pub is_new: bool,
}

call!(PasswordRequest => PasswordReference, Post |_| "/v1/passwords".into());

/// Names a password that this phone gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordReference {
    /// To be cited, once.
    pub id: Id,
    /// Until then.
    pub valid_until: UnixTime,
}
