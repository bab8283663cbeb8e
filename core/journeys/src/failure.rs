//! How an effect fails, as far as what comes next depends on it.

use citizen_keystore::KeystoreError;
use citizen_protocol::wire::Problem;

/// What stopped an effect. It carries no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No connection, or it was cut.
    Offline,
    /// No answer in time.
    Slow,
    /// The other side is not the real service.
    NotGenuine,
    /// The phone's clock is wrong.
    Clock,
    /// The other side speaks what this version does not.
    Outdated,
    /// The phone's storage did not keep it.
    Storage {
        /// Because it is full.
        full: bool,
    },
    /// The key store did not do it.
    Keystore(KeystoreError),
    /// The key for approvals died with a change of the phone's biometrics.
    ApprovalKeyLost,
    /// This phone is not registered, or not any more.
    UnknownPhone,
    /// Nobody is signed in.
    NotSignedIn,
    /// The account's list of devices is not what it was: the app locks.
    DevicesChanged,
    /// It may have been done already: ask.
    AskStatus,
    /// What it needs is not at hand any more: a secret after a kill.
    Gone,
    /// The service said no.
    Server(Box<Problem>),
}
