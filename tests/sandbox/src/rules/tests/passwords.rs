use citizen_protocol::wire::{Code, Secret};

use crate::population::Kind;
use crate::rules::testing::{PASSWORD, World};
use crate::rules::{desk, passwords};

#[test]
fn a_new_password_is_kept_as_a_hash_for_an_hour() {
    let mut world = World::new();
    let phone = world.phone();
    world.password(&phone, PASSWORD, true).unwrap();
    let (hash, until): (Vec<u8>, i64) =
        world.db.query_row("SELECT hash, expires_at FROM passwords", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(hash.len(), 32);
    assert_eq!(until.unsigned_abs(), world.now.plus(3_600).0);
}

#[test]
fn a_weak_password_is_refused() {
    let mut world = World::new();
    let phone = world.phone();
    for weak in ["short", "12345678", "password"] {
        assert_eq!(world.password(&phone, weak, true).unwrap_err().code, Code::PasswordRefused, "{weak}");
    }
    let request = citizen_protocol::wire::PasswordRequest {
        password: Secret::new("nguyenmauan".into()),
        personal: vec![Secret::new("Nguyễn Mẫu An".into())],
        is_new: true,
    };
    assert_eq!(world.code(|work| passwords::give(work, &phone.caller, &request)), Code::PasswordRefused);
}

#[test]
fn an_existing_password_is_compared_with_the_phones_account() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    world.password(&phone, PASSWORD, false).unwrap();
    // The same letters, otherwise encoded: U+1ED1 as o, U+0302, U+0301.
    world.password(&phone, &PASSWORD.replacen('\u{1ed1}', "o\u{302}\u{301}", 1), false).unwrap();
    for left in [4, 3, 2, 1] {
        let wrong = world.password(&phone, "something else", false).unwrap_err();
        assert_eq!((wrong.code, wrong.attempts_left), (Code::WrongCredentials, Some(left)));
    }
    let locked = world.password(&phone, "something else", false).unwrap_err();
    assert_eq!((locked.code, locked.locked_until), (Code::TriesLocked, Some(world.now.plus(900))));
    // It is the same counter as signing in has.
    assert_eq!(world.sign_in(&phone, &citizen, PASSWORD).unwrap_err().code, Code::TriesLocked);
    world.later(900);
    world.password(&phone, PASSWORD, false).unwrap();
}

#[test]
fn an_existing_password_needs_an_account_that_is_not_locked() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let (phone, stranger) = (world.holder(&citizen), world.phone());
    assert_eq!(world.password(&stranger, PASSWORD, false).unwrap_err().code, Code::NotTheDevice);
    let lock = desk::LockAccount { id_number: citizen.number, by: citizen_protocol::wire::LockedBy::Hotline };
    world.run(|work| desk::lock(work, lock)).unwrap();
    assert_eq!(world.password(&phone, PASSWORD, false).unwrap_err().code, Code::AccountLocked);
}

#[test]
fn a_reference_works_once_for_its_phone_in_its_time_and_for_its_kind() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let (phone, other) = (world.holder(&citizen), world.phone());
    let account = phone.caller.account.unwrap();
    let (mine, theirs) = (phone.caller.device.unwrap(), other.caller.device.unwrap());
    let new = world.password(&phone, PASSWORD, true).unwrap();
    let existing = world.password(&phone, PASSWORD, false).unwrap();
    assert_eq!(world.code(|work| passwords::take_new(work, theirs, new)), Code::PasswordGone);
    assert_eq!(world.code(|work| passwords::take_new(work, mine, existing)), Code::PasswordGone);
    assert_eq!(world.code(|work| passwords::take_existing(work, mine, new, account)), Code::PasswordGone);
    world.run(|work| passwords::take_new(work, mine, new)).unwrap();
    assert_eq!(world.code(|work| passwords::take_new(work, mine, new)), Code::PasswordGone);
    world.later(600);
    assert_eq!(world.code(|work| passwords::take_existing(work, mine, existing, account)), Code::PasswordGone);
}
