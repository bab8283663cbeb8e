//! What a service would answer when all goes well: invented, with times that count from now.

use serde_json::{Value, json};

const ID: &str = "AAECAwQFBgcICQoLDA0ODw";

/// Outcomes that there are samples of.
#[must_use]
pub fn sample_names() -> &'static [&'static str] {
    &[
        "policy",
        "code_sent",
        "code_right",
        "portrait_sent",
        "password_given",
        "application",
        "activation",
        "recovery",
        "code_needed",
        "account",
        "privacy",
        "withdrawn",
        "export",
        "deletion",
    ]
}

pub(super) fn sample(name: &str) -> Value {
    match name {
        "policy" => json!({ "minimum_age": 14, "terms": 1, "purposes": [
            { "purpose": "identity", "is_required": true, "kept_days": null,
              "recipients": ["population_database", "identity_service", "police_office"] },
            { "purpose": "portrait", "is_required": true, "kept_days": 30, "recipients": ["identity_service", "police_office"] },
            { "purpose": "diagnostics", "is_required": false, "kept_days": 90, "recipients": ["identity_service"] },
        ] }),
        "code_sent" => json!({ "id": ID, "purpose": "register", "channel": "sms", "masked_address": "+84 ••• ••• 678",
            "digits": 6, "expires_at": "+180", "resend_at": "+60", "attempts_left": 5, "locked_until": null,
            "reference": "KA", "context": { "device": "Model 1", "place": null } }),
        "code_right" => json!({ "challenge": ID, "valid_until": "+3600" }),
        "portrait_sent" => json!(ID),
        "password_given" => json!({ "id": ID, "valid_until": "+3600" }),
        "application" => {
            json!({ "id": ID, "state": "in_review", "reasons": [], "account": null, "poll_after_s": 30, "steps": [
            { "kind": "received", "state": "done", "since": "-5", "expected_by": null },
            { "kind": "compared", "state": "done", "since": "-3", "expected_by": null },
            { "kind": "reviewed", "state": "current", "since": "-3", "expected_by": "+172800" },
            { "kind": "account_made", "state": "ahead", "since": null, "expected_by": null },
        ] })
        }
        "activation" | "recovery" => json!({ "id": ID, "state": "comparing", "since": "-5", "expected_by": "+172800",
            "reasons": [], "poll_after_s": 30 }),
        "code_needed" => json!(["sms"]),
        "account" => json!({ "account": ID, "level": "level1", "device": ID, "lock": null, "channels": ["sms"],
            "cool_down_until": null, "card_expires": "2036-11-25" }),
        "privacy" => json!({ "consents": [
            { "purpose": "identity", "terms": 1, "given_at": "-86400" },
            { "purpose": "portrait", "terms": 1, "given_at": "-86400" },
            { "purpose": "diagnostics", "terms": 1, "given_at": "-86400" },
        ], "export": null, "deletion": null }),
        "withdrawn" => json!({ "purpose": "diagnostics", "withdrawn_at": "+0", "ends_account_at": null }),
        "export" => json!({ "id": ID, "requested_at": "+0", "expected_by": "+86400" }),
        "deletion" => json!({ "requested_at": "+0", "effective_at": "+2592000" }),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use citizen_protocol::wire::UnixTime;

    use super::super::outcome::read;
    use super::sample_names;

    #[test]
    fn every_sample_is_of_the_contract() {
        for name in sample_names() {
            let read = read(&format!("\"{name}\""), UnixTime(1_795_568_400));
            assert!(read.is_ok(), "{name}: {read:?}");
        }
    }
}
