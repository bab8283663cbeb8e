//! Who knows no more than a number must not keep its holder out.

use citizen_protocol::wire::{Code, OtpPurpose, Secret};

use crate::population::{Citizen, Kind};
use crate::rules::otp;
use crate::rules::testing::{PASSWORD, Phone, World, for_account, register};

/// A holder whose registration is an hour ago, and somebody who knows the number.
fn world() -> (World, Citizen, Phone, Phone) {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let holder = world.holder(&citizen);
    world.later(3_600);
    let stranger = world.phone();
    (world, citizen, holder, stranger)
}

/// Any text that is no code.
fn give_five_wrong_codes(world: &mut World, phone: &Phone, challenge: citizen_protocol::wire::Id) {
    for _ in 0..4 {
        assert_eq!(world.give(phone, challenge, "12345").unwrap_err().code, Code::OtpWrong);
    }
    assert_eq!(world.give(phone, challenge, "12345").unwrap_err().code, Code::TriesLocked);
}

#[test]
fn a_strangers_challenge_leaves_the_code_of_the_accounts_own_phone_and_its_waits_alone() {
    let (mut world, citizen, holder, stranger) = world();
    let request = for_account(OtpPurpose::Recover, &citizen.number);
    let theirs = world.ask(&stranger, request.clone());
    let own = world.ask(&holder, request.clone());
    let code = world.code_sent_to(&citizen.phone);
    world.later(60);
    // The stranger's first wait is 60 s, whatever the holder asked for.
    world.ask(&stranger, request.clone());
    world.give(&holder, own, &code).unwrap();
    assert_eq!(world.give(&stranger, theirs, &code).unwrap_err().code, Code::OtpGone);
}

#[test]
fn a_strangers_wrong_codes_and_passwords_lock_strangers_and_not_the_accounts_own_phone() {
    let (mut world, citizen, holder, stranger) = world();
    let request = for_account(OtpPurpose::Recover, &citizen.number);
    let theirs = world.ask(&stranger, request.clone());
    give_five_wrong_codes(&mut world, &stranger, theirs);
    let another = world.phone();
    assert_eq!(
        world.code(|work| otp::challenge(work, &another.caller, request.clone())),
        Code::TriesLocked,
        "whoever has no phone of the account shares the counter"
    );
    world.proven(&holder, request, &citizen.phone);

    for _ in 0..5 {
        world.sign_in(&stranger, &citizen, "something else").unwrap_err();
    }
    assert_eq!(world.sign_in(&another, &citizen, PASSWORD).unwrap_err().code, Code::TriesLocked);
    world.sign_in(&holder, &citizen, PASSWORD).unwrap();
    world.password(&holder, PASSWORD, false).unwrap();
}

#[test]
fn codes_that_others_have_sent_to_the_holders_address_do_not_swallow_those_of_the_accounts_own_phone() {
    let (mut world, citizen, holder, stranger) = world();
    for _ in 0..5 {
        world.proven(&stranger, register(&citizen.phone), &citizen.phone);
        world.later(60);
    }
    let sent = |world: &World| world.count("SELECT COUNT(*) FROM messages WHERE body LIKE '%Doi chieu%'");
    let before = sent(&world);
    for _ in 0..5 {
        world.proven(&holder, for_account(OtpPurpose::Rekey, &citizen.number), &citizen.phone);
        world.later(60);
    }
    assert_eq!(sent(&world), before + 5);
    let sixth = for_account(OtpPurpose::Rekey, &citizen.number);
    assert_eq!(world.code(|work| otp::challenge(work, &holder.caller, sixth)), Code::RateLimited);
}

/// The phone's own counter is no way around the five tries.
#[test]
fn five_wrong_codes_or_passwords_of_the_accounts_own_phone_lock_it() {
    let (mut world, citizen, holder, _) = world();
    let challenge = world.ask(&holder, for_account(OtpPurpose::Rekey, &citizen.number));
    give_five_wrong_codes(&mut world, &holder, challenge);
    for _ in 0..5 {
        world.sign_in(&holder, &citizen, "something else").unwrap_err();
    }
    let given = citizen_protocol::wire::PasswordRequest {
        password: Secret::new(PASSWORD.into()),
        personal: vec![],
        is_new: false,
    };
    let locked = world.code(|work| crate::rules::passwords::give(work, &holder.caller, &given));
    assert_eq!(locked, Code::TriesLocked);
}
