use citizen_protocol::ledger::{Entry, Kind as Change};
use citizen_protocol::wire::{
    AccountLevel, Activation, ActivationReason, ActivationReasonCode, ActivationRequest, ActivationState,
    ActivationStatusRequest, CardSource, Code, CurrentActivationRequest, Id, LockedBy, OtpPurpose, Problem, Purpose,
    Remedy,
};

use crate::population::{Citizen, Kind, PortraitOutcome};
use crate::rules::accounts::Account;
use crate::rules::desk::cases::{CaseKind, QueueRequest};
use crate::rules::desk::{self, Decide, EnrolInPerson, IdentifiedInPerson, LockAccount, RejectActivation};
use crate::rules::testing::{PASSWORD, Phone, World, for_account, to_prove};
use crate::rules::{activations, cleaning, recoveries};

const NEW: &str = "năm chiếc thuyền giấy";

fn identify(world: &mut World, citizen: &Citizen, address: &str) {
    let (phone, email) =
        if address.contains('@') { (None, Some(address.into())) } else { (Some(address.into()), None) };
    let request = IdentifiedInPerson { id_number: citizen.number.clone(), phone, email };
    let said = world.run(|work| desk::identified(work, request)).unwrap();
    assert_eq!(said.expires_at, world.now.plus(30 * 86_400));
}

fn request(world: &mut World, phone: &Phone, citizen: &Citizen, address: &str) -> ActivationRequest {
    world.later(300);
    let otp_challenge = world.proven(phone, to_prove(OtpPurpose::Activate, address), address);
    let (portrait, password) = (world.portrait(phone), world.password(phone, NEW, true).unwrap());
    let consents = vec![world.consent(Purpose::Identity), world.consent(Purpose::Portrait)];
    ActivationRequest { id_number: citizen.number.clone(), otp_challenge, password, portrait, consents }
}

fn activate(world: &mut World, phone: &Phone, citizen: &Citizen, address: &str) -> Result<Activation, Problem> {
    let request = request(world, phone, citizen, address);
    world.run(|work| activations::activate(work, &phone.caller, request))
}

fn status(world: &mut World, phone: &Phone, activation: Id) -> Result<Activation, Problem> {
    world.run(|work| activations::status(work, &phone.caller, ActivationStatusRequest { activation }))
}

fn current(world: &mut World, phone: &Phone) -> Result<Activation, Problem> {
    world.run(|work| activations::current(work, &phone.caller, CurrentActivationRequest {}))
}

fn account(world: &mut World, citizen: &Citizen) -> Account {
    world.run(|work| Account::by_number(work, &citizen.number)).unwrap().unwrap()
}

fn changes(world: &World) -> Vec<Change> {
    let mut query = world.db.prepare("SELECT bytes FROM ledger ORDER BY account, seq").unwrap();
    let entries = query.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    entries.map(|bytes| Entry::decode(&bytes.unwrap()).unwrap().kind).collect()
}

/// The portrait's next comparison says this.
fn seed(world: &World, citizen: &Citizen, outcome: PortraitOutcome) {
    let sql = "UPDATE records SET portrait_outcome = ?2, portraits_seen = 0 WHERE number = ?1";
    world.db.execute(sql, [&citizen.number, outcome.name()]).unwrap();
}

fn refused_for(activation: &Activation) -> (ActivationReasonCode, Remedy) {
    assert_eq!((activation.state, activation.expected_by), (ActivationState::Refused, None));
    let [reason] = activation.reasons[..] else { panic!("{:?}", activation.reasons) };
    (reason.code, reason.remedy)
}

#[test]
fn whoever_was_identified_in_person_gets_an_account_of_level_2_bound_to_this_phone() {
    let mut world = World::new();
    let (citizen, phone) = (world.citizen(Kind::Plain, 0), world.phone());
    identify(&mut world, &citizen, &citizen.phone);
    assert!(world.last_message_to(&citizen.phone).contains("identified in person"));
    let activation = activate(&mut world, &phone, &citizen, &citizen.phone).unwrap();
    assert_eq!((activation.state, activation.reasons.len()), (ActivationState::Done, 0));
    assert!(world.last_message_to(&citizen.phone).contains("activated for level 2"));
    let made = account(&mut world, &citizen);
    assert_eq!((made.level, made.phone), (AccountLevel::Level2, phone.caller.device));
    assert_eq!((made.sms.as_deref(), made.email), (Some(citizen.phone.as_str()), None));
    assert_eq!(changes(&world), [Change::Office]);
    world.sign_in(&phone, &citizen, NEW).unwrap();
    assert_eq!(status(&mut world, &phone, activation.id), Ok(activation.clone()));
    assert_eq!(current(&mut world, &phone), Ok(activation));
    assert_eq!(world.count("SELECT COUNT(*) FROM portraits"), 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM activations WHERE password IS NOT NULL"), 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM identifications"), 0, "it has served");
}

#[test]
fn an_account_of_level_1_is_raised_on_its_own_phone_with_the_new_password_and_address() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    world.sign_in(&phone, &citizen, PASSWORD).unwrap();
    identify(&mut world, &citizen, &citizen.email);
    let done = activate(&mut world, &phone, &citizen, &citizen.email).unwrap();
    assert_eq!(done.state, ActivationState::Done);
    let raised = account(&mut world, &citizen);
    assert_eq!((raised.level, raised.phone), (AccountLevel::Level2, phone.caller.device));
    assert_eq!((raised.sms.as_deref(), raised.email.as_deref()), (Some(&*citizen.phone), Some(&*citizen.email)));
    assert_eq!((changes(&world), raised.cool_down_until), (vec![Change::Enrol], None), "the phone did not change");
    assert_eq!(world.count("SELECT COUNT(*) FROM sessions"), 0);
    for address in [&citizen.phone, &citizen.email] {
        assert!(world.last_message_to(address).contains("activated for level 2"));
    }
    assert_eq!(world.sign_in(&phone, &citizen, PASSWORD).unwrap_err().code, Code::WrongCredentials);
    world.sign_in(&phone, &citizen, NEW).unwrap();
}

#[test]
fn an_account_without_a_phone_is_bound_and_cools_down() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    world.holder(&citizen);
    let reset = desk::OfAccount { id_number: citizen.number.clone() };
    world.run(|work| desk::reset_device(work, reset)).unwrap();
    let phone = world.phone();
    identify(&mut world, &citizen, &citizen.phone);
    activate(&mut world, &phone, &citizen, &citizen.phone).unwrap();
    let raised = account(&mut world, &citizen);
    assert_eq!((raised.phone, raised.cool_down_until), (phone.caller.device, Some(world.now.plus(86_400))));
    assert_eq!(changes(&world), [Change::Enrol, Change::Freeze, Change::Unfreeze, Change::Office]);
}

#[test]
fn who_was_not_identified_is_told_to_go_there_and_another_address_to_use_the_one_given_there() {
    use ActivationReasonCode::{AddressDiffers, NotIdentified, RequestExpired};
    let mut world = World::new();
    let (citizen, phone) = (world.citizen(Kind::Plain, 0), world.phone());
    let other = world.citizen(Kind::Plain, 1).phone;
    let refused = activate(&mut world, &phone, &citizen, &citizen.phone).unwrap();
    assert_eq!(refused_for(&refused), (NotIdentified, Remedy::Office));
    identify(&mut world, &citizen, &citizen.phone);
    let refused = activate(&mut world, &phone, &citizen, &other).unwrap();
    assert_eq!(refused_for(&refused), (AddressDiffers, Remedy::CorrectEntry));
    let refused = activate(&mut world, &phone, &citizen, &citizen.email).unwrap();
    assert_eq!(refused_for(&refused), (AddressDiffers, Remedy::CorrectEntry));
    world.later(30 * 86_400);
    world.run(cleaning::clean).unwrap();
    let refused = activate(&mut world, &phone, &citizen, &citizen.phone).unwrap();
    assert_eq!(refused_for(&refused), (RequestExpired, Remedy::Office));
    assert_eq!(world.count("SELECT COUNT(*) FROM accounts"), 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM portraits"), 0);
    identify(&mut world, &citizen, &citizen.phone);
    assert_eq!(activate(&mut world, &phone, &citizen, &citizen.phone).unwrap().state, ActivationState::Done);
}

#[test]
fn what_ended_long_ago_is_forgotten() {
    let mut world = World::new();
    let (citizen, phone) = (world.citizen(Kind::Plain, 0), world.phone());
    identify(&mut world, &citizen, &citizen.phone);
    let other = world.citizen(Kind::Plain, 1).phone;
    activate(&mut world, &phone, &citizen, &other).unwrap();
    world.later(119 * 86_400);
    world.run(cleaning::clean).unwrap();
    assert_eq!(world.count("SELECT COUNT(*) FROM activations"), 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM identifications"), 1);
    world.later(2 * 86_400);
    world.run(cleaning::clean).unwrap();
    assert_eq!(world.count("SELECT COUNT(*) FROM identifications"), 0);
}

#[test]
fn what_has_level_2_is_told_to_sign_in_and_what_is_on_another_phone_to_go_to_the_office() {
    let mut world = World::new();
    let (active, bound) = (world.citizen(Kind::Plain, 0), world.citizen(Kind::Plain, 1));
    let phone = world.phone();
    let enrol = EnrolInPerson { id_number: active.number.clone(), phone: None, email: None };
    world.run(|work| desk::enrol_in_person(work, enrol)).unwrap();
    let refused = activate(&mut world, &phone, &active, &active.phone).unwrap();
    assert_eq!(refused_for(&refused), (ActivationReasonCode::AlreadyActive, Remedy::SignIn));
    world.holder(&bound);
    identify(&mut world, &bound, &bound.phone);
    let refused = activate(&mut world, &phone, &bound, &bound.phone).unwrap();
    assert_eq!(refused_for(&refused), (ActivationReasonCode::OnAnotherPhone, Remedy::Office));
    assert_eq!(account(&mut world, &bound).level, AccountLevel::Level1);
}

/// That an account exists, is locked or is active is for who has the address that was given at the office.
#[test]
fn a_stranger_with_an_address_of_their_own_learns_nothing_of_the_account() {
    let mut world = World::new();
    let (citizen, stranger) = (world.citizen(Kind::Plain, 0), world.phone());
    let address = world.citizen(Kind::Plain, 1).phone;
    let without = activate(&mut world, &stranger, &citizen, &address).unwrap();
    world.holder(&citizen);
    let with = activate(&mut world, &stranger, &citizen, &address).unwrap();
    let lock = LockAccount { id_number: citizen.number.clone(), by: LockedBy::Office };
    world.run(|work| desk::lock(work, lock)).unwrap();
    let locked = activate(&mut world, &stranger, &citizen, &address).unwrap();
    for activation in [without, with, locked] {
        assert_eq!(refused_for(&activation), (ActivationReasonCode::NotIdentified, Remedy::Office));
    }
    identify(&mut world, &citizen, &citizen.phone);
    let owner = activate(&mut world, &stranger, &citizen, &citizen.phone).unwrap();
    assert_eq!(refused_for(&owner).0, ActivationReasonCode::OnAnotherPhone);
}

#[test]
fn a_locked_account_is_not_activated() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    identify(&mut world, &citizen, &citizen.phone);
    seed(&world, &citizen, PortraitOutcome::Desk);
    let waiting = activate(&mut world, &phone, &citizen, &citizen.phone).unwrap();
    let lock = LockAccount { id_number: citizen.number.clone(), by: LockedBy::Office };
    world.run(|work| desk::lock(work, lock)).unwrap();
    let id = waiting.id;
    assert_eq!(world.code(|work| desk::approve_activation(work, Decide { id })), Code::AccountLocked);
    let code = ActivationReasonCode::PortraitDiffers;
    let reasons = vec![ActivationReason { code, remedy: Remedy::Office }];
    world.run(|work| desk::reject_activation(work, RejectActivation { id, reasons })).unwrap();
    assert_eq!(activate(&mut world, &phone, &citizen, &citizen.phone).unwrap_err().code, Code::AccountLocked);
    assert_eq!(account(&mut world, &citizen).level, AccountLevel::Level1);
}

#[test]
fn a_portrait_that_does_not_match_changes_nothing_and_says_why() {
    let cases = [
        (PortraitOutcome::Differs, ActivationReasonCode::PortraitDiffers, Remedy::Office),
        (PortraitOutcome::UnusableOnce, ActivationReasonCode::PortraitUnusable, Remedy::NewPortrait),
    ];
    for (outcome, code, remedy) in cases {
        let mut world = World::new();
        let (citizen, phone) = (world.citizen(Kind::Plain, 0), world.phone());
        identify(&mut world, &citizen, &citizen.phone);
        seed(&world, &citizen, outcome);
        let refused = activate(&mut world, &phone, &citizen, &citizen.phone).unwrap();
        assert_eq!(refused_for(&refused), (code, remedy));
        assert!(world.last_message_to(&citizen.phone).contains("activation was refused"));
        assert_eq!(world.count("SELECT COUNT(*) FROM accounts"), 0);
        assert_eq!(world.count("SELECT COUNT(*) FROM portraits"), 0);
    }
}

#[test]
fn an_officer_decides_what_waits_and_another_phone_waits_for_that() {
    let mut world = World::new();
    let (citizen, phone, other) = (world.citizen(Kind::NeedsDesk, 0), world.phone(), world.phone());
    identify(&mut world, &citizen, &citizen.phone);
    let waiting = activate(&mut world, &phone, &citizen, &citizen.phone).unwrap();
    assert_eq!((waiting.state, waiting.poll_after_s), (ActivationState::Comparing, 30));
    assert_eq!(waiting.expected_by, Some(world.now.plus(172_800)));
    assert_eq!(activate(&mut world, &phone, &citizen, &citizen.phone).unwrap(), waiting, "the same phone again");
    assert_eq!(activate(&mut world, &other, &citizen, &citizen.phone).unwrap_err().code, Code::ApplicationOpen);
    assert_eq!(status(&mut world, &other, waiting.id).unwrap_err().code, Code::NotFound);
    assert_eq!(current(&mut world, &other).unwrap_err().code, Code::NotFound);
    let cases = world.run(|work| desk::queue(work, QueueRequest {})).unwrap().cases;
    assert_eq!((cases.len(), cases[0].kind, cases[0].id), (1, CaseKind::Activation, waiting.id));
    assert!(world.run(|work| desk::portrait(work, cases[0].portrait.unwrap())).is_ok());
    let id = waiting.id;
    let empty = RejectActivation { id, reasons: vec![] };
    assert_eq!(world.code(|work| desk::reject_activation(work, empty)), Code::BadRequest);
    world.run(|work| desk::approve_activation(work, Decide { id })).unwrap();
    assert_eq!(current(&mut world, &phone).unwrap().state, ActivationState::Done);
    assert_eq!(world.code(|work| desk::approve_activation(work, Decide { id })), Code::Conflict);
}

#[test]
fn with_a_waiting_time_the_comparison_is_decided_by_itself_and_looks_again() {
    let mut world = World::new();
    let (citizen, phone) = (world.citizen(Kind::Plain, 0), world.phone());
    world.db.execute("UPDATE policy SET value = 20 WHERE name = 'automatic_review_s'", []).unwrap();
    identify(&mut world, &citizen, &citizen.phone);
    let waiting = activate(&mut world, &phone, &citizen, &citizen.phone).unwrap();
    assert_eq!((waiting.state, waiting.poll_after_s), (ActivationState::Comparing, 5));
    // Meanwhile the phone becomes another citizen's.
    let other = world.citizen(Kind::Plain, 1);
    world.db.execute("UPDATE policy SET value = 0 WHERE name = 'automatic_review_s'", []).unwrap();
    assert!(world.apply(&phone, &other, CardSource::Scanned).account.is_some());
    world.later(20);
    world.run(cleaning::clean).unwrap();
    let refused = status(&mut world, &phone, waiting.id).unwrap();
    assert_eq!(refused_for(&refused), (ActivationReasonCode::OnAnotherPhone, Remedy::Office));
    assert_eq!(activate(&mut world, &phone, &citizen, &citizen.phone).unwrap_err().code, Code::KeyInUse);
    let fresh = world.phone();
    world.db.execute("UPDATE policy SET value = 20 WHERE name = 'automatic_review_s'", []).unwrap();
    let waiting = activate(&mut world, &fresh, &citizen, &citizen.phone).unwrap();
    world.later(20);
    world.run(cleaning::clean).unwrap();
    assert_eq!(status(&mut world, &fresh, waiting.id).unwrap().state, ActivationState::Done);
}

/// Whoever asked for another password meanwhile must not overwrite the one that was activated with.
#[test]
fn an_open_recovery_ends_with_the_activation() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let (phone, thief) = (world.holder(&citizen), world.phone());
    seed(&world, &citizen, PortraitOutcome::Desk);
    world.later(300);
    let otp_challenge = world.proven(&thief, for_account(OtpPurpose::Recover, &citizen.number), &citizen.phone);
    let (portrait, password) = (world.portrait(&thief), world.password(&thief, PASSWORD, true).unwrap());
    let id_number = citizen.number.clone();
    let recovery = citizen_protocol::wire::RecoveryRequest { id_number, otp_challenge, portrait, password };
    let id = world.run(|work| recoveries::recover(work, &thief.caller, recovery)).unwrap().id;
    seed(&world, &citizen, PortraitOutcome::Matches);
    identify(&mut world, &citizen, &citizen.phone);
    activate(&mut world, &phone, &citizen, &citizen.phone).unwrap();
    assert_eq!(world.code(|work| desk::approve_recovery(work, Decide { id })), Code::Conflict);
    world.sign_in(&phone, &citizen, NEW).unwrap();
}

#[test]
fn what_an_activation_cites_has_to_be_there_and_a_refusal_uses_nothing_up() {
    let mut world = World::new();
    let (citizen, phone) = (world.citizen(Kind::Plain, 0), world.phone());
    identify(&mut world, &citizen, &citizen.phone);
    let good = request(&mut world, &phone, &citizen, &citizen.phone);
    let register = world.proven(&phone, crate::rules::testing::register(&citizen.phone), &citizen.phone);
    let nothing = Id([9; 16]);
    let cases = [
        (ActivationRequest { id_number: "12".into(), ..good.clone() }, Code::FieldsWrong),
        (ActivationRequest { otp_challenge: register, ..good.clone() }, Code::OtpGone),
        (ActivationRequest { password: nothing, ..good.clone() }, Code::PasswordGone),
        (ActivationRequest { portrait: nothing, ..good.clone() }, Code::PortraitGone),
    ];
    for (request, code) in cases {
        assert_eq!(world.code(|work| activations::activate(work, &phone.caller, request)), code);
    }
    let done = world.run(|work| activations::activate(work, &phone.caller, good)).unwrap();
    assert_eq!(done.state, ActivationState::Done);
}

#[test]
fn an_office_identifies_only_who_is_on_record_and_lives_and_needs_an_address() {
    let mut world = World::new();
    let of = |citizen: &Citizen, phone: Option<&str>, email: Option<&str>| IdentifiedInPerson {
        id_number: citizen.number.clone(),
        phone: phone.map(Into::into),
        email: email.map(Into::into),
    };
    let plain = world.citizen(Kind::Plain, 0);
    for kind in [Kind::Deceased, Kind::Absent] {
        let citizen = world.citizen(kind, 0);
        let request = of(&citizen, Some(&citizen.phone), None);
        assert_eq!(world.code(|work| desk::identified(work, request)), Code::NotFound, "{kind:?}");
    }
    for request in [of(&plain, None, None), of(&plain, Some("12"), None), of(&plain, None, Some("a@b"))] {
        assert_eq!(world.code(|work| desk::identified(work, request)), Code::BadRequest);
    }
    let request = of(&plain, Some(&plain.phone), Some(&plain.email));
    world.run(|work| desk::identified(work, request)).unwrap();
    for address in [&plain.phone, &plain.email] {
        let letter = world.last_message_to(address);
        assert!(letter.contains("2026-12-25") && !letter.contains(&plain.number), "{letter}");
    }
}
