//! Whether there is an account shows in no answer, and in no time either: the same statements and the same slow functions run, in the
//! same order. Counted, for a clock would tell more of the machine than of the rules.

use citizen_protocol::wire::{Code, OtpChallengeRequest, OtpChannel, OtpPurpose, OtpResendRequest};

use crate::population::{Citizen, Kind};
use crate::rules::effort;
use crate::rules::otp;
use crate::rules::testing::{Phone, World, for_account, register};

/// A stranger's phone, a citizen with an account and one without.
fn world() -> (World, Phone, [Citizen; 2]) {
    let mut world = World::new();
    let (known, unknown) = (world.citizen(Kind::Plain, 0), world.citizen(Kind::Plain, 1));
    world.holder(&known);
    world.later(3_600);
    let stranger = world.phone();
    (world, stranger, [known, unknown])
}

#[test]
fn asking_for_a_code_trying_one_and_asking_again_is_the_same_work_for_an_unknown_account() {
    for (purpose, channel) in [
        (OtpPurpose::SignIn, OtpChannel::Sms),
        (OtpPurpose::SignIn, OtpChannel::Email),
        (OtpPurpose::Recover, OtpChannel::Sms),
    ] {
        let (mut world, stranger, citizens) = world();
        let work = citizens.map(|citizen| {
            let request = OtpChallengeRequest { channel, ..for_account(purpose, &citizen.number) };
            let (said, asked) = effort::of(|| world.run(|work| otp::challenge(work, &stranger.caller, request)));
            let challenge = said.unwrap().id;
            let (wrong, tried) = effort::of(|| world.give(&stranger, challenge, "12345").unwrap_err().code);
            assert_eq!(wrong, Code::OtpWrong);
            world.later(60);
            let again = OtpResendRequest { challenge };
            let (said, resent) = effort::of(|| world.run(|work| otp::resend(work, &stranger.caller, again)));
            said.unwrap();
            for of_codes in [&asked, &tried, &resent] {
                assert_eq!(of_codes.iter().filter(|what| *what == "hmac").count(), 1, "{of_codes:#?}");
            }
            [asked, tried, resent]
        });
        assert_eq!(work[0], work[1], "{purpose:?} by {channel:?}");
    }
}

/// Somebody who guesses an account's address could use up what that address is sent, and see whether the account's codes go out.
#[test]
fn an_address_that_had_its_five_messages_is_the_same_work_too() {
    let (mut world, stranger, citizens) = world();
    for _ in 0..5 {
        world.proven(&stranger, register(&citizens[0].phone), &citizens[0].phone);
        world.later(60);
    }
    let messages = world.count("SELECT COUNT(*) FROM messages");
    let work = citizens.map(|citizen| {
        let request = for_account(OtpPurpose::SignIn, &citizen.number);
        let (said, asked) = effort::of(|| world.run(|work| otp::challenge(work, &stranger.caller, request)));
        said.unwrap();
        asked
    });
    assert_eq!(work[0], work[1]);
    assert_eq!(world.count("SELECT COUNT(*) FROM messages"), messages);
}

#[test]
fn a_wrong_password_is_the_same_work_for_an_unknown_account_up_to_the_lock_and_behind_it() {
    let (mut world, stranger, citizens) = world();
    for attempt in 1..=6 {
        let work = [&citizens[0], &citizens[1]]
            .map(|citizen| effort::of(|| world.sign_in(&stranger, citizen, "something else").unwrap_err()));
        assert_eq!(work[0], work[1], "attempt {attempt}");
        let hashed = work[0].1.iter().filter(|what| *what == "pbkdf2").count();
        // The sixth finds the lock of the fifth.
        assert_eq!(hashed, usize::from(attempt <= 5), "attempt {attempt}");
    }
}
