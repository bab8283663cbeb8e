use citizen_protocol::wire::{Code, OtpPurpose, Secret};

use crate::population::Kind;
use crate::rules::testing::{PASSWORD, World, for_account, register};
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

/// Whatever the app names.
#[test]
fn what_the_service_knows_of_the_phone_counts_as_personal_too() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let of_record = |citizen: &crate::population::Citizen| {
        let name: String = citizen.name.split(' ').collect();
        let year = citizen.birth_date.to_string()[..4].to_owned();
        [format!("{name}1"), format!("{}a1", citizen.number), format!("qz{year}wk")]
    };
    let by_phone = citizen.phone.replacen("+84", "0", 1);

    let fresh = world.phone();
    for password in of_record(&citizen).iter().chain([&by_phone]) {
        world.password(&fresh, password, true).unwrap();
    }
    world.proven(&fresh, register(&citizen.phone), &citizen.phone);
    assert_eq!(world.password(&fresh, &by_phone, true).unwrap_err().code, Code::PasswordRefused);
    // An address that was asked for but not proven says nothing of this phone.
    let asked = world.phone();
    world.later(60);
    world.ask(&asked, register(&citizen.phone));
    world.password(&asked, &by_phone, true).unwrap();

    world.later(300);
    let holder = world.holder(&citizen);
    let recovering = world.phone();
    world.later(300);
    let recover = for_account(OtpPurpose::Recover, &citizen.number);
    let challenge = world.ask(&recovering, recover);
    // Before the code is given anybody could ask in this way what a record says.
    world.password(&recovering, &of_record(&citizen)[0], true).unwrap();
    let code = world.code_sent_to(&citizen.phone);
    world.give(&recovering, challenge, &code).unwrap();
    for phone in [&holder, &recovering] {
        for password in of_record(&citizen) {
            let refused = world.password(phone, &password, true).unwrap_err();
            assert_eq!(refused.code, Code::PasswordRefused, "{password}");
        }
        world.password(phone, PASSWORD, true).unwrap();
    }
    // Nor can the app's own words push these out: only 64 are looked at.
    let request = citizen_protocol::wire::PasswordRequest {
        password: Secret::new(of_record(&citizen)[0].clone()),
        personal: (0..64).map(|number| Secret::new(format!("word{number}"))).collect(),
        is_new: true,
    };
    assert_eq!(world.code(|work| passwords::give(work, &holder.caller, &request)), Code::PasswordRefused);
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
