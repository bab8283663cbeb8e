//! A citizen who registers from outside, and what is found of it afterwards.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_protocol::wire::CardSource;
use citizen_sandbox::{Citizen, Kind, Population, Sandbox};
use ring::digest::{SHA256, digest};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Value, json};

use crate::client::Reply;
use crate::phone::Session;
use crate::{folder, sandbox};

const PASSWORD: &str = "bốn con voi qua cầu";

pub(crate) fn ok(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{:?}", reply.json());
    reply.json()
}

fn post(session: &mut Session<'_>, target: &str, body: &Value) -> Value {
    let draft = session.draft("POST", target, Some(body));
    ok(&session.send(&draft))
}

pub(crate) fn get(session: &mut Session<'_>, target: &str) -> Reply {
    let draft = session.draft("GET", target, None);
    session.send(&draft)
}

/// A citizen of the seed that every sandbox has, if nothing else is asked for.
fn citizen() -> Citizen {
    Population::default().of(Kind::Plain, 0)
}

/// A code that was sent to the citizen and given.
fn proven(session: &mut Session<'_>, purpose: &str, subject: &Value, address: &str) -> Value {
    let request = json!({
        "purpose": purpose, "channel": "sms", "subject": subject, "platform": { "kind": "plain" },
        "context": { "device": "Hươu Sao 5", "place": null },
    });
    let challenge = post(session, "/v1/otp-challenges", &request)["id"].clone();
    let body = session.sandbox.messages(address).last().unwrap().body.clone();
    let target = format!("/v1/otp-challenges/{}/verify", challenge.as_str().unwrap());
    post(session, &target, &json!({ "code": &body[..6] }));
    challenge
}

fn portrait(session: &mut Session<'_>) -> Value {
    let bytes = vec![7; 1_500];
    let sha256 = URL_SAFE_NO_PAD.encode(digest(&SHA256, &bytes));
    let portrait = post(session, "/v1/portraits", &json!({ "size": bytes.len(), "sha256": sha256 }))["id"].clone();
    let mut part = session.draft("PUT", &format!("/v1/portraits/{}/parts/0", portrait.as_str().unwrap()), None);
    (part.body, part.media_type) = (bytes, "application/octet-stream");
    ok(&session.send(&part));
    portrait
}

fn new_password(session: &mut Session<'_>) -> Value {
    let given = json!({ "password": PASSWORD, "personal": [], "is_new": true });
    post(session, "/v1/passwords", &given)["id"].clone()
}

pub(crate) fn apply(session: &mut Session<'_>, citizen: &Citizen) -> Value {
    let subject = json!({ "kind": "address", "address": citizen.phone });
    let code = proven(session, "register", &subject, &citizen.phone);
    let (password, portrait) = (new_password(session), portrait(session));
    let card = citizen.details(CardSource::Scanned);
    let consent = |purpose| json!({ "purpose": purpose, "terms": 1, "given_at": 0 });
    let consents = [consent("identity"), consent("portrait")];
    let request = json!({
        "card": card, "otp_challenges": [code], "password": password, "portrait": portrait, "consents": consents,
    });
    post(session, "/v1/applications", &request)
}

#[test]
fn whoever_lost_the_answer_asks_for_the_current_application_or_recovery() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let mut session = Session::registered(&sandbox);
    for target in ["/v1/applications/current", "/v1/recoveries/current"] {
        assert_eq!(get(&mut session, target).code(), "not_found", "{target}");
    }
    let applied = apply(&mut session, &citizen());
    assert_eq!(ok(&get(&mut session, "/v1/applications/current")), applied);

    sandbox.advance(300).unwrap();
    let number = citizen().number;
    let subject = json!({ "kind": "account", "id_number": number });
    let code = proven(&mut session, "recover", &subject, &citizen().phone);
    let (password, portrait) = (new_password(&mut session), portrait(&mut session));
    let request = json!({ "id_number": number, "otp_challenge": code, "portrait": portrait, "password": password });
    let recovery = post(&mut session, "/v1/recoveries", &request);
    assert_eq!(ok(&get(&mut session, "/v1/recoveries/current")), recovery);
    let mut stranger = Session::registered(&sandbox);
    for target in ["/v1/applications/current", "/v1/recoveries/current"] {
        assert_eq!(get(&mut stranger, target).code(), "not_found", "{target}");
    }
}

/// Everything that the database holds, as bytes.
fn values(sandbox: &Sandbox) -> Vec<Vec<u8>> {
    let db = Connection::open(sandbox.data().join("sandbox.db")).unwrap();
    let mut names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let mut values = Vec::new();
    for table in tables {
        let mut all = db.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let columns = all.column_count();
        let mut rows = all.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column).unwrap() {
                    values.push(bytes.to_vec());
                }
            }
        }
    }
    values
}

/// Not even among the answers that are kept for a repetition: a repetition gets another token, which holds as well.
#[test]
fn no_access_token_is_in_the_database() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let mut session = Session::registered(&sandbox);
    apply(&mut session, &citizen());
    let sign_in = json!({ "id_number": citizen().number, "password": PASSWORD, "otp_challenge": null });
    let mut tokens = Vec::new();
    for (target, body) in [("/v1/sign-ins", sign_in), ("/v1/tokens", json!({ "generation": 0 }))] {
        let mut draft = session.draft("POST", target, Some(&body));
        for _ in 0..2 {
            let answer = ok(&session.send(&draft));
            let token = answer.pointer("/session/access_token").or(answer.get("access_token")).unwrap();
            tokens.push(token.as_str().unwrap().to_owned());
            draft.nonce = session.nonce();
        }
    }
    let values = values(&sandbox);
    assert!(values.contains(&citizen().number.into_bytes()), "the search finds what is there");
    for token in &tokens {
        assert!(!values.iter().any(|value| value.windows(token.len()).any(|part| part == token.as_bytes())));
        let mut draft = session.draft("GET", "/v1/account", None);
        draft.token = Some(token.clone());
        ok(&session.send(&draft));
    }
}
