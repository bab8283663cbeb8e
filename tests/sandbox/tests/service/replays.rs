//! Signed requests: what is refused, and that nothing is accepted twice.

use citizen_protocol::signature::{IdempotencyKey, Nonce};
use citizen_protocol::wire::{Id, UnixTime};
use citizen_sandbox::{Config, Sandbox};
use serde_json::json;

use crate::phone::{Phone, Session, random};
use crate::{NOW, config, folder, sandbox};

#[test]
fn a_request_is_accepted_once_at_once_and_after_a_restart() {
    let folder = folder();
    let first = sandbox(&folder);
    let mut session = Session::registered(&first);
    let challenge = session.challenge();
    let drafts = [
        session.draft("GET", "/v1/trust", None),
        session.draft("POST", "/v1/devices", Some(&session.phone.registration(&challenge))),
        session.draft("POST", "/v1/portraits", Some(&json!({ "size": 5, "sha256": "" }))),
        session.draft("DELETE", "/v1/sessions/current", None),
    ];
    let caught = drafts.map(|draft| session.phone.sign(&draft, first.identity()));
    for request in &caught {
        let code = request.send(&mut session.client).unwrap();
        assert!(code.status == 200 || code.code() != "nonce_used", "{}", request.target);
        assert_eq!(request.send(&mut session.client).unwrap().code(), "nonce_used", "{}", request.target);
    }
    drop(session);
    let port = first.identity().port;
    first.stop();
    let second = Sandbox::start(&Config { port, ..config(&folder) }).unwrap();
    for request in &caught {
        let again = request.send(&mut crate::client::Client::connect(second.identity())).unwrap();
        assert_eq!(again.code(), "nonce_used", "{}", request.target);
    }
    // As long as the nonce's server part holds the nonce is known; then the request is too old.
    second.advance(301).unwrap();
    for request in &caught {
        let again = request.send(&mut crate::client::Client::connect(second.identity())).unwrap();
        assert_eq!(again.code(), "clock_skew", "{}", request.target);
    }
}

#[test]
fn what_is_wrong_with_a_signed_request_is_said() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let mut session = Session::registered(&sandbox);
    let mut draft = session.draft("GET", "/v1/trust", None);
    draft.created = UnixTime(NOW.0 - 301);
    assert_eq!(session.send(&draft).code(), "clock_skew");
    draft.created = UnixTime(NOW.0 + 301);
    assert_eq!(session.send(&draft).code(), "clock_skew");
    draft.created = UnixTime(NOW.0 + 300);
    assert_eq!(session.send(&draft).status, 200);

    let mut draft = session.draft("GET", "/v1/trust", None);
    draft.nonce = Nonce::new("AAAA", random()).unwrap();
    assert_eq!(session.send(&draft).code(), "use_nonce");

    let mut draft = session.draft("DELETE", "/v1/sessions/current", None);
    draft.idempotency_key = None;
    assert_eq!(session.send(&draft).code(), "idempotency_key_needed");
    let draft = session.draft("GET", "/v1/account", None);
    assert_eq!(session.send(&draft).code(), "token_needed");
    let draft = session.draft("GET", "/v1/ledger", None);
    assert_eq!(session.send(&draft).code(), "bad_request");

    let draft = session.draft("GET", "/v1/trust", None);
    let mut stranger = Session { phone: Phone::new(), ..Session::new(&sandbox) };
    assert_eq!(stranger.send(&draft).code(), "unknown_key");
}

#[test]
fn a_changed_request_does_not_hold() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let mut session = Session::registered(&sandbox);
    let draft =
        session.draft("POST", "/v1/passwords", Some(&json!({ "password": "a", "personal": [], "is_new": true })));
    let signed = session.phone.sign(&draft, sandbox.identity());

    let mut changed = signed.clone();
    changed.body[2] ^= 1;
    assert_eq!(changed.send(&mut session.client).unwrap().code(), "bad_signature");
    let mut changed = signed.clone();
    "/v1/portraits".clone_into(&mut changed.target);
    assert_eq!(changed.send(&mut session.client).unwrap().code(), "bad_signature");
    let mut changed = signed.clone();
    let key = IdempotencyKey(Id(random())).header();
    changed.headers.iter_mut().find(|(name, _)| *name == "idempotency-key").unwrap().1 = key;
    assert_eq!(changed.send(&mut session.client).unwrap().code(), "bad_signature");
    let mut changed = signed.clone();
    changed.headers.push(("authorization", "Bearer uncovered".into()));
    assert_eq!(changed.send(&mut session.client).unwrap().code(), "unsigned");
    let mut changed = signed.clone();
    let twice = changed.headers[2].clone();
    changed.headers.push(twice);
    assert_eq!(changed.send(&mut session.client).unwrap().code(), "bad_request");
    assert_ne!(signed.send(&mut session.client).unwrap().status, 401);
}

#[test]
fn a_registration_that_is_repeated_gets_the_same_answer_and_another_one_under_its_key_is_refused() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let mut session = Session::new(&sandbox);
    let challenge = session.challenge();
    let registration = session.phone.registration(&challenge);
    let mut draft = session.draft("POST", "/v1/devices", Some(&registration));
    let first = session.send(&draft);
    assert_eq!(first.status, 200);
    draft.nonce = session.nonce();
    let again = session.send(&draft);
    assert_eq!((again.status, &again.body), (200, &first.body));

    draft.body.push(b' ');
    draft.nonce = session.nonce();
    let other = session.send(&draft);
    assert_eq!((other.status, other.code().as_str()), (422, "idempotency_mismatch"));

    // Kept for 24 hours; then it is a request of its own.
    draft.body.pop();
    sandbox.advance(86_401).unwrap();
    draft.created = sandbox.now();
    draft.nonce = session.nonce();
    assert_ne!(session.send(&draft).status, 200);
}
