use citizen_protocol::wire::{
    AccountLevel, ApplicationState, ApplicationStatusRequest, CardSource, Code, Id, LockedBy, OtpPurpose, Reason,
    ReasonCode, Remedy, SignIn, WireField,
};

use crate::population::Kind;
use crate::rules::desk::cases::{CaseKind, QueueRequest};
use crate::rules::desk::{
    CitizenSearch, Decide, EnrolInPerson, LockAccount, MessagesRequest, OfAccount, Reject, UnlockAccount, UpdateRecord,
    approve_application, enrol_in_person, lock, messages, portrait, queue, reject_application, reject_recovery,
    reset_device, search, unlock, update_record,
};
use crate::rules::testing::{PASSWORD, World, for_account, sign_in_request};
use crate::rules::{applications, sign_in};

#[test]
fn the_queue_shows_what_an_officer_needs_and_approving_makes_the_account() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::NeedsDesk, 0);
    let phone = world.phone();
    let application = world.apply(&phone, &citizen, CardSource::Scanned).id;
    let cases = world.run(|work| queue(work, QueueRequest {})).unwrap().cases;
    assert_eq!(cases.len(), 1);
    let case = &cases[0];
    assert_eq!((case.kind, case.id), (CaseKind::Application, application));
    assert_eq!(case.card.as_ref().unwrap().name, case.record.as_ref().unwrap().name);
    let bytes = world.run(|work| portrait(work, case.portrait.unwrap())).unwrap();
    assert_eq!(bytes.len(), 1_500);
    world.run(|work| approve_application(work, Decide { id: application })).unwrap();
    let request = ApplicationStatusRequest { application };
    let status = world.run(|work| applications::status(work, &phone.caller, request)).unwrap();
    assert_eq!(status.state, ApplicationState::Approved);
    assert_eq!(world.code(|work| portrait(work, case.portrait.unwrap())), Code::NotFound);
    assert_eq!(world.code(|work| approve_application(work, Decide { id: application })), Code::Conflict);
    assert_eq!(world.code(|work| approve_application(work, Decide { id: Id([1; 16]) })), Code::NotFound);
    assert!(world.run(|work| queue(work, QueueRequest {})).unwrap().cases.is_empty());
}

#[test]
fn rejecting_needs_reasons_that_lead_somewhere() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::NeedsDesk, 0);
    let phone = world.phone();
    let id = world.apply(&phone, &citizen, CardSource::Scanned).id;
    let reason = |code, field, remedy| {
        let note = (code == ReasonCode::Other).then(|| "Ảnh bị mờ".to_owned());
        Reason { code, field, remedy, note }
    };
    let portrait = reason(ReasonCode::PortraitDiffers, Some(WireField::Portrait), Remedy::NewPortrait);
    for reasons in [
        vec![],
        vec![portrait.clone(); 11],
        vec![reason(ReasonCode::Other, None, Remedy::CorrectEntry)],
        vec![reason(ReasonCode::Other, Some(WireField::Contact), Remedy::CorrectEntry)],
        vec![reason(ReasonCode::Other, Some(WireField::Name), Remedy::NewPortrait)],
    ] {
        assert_eq!(world.code(|work| reject_application(work, Reject { id, reasons })), Code::BadRequest);
    }
    world.run(|work| reject_application(work, Reject { id, reasons: vec![portrait.clone()] })).unwrap();
    let request = ApplicationStatusRequest { application: id };
    let status = world.run(|work| applications::status(work, &phone.caller, request)).unwrap();
    assert_eq!((status.state, status.reasons), (ApplicationState::Rejected, vec![portrait.clone()]));
    let recovery = Reject { id, reasons: vec![portrait] };
    assert_eq!(world.code(|work| reject_recovery(work, recovery)), Code::NotFound);
}

#[test]
fn an_officers_own_reason_has_words_that_can_be_read_and_they_reach_the_holder() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::NeedsDesk, 0);
    let phone = world.phone();
    let id = world.apply(&phone, &citizen, CardSource::Scanned).id;
    let with = |code, note: Option<&str>| {
        vec![Reason { code, field: None, remedy: Remedy::Office, note: note.map(Into::into) }]
    };
    let long = "ả".repeat(301);
    for note in
        [None, Some(""), Some(" \u{a0}"), Some("hai\ndòng"), Some("hai\u{2028}dòng"), Some("\u{7}"), Some(&*long)]
    {
        let reasons = with(ReasonCode::Other, note);
        assert_eq!(world.code(|work| reject_application(work, Reject { id, reasons })), Code::BadRequest, "{note:?}");
    }
    let reasons = with(ReasonCode::PortraitDiffers, Some(""));
    assert_eq!(world.code(|work| reject_application(work, Reject { id, reasons })), Code::BadRequest);
    let words = "ả".repeat(300);
    let reasons = with(ReasonCode::Other, Some(&words));
    world.run(|work| reject_application(work, Reject { id, reasons })).unwrap();
    let request = ApplicationStatusRequest { application: id };
    let status = world.run(|work| applications::status(work, &phone.caller, request)).unwrap();
    assert_eq!(status.reasons[0].note, Some(words));
}

#[test]
fn an_account_is_unlocked_where_it_was_locked_and_nowhere_else() {
    use LockedBy::{Authority, Expiry, Holder, Hotline, Office};
    for (by, undone_at) in [(Office, Office), (Hotline, Hotline), (Authority, Authority)] {
        let mut world = World::new();
        let citizen = world.citizen(Kind::Plain, 0);
        world.holder(&citizen);
        let id_number = citizen.number;
        let locked = LockAccount { id_number: id_number.clone(), by };
        let summary = world.run(|work| lock(work, locked.clone())).unwrap();
        assert_eq!(summary.lock.unwrap().by, by);
        assert_eq!(world.code(|work| lock(work, locked)), Code::Conflict);
        for elsewhere in [Office, Hotline, Authority, Holder, Expiry].into_iter().filter(|place| *place != undone_at) {
            let request = UnlockAccount { id_number: id_number.clone(), by: elsewhere };
            assert_eq!(world.code(|work| unlock(work, request)), Code::Conflict, "{by:?} at {elsewhere:?}");
        }
        let request = UnlockAccount { id_number, by: undone_at };
        assert_eq!(world.run(|work| unlock(work, request.clone())).unwrap().lock, None);
        assert_eq!(world.code(|work| unlock(work, request)), Code::Conflict, "not locked");
    }
}

#[test]
fn what_the_holder_locked_the_office_unlocks() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let request = citizen_protocol::wire::LockRequest {};
    world.run(|work| crate::rules::accounts::lock(work, &phone.caller, request)).unwrap();
    let at = |by| UnlockAccount { id_number: citizen.number.clone(), by };
    assert_eq!(world.code(|work| unlock(work, at(LockedBy::Hotline))), Code::Conflict);
    world.run(|work| unlock(work, at(LockedBy::Office))).unwrap();
    world.sign_in(&phone, &citizen, PASSWORD).unwrap();
}

#[test]
fn the_desk_knows_no_account_that_is_not_there() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let of = |id_number: &str| OfAccount { id_number: id_number.into() };
    assert_eq!(world.code(|work| reset_device(work, of(&citizen.number))), Code::NotFound);
    assert_eq!(world.code(|work| reset_device(work, of("12"))), Code::FieldsWrong);
    let by_holder = LockAccount { id_number: citizen.number.clone(), by: LockedBy::Holder };
    assert_eq!(world.code(|work| lock(work, by_holder)), Code::BadRequest);
    world.holder(&citizen);
    world.run(|work| reset_device(work, of(&citizen.number))).unwrap();
    assert_eq!(world.code(|work| reset_device(work, of(&citizen.number))), Code::Conflict);
}

#[test]
fn citizens_are_found_by_number_and_by_name() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let found = world.run(|work| search(work, CitizenSearch { text: citizen.number.clone() })).unwrap().citizens;
    assert_eq!((found.len(), &found[0].record.name), (1, &citizen.name));
    assert_eq!(found[0].account.as_ref().map(|account| account.account), phone.caller.account);
    let found = world.run(|work| search(work, CitizenSearch { text: citizen.name.clone() })).unwrap().citizens;
    assert!(found.iter().any(|view| view.record.id_number == citizen.number));
    assert_eq!(world.code(|work| search(work, CitizenSearch { text: "a\0".into() })), Code::BadRequest);
    assert!(world.run(|work| search(work, CitizenSearch { text: "%".into() })).unwrap().citizens.is_empty());
}

#[test]
fn records_take_days_that_exist_and_belong_to_somebody() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let update = |id_number: &str, birth_date: Option<&str>| UpdateRecord {
        id_number: id_number.into(),
        name: None,
        birth_date: birth_date.map(str::to_owned),
        address: None,
        issue_date: None,
        expiry_date: None,
    };
    assert_eq!(world.code(|work| update_record(work, update(&citizen.number, Some("2026-02-30")))), Code::FieldsWrong);
    assert_eq!(world.code(|work| update_record(work, update("999999999999", None))), Code::NotFound);
    let view = world.run(|work| update_record(work, update(&citizen.number, Some("1980-02-29")))).unwrap();
    assert_eq!((view.record.birth_date.as_str(), view.record.name), ("1980-02-29", citizen.name));
}

#[test]
fn messages_are_listed_by_address_and_from_a_number_on() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    world.holder(&citizen);
    let other = world.citizen(Kind::Plain, 1);
    world.holder(&other);
    let list = |world: &mut World, address: Option<&str>, after| {
        let request = MessagesRequest { address: address.map(str::to_owned), after };
        world.run(|work| messages(work, request)).unwrap().messages
    };
    // A code and a notice each.
    assert_eq!(list(&mut world, None, None).len(), 4);
    let local = citizen.phone.replacen("+84", "0", 1);
    let theirs = list(&mut world, Some(&local), None);
    assert_eq!((theirs.len(), &theirs[0].address), (2, &citizen.phone));
    assert_eq!(list(&mut world, Some(&local), Some(theirs[0].seq)), theirs[1..]);
    assert_eq!(list(&mut world, None, Some(theirs[1].seq)).len(), 2);
}

#[test]
fn a_foreigner_is_enrolled_in_person_and_signs_in_with_what_was_sent() {
    let mut world = World::new();
    let foreigner = world.citizen(Kind::Foreigner, 0);
    let request = |id_number: &str| EnrolInPerson {
        id_number: id_number.into(),
        phone: None,
        email: Some("x@example.vn".into()),
    };
    let enrolled = world.run(|work| enrol_in_person(work, request(&foreigner.number))).unwrap().account;
    assert_eq!((enrolled.level, enrolled.device, enrolled.channels.len()), (AccountLevel::Level2, None, 2));
    assert_eq!(world.code(|work| enrol_in_person(work, request(&foreigner.number))), Code::Conflict);
    let nobody = world.citizen(Kind::Deceased, 0).number;
    assert_eq!(world.code(|work| enrol_in_person(work, request(&nobody))), Code::NotFound);
    let bad =
        EnrolInPerson { id_number: world.citizen(Kind::Foreigner, 1).number, phone: Some("1".into()), email: None };
    assert_eq!(world.code(|work| enrol_in_person(work, bad)), Code::BadRequest);

    let list = MessagesRequest { address: Some(foreigner.phone.clone()), after: None };
    let body = world.run(|work| messages(work, list)).unwrap().messages[0].body.clone();
    let password = body.rsplit(' ').next().unwrap().to_owned();
    let phone = world.phone();
    assert!(matches!(world.sign_in(&phone, &foreigner, &password), Ok(SignIn::OtpNeeded { .. })));
    let code = world.proven(&phone, for_account(OtpPurpose::SignIn, &foreigner.number), &foreigner.phone);
    let request = sign_in_request(&foreigner, &password, Some(code));
    let signed_in = world.run(|work| sign_in::sign_in(work, &phone.caller, request)).unwrap();
    assert!(matches!(signed_in, SignIn::SignedIn { account, .. } if account.device == phone.caller.device));
}
