use citizen_protocol::wire::{
    ApplicationState, CardSource, Code, Consent, PolicyRequest, PrivacyStatusRequest, Purpose, UnixTime,
    WithdrawConsentRequest, Withdrawal,
};

use crate::population::Kind;
use crate::rules::testing::{Phone, World};
use crate::rules::{applications, consents, policy, privacy};

fn in_force(world: &mut World, phone: &Phone) -> Vec<Consent> {
    world.run(|work| privacy::status(work, &phone.caller, PrivacyStatusRequest {})).unwrap().consents
}

fn withdraw(world: &mut World, phone: &Phone, purpose: Purpose) -> Withdrawal {
    world.run(|work| consents::withdraw(work, &phone.caller, WithdrawConsentRequest { purpose })).unwrap()
}

/// A phone with an account for which everything was agreed to.
fn holder(world: &mut World) -> Phone {
    let (citizen, mut phone) = (world.citizen(Kind::Plain, 0), world.phone());
    let mut request = world.application(&phone, &citizen, CardSource::Scanned);
    request.consents.push(world.consent(Purpose::Diagnostics));
    phone.caller.account = world.run(|work| applications::apply(work, &phone.caller, request)).unwrap().account;
    phone
}

#[test]
fn the_policy_says_what_is_required_how_long_it_is_kept_and_by_whom_it_is_seen() {
    let mut world = World::new();
    let said = world.run(|work| policy::published(work, PolicyRequest {})).unwrap();
    assert_eq!((said.minimum_age, said.terms), (14, 1));
    let required: Vec<_> = said.purposes.iter().map(|it| (it.purpose, it.is_required, it.kept_days)).collect();
    assert_eq!(
        required,
        [(Purpose::Identity, true, None), (Purpose::Portrait, true, Some(30)), (Purpose::Diagnostics, false, Some(90))]
    );
    assert!(said.purposes.iter().all(|it| !it.recipients.is_empty()));
    world.db.execute("UPDATE policy SET value = 16 WHERE name = 'minimum_age'", []).unwrap();
    assert_eq!(world.run(|work| policy::published(work, PolicyRequest {})).unwrap().minimum_age, 16);
}

#[test]
fn without_the_required_consents_to_todays_texts_nobody_is_registered_and_nothing_is_used_up() {
    let mut world = World::new();
    let (citizen, phone) = (world.citizen(Kind::Plain, 0), world.phone());
    let good = world.application(&phone, &citizen, CardSource::Scanned);
    let consent = |purpose, terms| Consent { purpose, terms, given_at: UnixTime(0) };
    let (identity, portrait) = (consent(Purpose::Identity, 1), consent(Purpose::Portrait, 1));
    let cases = [
        (vec![], Code::ConsentNeeded),
        (vec![identity], Code::ConsentNeeded),
        (vec![portrait, consent(Purpose::Diagnostics, 1)], Code::ConsentNeeded),
        (vec![identity, consent(Purpose::Portrait, 2)], Code::ConsentNeeded),
        (vec![identity, portrait, consent(Purpose::Diagnostics, 0)], Code::ConsentNeeded),
        (vec![identity, portrait, portrait], Code::BadRequest),
    ];
    for (consents, code) in cases {
        let request = citizen_protocol::wire::ApplicationRequest { consents, ..good.clone() };
        assert_eq!(world.code(|work| applications::apply(work, &phone.caller, request)), code);
    }
    let state = world.run(|work| applications::apply(work, &phone.caller, good)).unwrap().state;
    assert_eq!(state, ApplicationState::Approved);
}

#[test]
fn new_texts_need_new_consents() {
    let mut world = World::new();
    let (citizen, phone) = (world.citizen(Kind::Plain, 0), world.phone());
    let mut request = world.application(&phone, &citizen, CardSource::Scanned);
    world.db.execute("UPDATE policy SET value = 2 WHERE name = 'terms'", []).unwrap();
    let old = request.clone();
    assert_eq!(world.code(|work| applications::apply(work, &phone.caller, old)), Code::ConsentNeeded);
    request.consents.iter_mut().for_each(|consent| consent.terms = 2);
    world.run(|work| applications::apply(work, &phone.caller, request)).unwrap();
}

#[test]
fn consents_pass_from_the_application_to_its_account_and_none_was_given_later_than_now() {
    let mut world = World::new();
    let (citizen, mut phone) = (world.citizen(Kind::Plain, 0), world.phone());
    let mut request = world.application(&phone, &citizen, CardSource::Scanned);
    request.consents[0].given_at = UnixTime(u64::MAX);
    request.consents[1].given_at = UnixTime(5);
    phone.caller.account = world.run(|work| applications::apply(work, &phone.caller, request)).unwrap().account;
    let given: Vec<_> = in_force(&mut world, &phone).iter().map(|it| (it.purpose, it.given_at)).collect();
    assert_eq!(given, [(Purpose::Identity, world.now), (Purpose::Portrait, UnixTime(5))]);
    assert_eq!(world.count("SELECT COUNT(*) FROM consents"), 2);
}

#[test]
fn an_application_that_stops_or_gives_way_leaves_no_consent() {
    let mut world = World::new();
    let (expired, absent) = (world.citizen(Kind::ExpiredCard, 0), world.citizen(Kind::Absent, 0));
    let phone = world.phone();
    world.apply(&phone, &expired, CardSource::Scanned);
    assert_eq!(world.count("SELECT COUNT(*) FROM consents"), 0);
    world.apply(&phone, &absent, CardSource::Typed);
    world.later(60);
    world.apply(&phone, &absent, CardSource::Typed);
    assert_eq!(world.count("SELECT COUNT(*) FROM consents"), 2);
}

#[test]
fn an_optional_consent_ends_alone_and_a_required_one_ends_the_account() {
    let mut world = World::new();
    let phone = holder(&mut world);
    let ended = withdraw(&mut world, &phone, Purpose::Diagnostics);
    assert_eq!((ended.withdrawn_at, ended.ends_account_at), (world.now, None));
    let left: Vec<_> = in_force(&mut world, &phone).iter().map(|it| it.purpose).collect();
    assert_eq!(left, [Purpose::Identity, Purpose::Portrait]);
    world.later(10);
    assert_eq!(withdraw(&mut world, &phone, Purpose::Diagnostics), ended, "again, it ended when it ended");
    let ended = withdraw(&mut world, &phone, Purpose::Portrait);
    assert_eq!(ended.ends_account_at, Some(world.now.plus(30 * 86_400)));
    world.later(10);
    assert_eq!(withdraw(&mut world, &phone, Purpose::Portrait), ended);
    let other = withdraw(&mut world, &phone, Purpose::Identity);
    assert_eq!(other.ends_account_at, ended.ends_account_at, "the first deletion stays");
    assert!(in_force(&mut world, &phone).is_empty());
}

#[test]
fn without_a_session_nothing_is_withdrawn() {
    let mut world = World::new();
    let phone = world.phone();
    let request = WithdrawConsentRequest { purpose: Purpose::Portrait };
    assert_eq!(world.code(|work| consents::withdraw(work, &phone.caller, request)), Code::TokenNeeded);
}
