//! Outcomes as scenarios write them: a name, or a name with fields that stand over a sample's.

use citizen_keystore::KeystoreError;
use citizen_protocol::wire::{Code, Problem, UnixTime};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::samples::sample;
use crate::effect::Outcome;
use crate::failure::Failure;

/// What is wrong with an outcome's JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MalformedOutcome(pub String);

/// `"code_sent"`, `{"code_sent": {"attempts_left": 2}}`, `{"failed": "offline"}`, `{"failed": {"code": "otp_wrong"}}`.
pub(super) fn read(json: &str, now: UnixTime) -> Result<Outcome, MalformedOutcome> {
    let value: Value = serde_json::from_str(json).map_err(|error| MalformedOutcome(error.to_string()))?;
    let (name, given) = match &value {
        Value::String(name) => (name.as_str(), Value::Null),
        Value::Object(fields) if fields.len() == 1 => {
            let (name, given) = fields.iter().next().ok_or_else(|| malformed("an empty outcome"))?;
            (name.as_str(), given.clone())
        }
        _ => return Err(malformed("an outcome is a name, or a name with fields")),
    };
    outcome(name, given, now)
}

fn outcome(name: &str, given: Value, now: UnixTime) -> Result<Outcome, MalformedOutcome> {
    Ok(match name {
        "failed" => Outcome::Failed(failure(given, now)?),
        "progress" => Outcome::Progress(parse(given)?),
        "done" => Outcome::Done,
        "policy" => Outcome::Policy(filled(name, given, now)?),
        "code_sent" => Outcome::CodeSent(filled(name, given, now)?),
        "code_right" => Outcome::CodeRight(filled(name, given, now)?),
        "portrait_sent" => Outcome::PortraitSent(filled(name, given, now)?),
        "password_given" => Outcome::PasswordGiven(filled(name, given, now)?),
        "application" => Outcome::Application(filled(name, given, now)?),
        "activation" => Outcome::Activation(filled(name, given, now)?),
        "recovery" => Outcome::Recovery(filled(name, given, now)?),
        "signed_in" => Outcome::SignedIn(filled("account", given, now)?),
        "code_needed" => Outcome::CodeNeeded(filled(name, given, now)?),
        "account" => Outcome::Account(filled(name, given, now)?),
        "privacy" => Outcome::Privacy(filled(name, given, now)?),
        "withdrawn" => Outcome::Withdrawn(filled(name, given, now)?),
        "export" => Outcome::Export(filled(name, given, now)?),
        "deletion" => Outcome::Deletion(filled(name, given, now)?),
        "pin" => Outcome::Pin { right: parse(given)? },
        _ => return Err(malformed(&format!("no outcome is called {name}"))),
    })
}

fn failure(given: Value, now: UnixTime) -> Result<Failure, MalformedOutcome> {
    let Value::String(name) = &given else {
        let code: Code = parse(given.get("code").cloned().unwrap_or_default())?;
        let sample = serde_json::to_value(Problem::from(code)).map_err(|error| malformed(&error.to_string()))?;
        return Ok(Failure::Server(Box::new(parse(timed(over(sample, given), now))?)));
    };
    Ok(match name.as_str() {
        "offline" => Failure::Offline,
        "slow" => Failure::Slow,
        "not_genuine" => Failure::NotGenuine,
        "clock" => Failure::Clock,
        "outdated" => Failure::Outdated,
        "storage" => Failure::Storage { full: false },
        "storage_full" => Failure::Storage { full: true },
        "approval_key_lost" => Failure::ApprovalKeyLost,
        "unknown_phone" => Failure::UnknownPhone,
        "not_signed_in" => Failure::NotSignedIn,
        "devices_changed" => Failure::DevicesChanged,
        "ask_status" => Failure::AskStatus,
        "gone" => Failure::Gone,
        "user_cancelled" => Failure::Keystore(KeystoreError::UserCancelled),
        "not_enrolled" => Failure::Keystore(KeystoreError::NotEnrolled),
        "locked_out" => Failure::Keystore(KeystoreError::LockedOut { retry_s: 30 }),
        "no_hardware" => Failure::Keystore(KeystoreError::HardwareUnavailable),
        _ => return Err(malformed(&format!("no failure is called {name}"))),
    })
}

fn filled<T: DeserializeOwned>(name: &str, given: Value, now: UnixTime) -> Result<T, MalformedOutcome> {
    parse(timed(over(sample(name), given), now))
}

fn parse<T: DeserializeOwned>(value: Value) -> Result<T, MalformedOutcome> {
    serde_json::from_value(value).map_err(|error| malformed(&error.to_string()))
}

/// Fields given stand over the sample's; anything that is no object takes its place.
fn over(sample: Value, given: Value) -> Value {
    match (sample, given) {
        (sample, Value::Null) => sample,
        (Value::Object(mut sample), Value::Object(given)) => {
            for (key, value) in given {
                let under = sample.remove(&key).unwrap_or_default();
                let value = if under.is_object() { over(under, value) } else { value };
                sample.insert(key, value);
            }
            Value::Object(sample)
        }
        (_, given) => given,
    }
}

/// `"+60"` is in a minute, `"-60"` was a minute ago.
fn timed(value: Value, now: UnixTime) -> Value {
    match value {
        Value::String(text) => {
            let later = text.strip_prefix('+').and_then(|seconds| seconds.parse().ok());
            let earlier = text.strip_prefix('-').and_then(|seconds| seconds.parse().ok());
            match (later, earlier) {
                (Some(seconds), _) => now.plus(seconds).0.into(),
                (_, Some(seconds)) => now.0.saturating_sub(seconds).into(),
                _ => Value::String(text),
            }
        }
        Value::Array(values) => values.into_iter().map(|value| timed(value, now)).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, timed(value, now))).collect(),
        other => other,
    }
}

fn malformed(why: &str) -> MalformedOutcome {
    MalformedOutcome(why.to_owned())
}
