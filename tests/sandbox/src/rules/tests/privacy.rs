use citizen_protocol::wire::{
    CardSource, Code, Deletion, DeletionRequest, Export, ExportRequest, PrivacyStatus, PrivacyStatusRequest, Problem,
    TokenRequest,
};

use crate::population::Kind;
use crate::rules::testing::{PASSWORD, Phone, World};
use crate::rules::{cleaning, deletions, desk, privacy, sessions};

const DAY_S: u64 = 86_400;

fn status(world: &mut World, phone: &Phone) -> Result<PrivacyStatus, Problem> {
    world.run(|work| privacy::status(work, &phone.caller, PrivacyStatusRequest {}))
}

fn export(world: &mut World, phone: &Phone) -> Export {
    world.run(|work| privacy::export(work, &phone.caller, ExportRequest {})).unwrap()
}

fn delete(world: &mut World, phone: &Phone) -> Deletion {
    world.run(|work| deletions::delete(work, &phone.caller, DeletionRequest {})).unwrap()
}

#[test]
fn an_export_goes_to_the_accounts_address_says_how_much_of_what_is_kept_and_no_value() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let asked = export(&mut world, &phone);
    assert_eq!((asked.requested_at, asked.expected_by), (world.now, world.now.plus(3 * DAY_S)));
    let letter = world.last_message_to(&citizen.phone);
    assert!(letter.contains(&asked.id.to_string()), "{letter}");
    for kind in [
        "account 1",
        "phones 1",
        "list of devices 1",
        "consents 2",
        "registrations 1",
        "password resets 0",
        "moves to another phone 0",
    ] {
        assert!(letter.contains(kind), "{kind}: {letter}");
    }
    for value in [&citizen.number, &citizen.name, &citizen.phone, &citizen.address] {
        assert!(!letter.contains(value.as_str()), "{letter}");
    }
    assert!(letter.is_ascii());
    assert_eq!(status(&mut world, &phone).unwrap().export, Some(asked));
}

#[test]
fn an_export_asked_for_again_within_a_day_is_the_same_and_sends_nothing() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let (first, sent) = (export(&mut world, &phone), world.count("SELECT COUNT(*) FROM messages"));
    world.later(DAY_S - 1);
    assert_eq!(export(&mut world, &phone), first);
    assert_eq!(world.count("SELECT COUNT(*) FROM messages"), sent);
    world.later(1);
    let second = export(&mut world, &phone);
    assert_ne!(second.id, first.id);
    assert_eq!(status(&mut world, &phone).unwrap().export, Some(second));
}

#[test]
fn a_deletion_is_noted_once_and_the_holder_hears_of_it() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    assert_eq!(status(&mut world, &phone).unwrap().deletion, None);
    let asked = delete(&mut world, &phone);
    assert_eq!((asked.requested_at, asked.effective_at), (world.now, world.now.plus(30 * DAY_S)));
    assert!(world.last_message_to(&citizen.phone).contains("deletion of your account"));
    let sent = world.count("SELECT COUNT(*) FROM messages");
    world.later(100);
    assert_eq!(delete(&mut world, &phone), asked);
    assert_eq!(world.count("SELECT COUNT(*) FROM messages"), sent);
    assert_eq!(status(&mut world, &phone).unwrap().deletion, Some(asked));
}

#[test]
fn after_thirty_days_all_that_names_the_account_is_gone_and_its_number_can_begin_anew() {
    let mut world = World::new();
    let (citizen, other) = (world.citizen(Kind::Plain, 0), world.citizen(Kind::Plain, 1));
    let phone = world.holder(&citizen);
    let neighbour = world.holder(&other);
    world.sign_in(&phone, &citizen, "something else").unwrap_err();
    world.sign_in(&phone, &citizen, PASSWORD).unwrap();
    let stranger = world.phone();
    world.sign_in(&stranger, &citizen, "something else").unwrap_err();
    world.password(&phone, PASSWORD, false).unwrap();
    world.portrait(&phone);
    export(&mut world, &phone);
    delete(&mut world, &phone);
    world.later(30 * DAY_S - 1);
    world.run(cleaning::clean).unwrap();
    assert_eq!(world.count("SELECT COUNT(*) FROM accounts"), 2, "a second too early");
    world.later(1);
    world.run(cleaning::clean).unwrap();
    assert!(world.last_message_to(&citizen.phone).contains("Your account was deleted"));
    // What is left is the neighbour's, and the stranger's phone.
    for (table, left) in [
        ("accounts", 1),
        ("account_phones", 1),
        ("phones", 2),
        ("ledger", 1),
        ("consents", 2),
        ("applications", 1),
        ("portraits", 0),
        ("portrait_parts", 0),
        ("exports", 0),
        ("deletions", 0),
        ("tries", 0),
        ("passwords", 0),
        ("sessions", 0),
    ] {
        assert_eq!(world.count(&format!("SELECT COUNT(*) FROM {table}")), left, "{table}");
    }
    assert_eq!(status(&mut world, &phone).unwrap_err().code, Code::TokenExpired);
    let renewed = world.code(|work| sessions::renew(work, &phone.caller, TokenRequest { generation: 1 }));
    assert_eq!(renewed, Code::NotTheDevice);
    world.sign_in(&neighbour, &other, PASSWORD).unwrap();
    let again = world.phone();
    assert!(world.apply(&again, &citizen, CardSource::Scanned).account.is_some());
}

#[test]
fn a_phone_that_is_another_accounts_by_now_stays_when_the_first_one_is_deleted() {
    let mut world = World::new();
    let (first, second) = (world.citizen(Kind::Plain, 0), world.citizen(Kind::Plain, 1));
    let phone = world.holder(&first);
    delete(&mut world, &phone);
    let request = desk::OfAccount { id_number: first.number.clone() };
    world.run(|work| desk::reset_device(work, request)).unwrap();
    world.later(120);
    assert!(world.apply(&phone, &second, CardSource::Scanned).account.is_some());
    world.later(30 * DAY_S);
    world.run(cleaning::clean).unwrap();
    assert_eq!((world.count("SELECT COUNT(*) FROM accounts"), world.count("SELECT COUNT(*) FROM phones")), (1, 1));
    world.sign_in(&phone, &second, PASSWORD).unwrap();
}

#[test]
fn what_needs_a_session_says_so() {
    let mut world = World::new();
    let phone = world.phone();
    let caller = &phone.caller;
    assert_eq!(world.code(|work| privacy::status(work, caller, PrivacyStatusRequest {})), Code::TokenNeeded);
    assert_eq!(world.code(|work| privacy::export(work, caller, ExportRequest {})), Code::TokenNeeded);
    assert_eq!(world.code(|work| deletions::delete(work, caller, DeletionRequest {})), Code::TokenNeeded);
}
