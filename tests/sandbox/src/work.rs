//! What every rule of the service works with: one transaction, the time, who asks.

use citizen_protocol::key::PublicKey;
use citizen_protocol::wire::{Code, Id, Problem, UnixTime};
use ring::rand::SecureRandom;
use rusqlite::Transaction;

use crate::service_keys::ServiceKeys;

/// One transaction of the service. Nothing of it stays if the rule answers with an error, unless it says [`Refusal::keep`].
pub(crate) struct Work<'a> {
    pub(crate) db: &'a Transaction<'a>,
    pub(crate) now: UnixTime,
    pub(crate) keys: &'a ServiceKeys,
    pub(crate) random: &'a dyn SecureRandom,
    /// Where the service is, as links name it: `localhost:PORT`.
    pub(crate) host: &'a str,
}

/// Who signed the request.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) key: PublicKey,
    /// The registered phone; none before `POST /v1/devices`.
    pub(crate) device: Option<Id>,
    /// The account whose token came along, checked.
    pub(crate) account: Option<Id>,
}

/// A rule's no.
pub(crate) struct Refusal {
    pub(crate) problem: Problem,
    /// Whether what the rule wrote stays: a counted wrong try must not be rolled back.
    pub(crate) keep: bool,
}

/// A rule's answer.
pub(crate) type Ruling<T> = Result<T, Refusal>;

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { problem, keep: false }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Problem::from(code).into()
    }
}

/// So that a rule can say `?` to its database. The caller reads `internal`, the log the cause.
impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        crate::note(format_args!("sandbox: database: {error}"));
        Code::Internal.into()
    }
}
