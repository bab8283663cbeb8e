//! Why a call had no answer: few kinds, that a shell can tell apart, each with what to do next.

use std::time::Duration;

use citizen_keystore::KeystoreError;
use citizen_protocol::ledger::LedgerError;
use citizen_protocol::trust::TrustError;
use citizen_protocol::wire::{Code, Next, Problem, UnixTime};
use citizen_vault::StoreError;

/// What stopped a call. It carries no personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// Somebody stands between phone and service with a certificate that would pass elsewhere. Final: no way around it.
    #[error("the service's key is not one of those pinned")]
    PinMismatch,
    /// The certificate's issuer is none of ours.
    #[error("the certificate is not from a known issuer")]
    UntrustedIssuer {
        /// It was issued by itself.
        self_signed: bool,
    },
    /// The certificate is another host's.
    #[error("the certificate is another host's")]
    HostMismatch,
    /// The certificate is of another time. Most often the phone's clock is wrong.
    #[error("the certificate is {0}")]
    CertTime(CertTime),
    /// The other side does not speak TLS 1.3.
    #[error("the other side does not speak TLS 1.3")]
    TlsVersion,
    /// The handshake failed in another way, or the stream was damaged.
    #[error("the secure connection broke")]
    Tls,
    /// No connection to be had, or it was cut.
    #[error("no connection")]
    Offline,
    /// No answer in time.
    #[error("no answer in time ({0:?})")]
    Timeout(Phase),
    /// The answer is over 1 MiB.
    #[error("the answer is too large")]
    TooLarge,
    /// The answer is not what the contract says.
    #[error("the answer can't be read ({0:?})")]
    BadBody(BodyFault),
    /// The service wants another nonce each time.
    #[error("no nonce is accepted")]
    NonceRequired,
    /// The service said no.
    #[error("the service says: {}", .0.title)]
    Server(Box<Problem>),
    /// The phone has no registered key yet, or lost it.
    #[error("this phone is not registered")]
    NotBound,
    /// The phone's biometrics changed: the key for approvals has to be replaced.
    #[error("the key for approvals died with a change of the phone's biometrics")]
    AuthKeyLost,
    /// Nobody is signed in.
    #[error("not signed in")]
    NotSignedIn,
    /// The account's list of devices does not hold. If it [locks the app](LedgerError::locks_the_app), it is not what it was.
    #[error("the list of devices does not hold: {0}")]
    Ledger(LedgerError),
    /// The service speaks to this phone as the account's, and its list of devices names another: the app locks.
    #[error("the list of devices names another phone")]
    NotInLedger,
    /// A signed document of the service does not hold.
    #[error("a signed document does not hold: {0}")]
    Trust(TrustError),
    /// First sent over 23 hours ago: ask for the state instead of sending it again.
    #[error("sent too long ago to be sent again")]
    Stale,
    /// Nothing of that name is in the outbox.
    #[error("not in the outbox")]
    NotQueued,
    /// Something else of that name is in the outbox.
    #[error("something of that name is in the outbox")]
    AlreadyQueued,
    /// The call can't be written as a request.
    #[error("the call can't be sent")]
    Unsendable,
    /// The key store did not sign, or made no key.
    #[error("key store: {0}")]
    Keystore(#[from] KeystoreError),
    /// The vault did not keep it.
    #[error("storage: {0}")]
    Store(#[from] StoreError),
}

/// How a certificate's time is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertTime {
    /// It ended.
    #[error("expired")]
    Expired {
        /// The time it was held against.
        now: UnixTime,
        /// When it ended.
        not_after: UnixTime,
    },
    /// It has not begun: no service uses such a one, so the phone's clock is behind.
    #[error("not valid yet")]
    NotYetValid {
        /// The time it was held against.
        now: UnixTime,
        /// When it begins.
        not_before: UnixTime,
    },
}

/// What took too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Connecting, with the handshake.
    Connect,
    /// Waiting for the answer, or for the rest of it.
    Read,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFault {
    /// It ended too early.
    Truncated,
    /// Not JSON of the contract.
    Content,
    /// Not the media type of the contract.
    MediaType,
    /// A status that the contract does not have.
    Status(u16),
}

impl ServiceError {
    /// What the app does next.
    #[must_use]
    pub fn next(&self) -> Next {
        match self {
            Self::Server(problem) => problem.code.next(),
            Self::CertTime(_) => Next::SetClock,
            Self::Offline
            | Self::Timeout(_)
            | Self::Tls
            | Self::BadBody(BodyFault::Truncated | BodyFault::Status(500..))
            | Self::NonceRequired
            | Self::Keystore(_)
            | Self::Store(_) => Next::TryLater,
            Self::NotBound => Next::Enrol,
            Self::AuthKeyLost => Next::Rekey,
            Self::NotSignedIn => Next::SignIn,
            Self::Stale | Self::NotQueued | Self::AlreadyQueued => Next::AskStatus,
            Self::NotInLedger => Next::Office,
            Self::Ledger(error) => {
                if error.locks_the_app() {
                    Next::Office
                } else {
                    Next::TryLater
                }
            }
            Self::PinMismatch
            | Self::UntrustedIssuer { .. }
            | Self::HostMismatch
            | Self::TlsVersion
            | Self::TooLarge
            | Self::BadBody(_)
            | Self::Unsendable
            | Self::Trust(_) => Next::Update,
        }
    }

    /// Whether the network failed, so that nobody knows what became of the request.
    pub(crate) fn is_of_network(&self) -> bool {
        matches!(self, Self::Offline | Self::Timeout(_) | Self::Tls | Self::BadBody(BodyFault::Truncated))
    }

    /// Whether the same request may be tried again by itself.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            _ if self.is_of_network() => true,
            Self::NonceRequired | Self::BadBody(BodyFault::Status(500..)) => true,
            Self::Server(problem) => matches!(problem.code.next(), Next::TryLater) || problem.code == Code::RateLimited,
            _ => false,
        }
    }

    /// How long the service wants to be left alone.
    pub(crate) fn asked_wait(&self) -> Option<Duration> {
        let Self::Server(problem) = self else { return None };
        problem.retry_after_s.map(|seconds| Duration::from_secs(seconds.into()))
    }

    /// Whether the service knows no such key: this phone is none of its phones.
    #[must_use]
    pub fn is_unknown_key(&self) -> bool {
        matches!(self, Self::Server(problem) if problem.code == Code::UnknownKey)
    }

    /// Whether the service has taken the request and said its last word on it.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        matches!(self, Self::Server(problem) if !matches!(problem.status, 401 | 429 | 500..))
    }
}
