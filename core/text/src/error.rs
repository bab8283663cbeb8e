//! Why nothing can be said. No error carries a value: names and addresses are personal data.

use fluent_bundle::FluentError;
use fluent_bundle::resolver::ResolverError;
use fluent_bundle::resolver::errors::ReferenceKind;

/// Why a message can't be said. Never shown to a citizen: whoever asks falls back to a text that needs no values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SayError {
    /// The catalogue has no such message.
    #[error("no message {id}")]
    NoMessage {
        /// What was asked for.
        id: String,
    },
    /// The message needs a value that was not given.
    #[error("message {id} needs the value {name}")]
    NoValue {
        /// The message.
        id: String,
        /// The variable's name.
        name: String,
    },
    /// A value that can't be put in words: a count of 2^53 or more, a time after the year 9999, digits that are none.
    #[error("message {id}: the value {name} can't be said")]
    UnfitValue {
        /// The message.
        id: String,
        /// The variable's name.
        name: String,
    },
    /// The message itself is at fault, which the catalogue's checks should have found.
    #[error("message {id}: {cause}")]
    Broken {
        /// The message.
        id: String,
        /// Fluent's word on it: names, never values.
        cause: String,
    },
}

impl SayError {
    /// What Fluent's error means to the caller.
    pub(crate) fn from_fluent(id: &str, error: &FluentError) -> Self {
        let id = id.to_owned();
        match error {
            FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { id: name })) => {
                Self::NoValue { id, name: name.clone() }
            }
            other => Self::Broken { id, cause: other.to_string() },
        }
    }
}

/// What is wrong with a file of a catalogue. Found by tests: a catalogue that ships has none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}.ftl, line {line}: {cause}")]
pub struct Fault {
    /// The file's name without `.ftl`.
    pub file: &'static str,
    /// Its line, from 1; 0 where Fluent does not tell.
    pub line: usize,
    /// Fluent's word on it.
    pub cause: String,
}
