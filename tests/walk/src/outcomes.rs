//! How effects can end: everything that a service, a phone and a network can make of them.

use citizen_journeys::rehearsal::sample;
use citizen_journeys::{Do, Failure, Outcome};
use citizen_keystore::KeystoreError;
use citizen_protocol::wire::{Code, FieldProblem, Problem, UnixTime, WireField};
use serde_json::{Value, json};

/// Each way, with its name.
pub(crate) fn outcomes(what: &Do, now: UnixTime) -> Vec<(String, Outcome)> {
    let good = successes(what).into_iter().map(|(name, json)| {
        let outcome = sample(&json, now).unwrap_or_else(|why| panic!("{name}: {why:?}"));
        (name, outcome)
    });
    let failed = failures(now).into_iter().map(|(name, failure)| (name, Outcome::Failed(failure)));
    good.chain(failed).collect()
}

/// Outcomes as scenarios write them.
fn successes(what: &Do) -> Vec<(String, Value)> {
    let named = |name: &str, json: Value| (name.to_owned(), json);
    match what {
        Do::FetchPolicy => vec![named("policy", json!("policy"))],
        Do::AskCode { .. } | Do::ResendCode { .. } => vec![
            named("sent", json!("code_sent")),
            named("sent by email", json!({ "code_sent": { "channel": "email", "masked_address": "n•••@example.vn" } })),
        ],
        Do::VerifyCode { .. } => vec![named("right", json!("code_right"))],
        Do::SendPortrait => vec![named("half", json!({ "progress": 50 })), named("sent", json!("portrait_sent"))],
        Do::GivePassword { .. } => vec![named("given", json!("password_given"))],
        Do::Apply(_) | Do::Amend(_) | Do::AskApplication { .. } => applications(),
        Do::Activate(_) | Do::AskActivation { .. } => activations(),
        Do::Recover(_) | Do::AskRecovery { .. } => recoveries(),
        Do::SignIn { .. } => vec![
            named("signed in", json!("signed_in")),
            named("code needed", json!("code_needed")),
            named("code by either", json!({ "code_needed": ["sms", "email"] })),
            named("code by nothing", json!({ "code_needed": [] })),
        ],
        Do::FetchAccount => vec![
            named("level 1", json!("account")),
            named("level 2", json!({ "account": { "level": "level2", "cool_down_until": "+3600" } })),
            named("card ends", json!({ "account": { "card_expires": "2026-12-01" } })),
            named("card ended", json!({ "account": { "card_expires": "2026-11-01" } })),
            named("locked", json!({ "account": { "lock": { "by": "hotline", "since": "-60" } } })),
        ],
        Do::LockAccount => {
            vec![named("locked", json!({ "account": { "lock": { "by": "holder", "since": "+0" } } }))]
        }
        Do::FetchPrivacy => vec![
            named("as agreed", json!("privacy")),
            named(
                "with requests",
                json!({ "privacy": {
                "export": { "id": "AAECAwQFBgcICQoLDA0ODw", "requested_at": "-60", "expected_by": "+60" },
                "deletion": { "requested_at": "-60", "effective_at": "+86400" } } }),
            ),
            named("nothing", json!({ "privacy": { "consents": [] } })),
        ],
        Do::Withdraw { .. } => vec![
            named("withdrawn", json!("withdrawn")),
            named("account ends", json!({ "withdrawn": { "ends_account_at": "+2592000" } })),
        ],
        Do::Export => vec![named("asked for", json!("export"))],
        Do::Delete => vec![named("asked for", json!("deletion"))],
        Do::CheckPin => vec![named("right", json!({ "pin": true })), named("wrong", json!({ "pin": false }))],
        Do::SignOut | Do::SetPin | Do::RemovePin | Do::Authenticate { .. } => vec![named("done", json!("done"))],
        Do::Ask(_) => Vec::new(),
    }
}

fn applications() -> Vec<(String, Value)> {
    let application = |fields: Value| json!({ "application": fields });
    let reason = |code: &str, field: Value, remedy: &str| json!({ "code": code, "field": field, "remedy": remedy, "note": null });
    let rejected = |reasons: Vec<Value>| application(json!({ "state": "rejected", "reasons": reasons }));
    let stopped = |reasons: Vec<Value>| application(json!({ "state": "stopped", "reasons": reasons }));
    let noted = json!({ "code": "other", "field": null, "remedy": "office", "note": "Mang theo giấy khai sinh" });
    vec![
        ("in review".into(), json!("application")),
        ("no steps".into(), application(json!({ "steps": [] }))),
        ("approved".into(), application(json!({ "state": "approved", "account": "AAECAwQFBgcICQoLDA0ODw" }))),
        ("entry wrong".into(), rejected(vec![reason("field_differs", json!("birth_date"), "correct_entry")])),
        ("number wrong".into(), rejected(vec![reason("not_in_database", json!("id_number"), "correct_entry")])),
        ("portrait unusable".into(), rejected(vec![reason("portrait_unusable", json!("portrait"), "new_portrait")])),
        (
            "both wrong".into(),
            rejected(vec![
                reason("field_differs", json!("name"), "correct_entry"),
                reason("portrait_unusable", json!("portrait"), "new_portrait"),
            ]),
        ),
        ("rejected without a reason".into(), rejected(vec![])),
        ("record differs".into(), stopped(vec![reason("field_differs", json!("name"), "update_record")])),
        ("too young".into(), stopped(vec![reason("too_young", json!("birth_date"), "guardian")])),
        ("foreigner".into(), stopped(vec![reason("foreign_resident", json!("id_number"), "immigration_office")])),
        ("card expired".into(), stopped(vec![reason("card_expired", json!("issue_date"), "renew_card")])),
        ("has an account".into(), stopped(vec![reason("already_registered", Value::Null, "sign_in")])),
        ("officer's words".into(), stopped(vec![noted])),
        ("stopped without a reason".into(), stopped(vec![])),
    ]
}

fn activations() -> Vec<(String, Value)> {
    let refused = |code: &str, remedy: &str| {
        (
            code.to_owned(),
            json!({ "activation": { "state": "refused", "reasons": [{ "code": code, "remedy": remedy }] } }),
        )
    };
    vec![
        ("comparing".into(), json!("activation")),
        ("done".into(), json!({ "activation": { "state": "done" } })),
        refused("not_identified", "office"),
        refused("address_differs", "office"),
        refused("portrait_differs", "office"),
        refused("portrait_unusable", "new_portrait"),
        refused("already_active", "sign_in"),
        refused("on_another_phone", "office"),
        refused("request_expired", "office"),
        ("refused without a reason".into(), json!({ "activation": { "state": "refused" } })),
    ]
}

fn recoveries() -> Vec<(String, Value)> {
    let refused = |code: &str, remedy: &str| {
        let reason = json!({ "code": code, "field": "portrait", "remedy": remedy, "note": null });
        (code.to_owned(), json!({ "recovery": { "state": "refused", "reasons": [reason] } }))
    };
    vec![
        ("comparing".into(), json!("recovery")),
        ("done".into(), json!({ "recovery": { "state": "done" } })),
        refused("portrait_differs", "office"),
        refused("portrait_unusable", "new_portrait"),
        ("refused without a reason".into(), json!({ "recovery": { "state": "refused" } })),
    ]
}

/// Everything that can go wrong, whatever it was.
fn failures(now: UnixTime) -> Vec<(String, Failure)> {
    let plain = [
        ("offline", Failure::Offline),
        ("slow", Failure::Slow),
        ("not genuine", Failure::NotGenuine),
        ("clock", Failure::Clock),
        ("outdated", Failure::Outdated),
        ("storage", Failure::Storage { full: false }),
        ("storage full", Failure::Storage { full: true }),
        ("cancelled", Failure::Keystore(KeystoreError::UserCancelled)),
        ("no lock screen", Failure::Keystore(KeystoreError::NotEnrolled)),
        ("key store locked", Failure::Keystore(KeystoreError::LockedOut { retry_s: 30 })),
        ("approval key lost", Failure::ApprovalKeyLost),
        ("unknown phone", Failure::UnknownPhone),
        ("not signed in", Failure::NotSignedIn),
        ("devices changed", Failure::DevicesChanged),
        ("unclear", Failure::AskStatus),
        ("gone", Failure::Gone),
    ];
    let plain = plain.into_iter().map(|(name, failure)| (name.to_owned(), failure));
    plain
        .chain(Code::ALL.iter().map(|code| (format!("{code:?}"), Failure::Server(Box::new(problem(*code, now))))))
        .collect()
}

/// With everything that the code may come with.
fn problem(code: Code, now: UnixTime) -> Problem {
    let plain = Problem::from(code);
    match code {
        Code::OtpWrong | Code::WrongCredentials => Problem { attempts_left: Some(3), ..plain },
        Code::TriesLocked | Code::TransferHeld | Code::CoolingDown => {
            Problem { locked_until: Some(now.plus(900)), ..plain }
        }
        Code::OtpTooSoon | Code::RateLimited => Problem { retry_after_s: Some(60), ..plain },
        Code::FieldsWrong => {
            let fields = [WireField::Name, WireField::Contact].map(|field| FieldProblem { field });
            Problem { fields: fields.into(), ..plain }
        }
        _ => plain,
    }
}
