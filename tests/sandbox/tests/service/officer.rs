//! What a test in the same program does at the desk, and counts.

use citizen_protocol::wire::{Code, Id, Reason, ReasonCode, Remedy};
use citizen_sandbox::{DeskError, Kind, Population};
use serde_json::json;

use crate::client::Client;
use crate::phone::Session;
use crate::registered::{apply, get, ok};
use crate::{folder, sandbox};

#[test]
fn the_policy_is_told_to_who_has_signed_nothing() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let reply = Client::connect(sandbox.identity()).send("GET", "/v1/policy", &[], b"").unwrap();
    let policy = ok(&reply);
    assert_eq!((policy["minimum_age"].as_u64(), policy["terms"].as_u64()), (Some(14), Some(1)));
    assert_eq!(policy["purposes"].as_array().unwrap().len(), 3);
}

#[test]
fn an_officer_in_the_same_program_rejects_and_approves_what_waits() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let citizen = Population::default().of(Kind::NeedsDesk, 0);
    assert_eq!((sandbox.waiting(), sandbox.applications_of(&citizen.number)), (vec![], 0));
    let mut session = Session::registered(&sandbox);
    let applied = apply(&mut session, &citizen);
    let (case, newest) = (Id::parse(applied["id"].as_str().unwrap()).unwrap(), sandbox.newest_message());
    assert_eq!(sandbox.waiting(), [case]);
    let reason = |note: Option<&str>| {
        vec![Reason { code: ReasonCode::Other, field: None, remedy: Remedy::Office, note: note.map(Into::into) }]
    };
    assert_eq!(sandbox.reject(case, reason(None)), Err(DeskError(Code::BadRequest)));
    sandbox.reject(case, reason(Some("Mời đến công an phường"))).unwrap();
    assert_eq!(sandbox.approve(case), Err(DeskError(Code::NotFound)), "it waits no more");
    let state = ok(&get(&mut session, "/v1/applications/current"));
    assert_eq!(
        (state["state"].as_str(), state["reasons"][0]["note"].as_str()),
        (Some("stopped"), Some("Mời đến công an phường"))
    );
    let messages = sandbox.messages_after(newest);
    assert_eq!((messages.len(), &messages[0].address), (1, &citizen.phone));

    sandbox.advance(300).unwrap();
    let applied = apply(&mut session, &citizen);
    sandbox.approve(Id::parse(applied["id"].as_str().unwrap()).unwrap()).unwrap();
    assert_eq!(ok(&get(&mut session, "/v1/applications/current"))["state"], "approved");
    assert_eq!((sandbox.applications_of(&citizen.number), sandbox.devices_of(&citizen.number)), (2, 1));
    let _another = Session::registered(&sandbox);
    assert_eq!((sandbox.devices(), sandbox.devices_of(&citizen.number)), (2, 1));
}

#[test]
fn an_identification_in_person_sends_the_request_to_activate() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let citizen = Population::default().of(Kind::Plain, 0);
    sandbox.identify_in_person(&citizen.number, &citizen.phone).unwrap();
    sandbox.identify_in_person(&citizen.number, &citizen.email).unwrap();
    assert!(sandbox.messages(&citizen.phone)[0].body.contains("identified in person"));
    assert_eq!(sandbox.messages(&citizen.email).len(), 1);
    assert_eq!(sandbox.identify_in_person("000000000000", &citizen.phone), Err(DeskError(Code::NotFound)));
    let mut session = Session::registered(&sandbox);
    let draft = session.draft("POST", "/v1/activations", Some(&json!({ "id_number": citizen.number })));
    assert_eq!(session.send(&draft).code(), "bad_body");
}
