//! Where signing in stands.

use citizen_protocol::wire::{AccountLock, OtpChannel, OtpVerified, UnixTime};
use serde::{Deserialize, Serialize};

use crate::shared::work::Work;
use crate::shared::{locking, otp};

/// How far it is. The password is held.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Number and password are entered.
    Form(Form),
    /// They are being compared.
    SigningIn {
        number: String,
        /// The code that was right, on a phone that the account does not know.
        code: Option<OtpVerified>,
        work: Work,
    },
    /// The password is right. The holder says how the code comes.
    Channel { number: String, channels: Vec<OtpChannel>, chosen: OtpChannel },
    /// The code.
    Code { number: String, channels: Vec<OtpChannel>, code: otp::State },
    /// Too many passwords were wrong.
    Locked { number: String, until: UnixTime },
    /// It does not go on here.
    Barred { bar: Bar },
    /// The holder locks the account, because its devices changed.
    Locking { locking: locking::State },
}

/// Number and password.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Form {
    pub(crate) number: String,
    /// A code that was right already: only the password is missing.
    pub(crate) code: Option<OtpVerified>,
    /// The holder wanted to go on: from then on what is wrong is said.
    pub(crate) tried: bool,
    /// A password was entered: if none is held any more, it was not kept.
    pub(crate) entered: bool,
    pub(crate) wrong: Option<Wrong>,
}

/// What was wrong with what was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Wrong {
    /// They do not go together.
    Credentials { left: Option<u8> },
    /// The service takes no such number.
    Number,
    /// The password was entered before the app was closed, and not kept.
    Emptied,
}

/// What stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Bar {
    /// The account is locked.
    Lock { lock: Option<AccountLock> },
    /// The account is on another phone.
    OtherPhone,
    /// This phone is another account's.
    PhoneTaken,
    /// The account has no address that a code could go to.
    NoAddress,
    /// The account's list of devices is not what it was.
    DevicesChanged,
}
