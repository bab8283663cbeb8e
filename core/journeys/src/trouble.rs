//! What a failed effect looks like to the holder, and whether trying again can help.

use citizen_keystore::KeystoreError;
use citizen_protocol::wire::{Code, Next, Problem, UnixTime};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::support::Stop;

/// No answer makes anybody wait longer: the longest lock of tries is a day (security.md, section 3).
const LONGEST_S: u64 = 86_400;

/// A failed effect, as a page shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trouble {
    /// What it is.
    pub(crate) stop: Stop,
    /// No try makes sense before then.
    pub(crate) until: Option<UnixTime>,
}

impl Trouble {
    pub(crate) fn of(failure: &Failure, now: UnixTime) -> Self {
        let stop = match failure {
            Failure::Offline => Stop::Offline,
            Failure::Slow => Stop::Slow,
            Failure::NotGenuine => Stop::NotGenuine,
            Failure::Clock => Stop::Clock,
            Failure::Outdated => Stop::Outdated,
            Failure::Storage { full } => {
                if *full {
                    Stop::StorageFull
                } else {
                    Stop::Storage
                }
            }
            Failure::Keystore(KeystoreError::UserCancelled) => Stop::NotApproved,
            Failure::Keystore(_) => Stop::Keystore,
            Failure::ApprovalKeyLost => Stop::ApprovalKey,
            Failure::UnknownPhone => Stop::UnknownPhone,
            Failure::NotSignedIn => Stop::NotSignedIn,
            Failure::DevicesChanged => Stop::DevicesChanged,
            Failure::AskStatus => Stop::Unclear,
            Failure::Gone => Stop::GiveAgain,
            Failure::Server(problem) => return Self::said(problem, now),
        };
        let until = match failure {
            Failure::Keystore(KeystoreError::LockedOut { retry_s }) => Some(now.plus((*retry_s).into())),
            _ => None,
        };
        Self { stop, until }
    }

    fn said(problem: &Problem, now: UnixTime) -> Self {
        let stop = match problem.code {
            Code::AccountLocked => Stop::AccountLocked,
            Code::ApplicationOpen => Stop::ApplicationOpen,
            code => match code.next() {
                Next::TryLater => Stop::ServiceDown,
                Next::Wait => Stop::Busy,
                Next::Correct | Next::NewCode | Next::GiveAgain => Stop::GiveAgain,
                Next::RenewToken | Next::SignIn => Stop::NotSignedIn,
                Next::SignAgain | Next::SetClock => Stop::Clock,
                Next::Enrol => Stop::UnknownPhone,
                Next::Rekey => Stop::ApprovalKey,
                Next::OtherPhone => Stop::OtherPhone,
                Next::AskStatus => Stop::Unclear,
                Next::Refetch => Stop::Storage,
                Next::Office => Stop::Refused,
                Next::Update => Stop::Outdated,
            },
        };
        let asked = problem.retry_after_s.map(|seconds| now.plus(seconds.into()));
        let until = problem.locked_until.or(asked).filter(|until| *until > now);
        Self { stop, until: until.map(|until| until.min(now.plus(LONGEST_S))) }
    }

    /// Whether the same again can go well.
    pub(crate) fn can_try_again(self) -> bool {
        !matches!(
            self.stop,
            Stop::NotGenuine | Stop::Outdated | Stop::DevicesChanged | Stop::AccountLocked | Stop::Refused
        )
    }

    pub(crate) fn is_over(self, now: UnixTime) -> bool {
        self.until.is_none_or(|until| until <= now)
    }
}
