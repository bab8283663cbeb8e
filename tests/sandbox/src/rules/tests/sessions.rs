use citizen_protocol::ledger::{Entry, HeadStatement, Kind as Change, Ledger};
use citizen_protocol::wire::{
    AccountLevel, AccountRequest, Code, LedgerRequest, LockRequest, LockedBy, OtpPurpose, Problem, Session, SignIn,
    SignOutRequest, TokenRequest,
};

use crate::population::Kind;
use crate::rules::testing::{PASSWORD, Phone, World, for_account, sign_in_request};
use crate::rules::{accounts, desk, ledger, sessions, sign_in};

fn renew(world: &mut World, phone: &Phone, generation: u64) -> Result<Session, Problem> {
    world.run(|work| sessions::renew(work, &phone.caller, TokenRequest { generation }))
}

fn is_live(world: &mut World, phone: &Phone, session: &Session) -> bool {
    let device = phone.caller.device.unwrap();
    let token = session.access_token.reveal().to_owned();
    world.run(|work| sessions::account_of(work, &token, device)).is_ok()
}

#[test]
fn the_accounts_own_phone_signs_in_with_the_password_alone() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let Ok(SignIn::SignedIn { session, account }) = world.sign_in(&phone, &citizen, PASSWORD) else {
        panic!("signed in")
    };
    assert_eq!((account.device, account.lock), (phone.caller.device, None));
    assert_eq!(session.expires_at, world.now.plus(900));
    assert_eq!(session.access_token.reveal().len(), 43, "32 bytes");
    let head = HeadStatement::decode(&session.ledger.bytes.0).unwrap();
    assert_eq!((head.account, head.head.seq, head.time), (account.account, 0, world.now));
    assert!(is_live(&mut world, &phone, &session));
    world.later(900);
    assert!(!is_live(&mut world, &phone, &session));
}

#[test]
fn a_wrong_password_and_an_unknown_number_get_the_same_answers_up_to_the_lock() {
    let mut world = World::new();
    let (known, unknown) = (world.citizen(Kind::Plain, 0), world.citizen(Kind::Plain, 1));
    let phone = world.holder(&known);
    for left in [4, 3, 2, 1] {
        let answers = [&known, &unknown].map(|citizen| world.sign_in(&phone, citizen, "something else").unwrap_err());
        assert_eq!(answers[0], answers[1]);
        assert_eq!((answers[0].code, answers[0].attempts_left), (Code::WrongCredentials, Some(left)));
    }
    for _ in 0..2 {
        let answers = [&known, &unknown].map(|citizen| world.sign_in(&phone, citizen, "something else").unwrap_err());
        assert_eq!(answers[0], answers[1]);
        assert_eq!((answers[0].code, answers[0].locked_until), (Code::TriesLocked, Some(world.now.plus(900))));
    }
}

#[test]
fn another_phone_is_told_so_and_only_with_the_right_password() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    world.holder(&citizen);
    let other = world.phone();
    assert_eq!(world.sign_in(&other, &citizen, PASSWORD).unwrap_err().code, Code::OnAnotherPhone);
    assert_eq!(world.sign_in(&other, &citizen, "something else").unwrap_err().code, Code::WrongCredentials);
    let mut nobody = citizen.clone();
    nobody.number = "12".into();
    assert_eq!(world.sign_in(&other, &nobody, PASSWORD).unwrap_err().code, Code::FieldsWrong);
}

#[test]
fn after_an_officers_reset_a_code_binds_the_next_phone_and_it_cools_down() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let old = world.holder(&citizen);
    let new = world.phone();
    let reset = desk::OfAccount { id_number: citizen.number.clone() };
    assert_eq!(world.run(|work| desk::reset_device(work, reset)).unwrap().device, None);
    let needed = world.sign_in(&new, &citizen, PASSWORD).unwrap();
    assert!(matches!(needed, SignIn::OtpNeeded { channels } if channels.len() == 1));

    world.later(60);
    let unproven = world.ask(&new, for_account(OtpPurpose::SignIn, &citizen.number));
    let cite = |challenge| sign_in_request(&citizen, PASSWORD, Some(challenge));
    assert_eq!(world.code(|work| sign_in::sign_in(work, &new.caller, cite(unproven))), Code::OtpUnverified);
    world.later(60);
    let proven = world.proven(&new, for_account(OtpPurpose::SignIn, &citizen.number), &citizen.phone);
    assert_eq!(
        world.code(|work| sign_in::sign_in(work, &old.caller, cite(proven))),
        Code::OtpGone,
        "another phone's code"
    );
    let SignIn::SignedIn { account, .. } = world.run(|work| sign_in::sign_in(work, &new.caller, cite(proven))).unwrap()
    else {
        panic!("signed in")
    };
    assert_eq!((account.device, account.cool_down_until), (new.caller.device, Some(world.now.plus(86_400))));
    // The same again, whose answer was lost: decided again, for no token is kept, and the phone is bound by now.
    let again = world.run(|work| sign_in::sign_in(work, &new.caller, cite(proven))).unwrap();
    assert!(matches!(again, SignIn::SignedIn { account: bound, .. } if bound == account));
    assert_eq!(world.sign_in(&old, &citizen, PASSWORD).unwrap_err().code, Code::OnAnotherPhone);
    assert_eq!(renew(&mut world, &old, 0).unwrap_err().code, Code::NotTheDevice);

    let mut caller = new.caller.clone();
    caller.account = Some(account.account);
    let page = world.run(|work| ledger::page(work, &caller, LedgerRequest { from: 0 })).unwrap();
    let entries: Vec<Entry> = page.entries.iter().map(|entry| Entry::decode(&entry.bytes.0).unwrap()).collect();
    let kinds: Vec<Change> = entries.iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [Change::Enrol, Change::Freeze, Change::Unfreeze, Change::Enrol]);
    let chain = entries.iter().try_fold(Ledger::new(account.account), |chain, entry| chain.append(entry)).unwrap();
    assert_eq!(chain.bound_keys(), entries[3].new_keys);
    let rest = world.run(|work| ledger::page(work, &caller, LedgerRequest { from: 4 })).unwrap();
    assert!(rest.entries.is_empty());
}

#[test]
fn a_code_for_another_account_and_a_phone_of_another_account_bind_nothing() {
    let mut world = World::new();
    let (citizen, other) = (world.citizen(Kind::Plain, 0), world.citizen(Kind::Plain, 1));
    world.holder(&citizen);
    let others = world.holder(&other);
    let reset = desk::OfAccount { id_number: citizen.number.clone() };
    world.run(|work| desk::reset_device(work, reset)).unwrap();
    world.later(60);
    let phone = world.phone();
    let of_other = world.proven(&phone, for_account(OtpPurpose::SignIn, &other.number), &other.phone);
    let request = sign_in_request(&citizen, PASSWORD, Some(of_other));
    assert_eq!(world.code(|work| sign_in::sign_in(work, &phone.caller, request)), Code::OtpGone);
    let mine = world.proven(&others, for_account(OtpPurpose::SignIn, &citizen.number), &citizen.phone);
    let request = sign_in_request(&citizen, PASSWORD, Some(mine));
    assert_eq!(world.code(|work| sign_in::sign_in(work, &others.caller, request)), Code::KeyInUse);
}

#[test]
fn a_token_is_renewed_by_the_phones_signature_unless_its_storage_is_older() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let (phone, stranger) = (world.holder(&citizen), world.phone());
    for generation in [7, 7, 9] {
        let session = renew(&mut world, &phone, generation).unwrap();
        assert!(is_live(&mut world, &phone, &session));
    }
    assert_eq!(renew(&mut world, &phone, 8).unwrap_err().code, Code::OlderCopy);
    assert_eq!(renew(&mut world, &phone, u64::MAX).unwrap_err().code, Code::BadRequest);
    assert_eq!(renew(&mut world, &stranger, 9).unwrap_err().code, Code::NotTheDevice);
}

#[test]
fn a_token_works_for_its_own_phone_only_and_ends_with_signing_out() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let (phone, other) = (world.holder(&citizen), world.phone());
    let session = renew(&mut world, &phone, 1).unwrap();
    assert!(!is_live(&mut world, &other, &session));
    world.run(|work| sessions::sign_out(work, &phone.caller, SignOutRequest {})).unwrap();
    assert!(!is_live(&mut world, &phone, &session));
    let device = phone.caller.device.unwrap();
    assert_eq!(
        world.code(|work| sessions::account_of(work, session.access_token.reveal(), device)),
        Code::TokenExpired
    );
}

#[test]
fn what_needs_a_token_says_so() {
    let mut world = World::new();
    let phone = world.phone();
    let caller = &phone.caller;
    assert_eq!(world.code(|work| accounts::summary(work, caller, AccountRequest {})), Code::TokenNeeded);
    assert_eq!(world.code(|work| ledger::page(work, caller, LedgerRequest { from: 0 })), Code::TokenNeeded);
    assert_eq!(world.code(|work| sessions::sign_out(work, caller, SignOutRequest {})), Code::TokenNeeded);
    assert_eq!(world.code(|work| accounts::lock(work, caller, LockRequest {})), Code::NotTheDevice);
}

#[test]
fn the_holders_lock_works_without_a_token_and_kills_every_session() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let mut phone = world.holder(&citizen);
    let session = renew(&mut world, &phone, 1).unwrap();
    let account = phone.caller.account.take();
    let summary = world.run(|work| accounts::lock(work, &phone.caller, LockRequest {})).unwrap();
    let lock = summary.lock.unwrap();
    assert_eq!((Some(summary.account), lock.by, lock.since), (account, LockedBy::Holder, world.now));
    assert!(!is_live(&mut world, &phone, &session));
    world.later(10);
    let again = world.run(|work| accounts::lock(work, &phone.caller, LockRequest {})).unwrap();
    assert_eq!(again.lock, Some(lock), "the first lock stays");
    for problem in [renew(&mut world, &phone, 1).unwrap_err(), world.sign_in(&phone, &citizen, PASSWORD).unwrap_err()] {
        assert_eq!((problem.code, problem.lock), (Code::AccountLocked, Some(lock)));
    }
}

#[test]
fn when_the_card_ends_level_2_is_level_1_until_the_record_has_a_new_card() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    world.db.execute("UPDATE accounts SET level = 'level2'", []).unwrap();
    let ends = |world: &World, day: &str| {
        world.db.execute("UPDATE records SET expiry_date = ?2 WHERE number = ?1", [&citizen.number, day]).unwrap();
    };
    let seen = |world: &mut World| {
        let summary = world.run(|work| accounts::summary(work, &phone.caller, AccountRequest {})).unwrap();
        (summary.level, summary.card_expires)
    };
    ends(&world, "2026-11-25");
    assert_eq!(seen(&mut world), (AccountLevel::Level2, Some("2026-11-25".into())), "its last day");
    world.later(86_400);
    assert_eq!(seen(&mut world), (AccountLevel::Level1, Some("2026-11-25".into())));
    ends(&world, "2036-11-25");
    assert_eq!(seen(&mut world), (AccountLevel::Level2, Some("2036-11-25".into())));
}

#[test]
fn thirty_days_after_the_cards_end_the_account_locks_until_the_record_has_a_new_card() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let sql = "UPDATE records SET expiry_date = '2026-11-25' WHERE number = ?1";
    world.db.execute(sql, [&citizen.number]).unwrap();
    // The card's last day is today in Vietnam: 30 days later it is still fine, one more and it is not.
    world.later(30 * 86_400);
    renew(&mut world, &phone, 1).unwrap();
    world.later(86_400);
    let problem = renew(&mut world, &phone, 1).unwrap_err();
    assert_eq!((problem.code, problem.lock.unwrap().by), (Code::AccountLocked, LockedBy::Expiry));
    let by = LockedBy::Office;
    let unlock = desk::UnlockAccount { id_number: citizen.number.clone(), by };
    assert_eq!(world.code(|work| desk::unlock(work, unlock)), Code::Conflict);
    let update = desk::UpdateRecord {
        id_number: citizen.number,
        name: None,
        birth_date: None,
        address: None,
        issue_date: Some("2026-12-20".into()),
        expiry_date: Some("2036-12-20".into()),
    };
    world.run(|work| desk::update_record(work, update)).unwrap();
    renew(&mut world, &phone, 1).unwrap();
}
