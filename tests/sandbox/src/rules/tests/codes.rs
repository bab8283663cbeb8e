use citizen_protocol::wire::{
    Code, Id, MessagePlatform, OtpChallenge, OtpChallengeRequest, OtpChannel, OtpPurpose, OtpResendRequest, OtpSubject,
    Problem, WireField,
};

use crate::population::Kind;
use crate::rules::otp;
use crate::rules::testing::{Phone, World, for_account, register};

const ADDRESS: &str = "+84901234567";

fn refused(world: &mut World, phone: &Phone, request: OtpChallengeRequest) -> Problem {
    world.refused(|work| otp::challenge(work, &phone.caller, request))
}

fn resend(world: &mut World, phone: &Phone, challenge: Id) -> Result<OtpChallenge, Problem> {
    world.run(|work| otp::resend(work, &phone.caller, OtpResendRequest { challenge }))
}

/// Six digits that are not these.
fn another(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

#[test]
fn a_challenge_says_how_long_it_lives_where_it_went_and_what_the_message_repeats() {
    let mut world = World::new();
    let phone = world.phone();
    for (address, masked, life) in [(ADDRESS, "+84 ••• ••• 567", 180), ("nam@Example.vn", "n•••@example.vn", 600)]
    {
        let said = world.run(|work| otp::challenge(work, &phone.caller, register(address))).unwrap();
        assert_eq!((said.digits, said.attempts_left, said.locked_until), (6, 5, None));
        assert_eq!((said.expires_at, said.resend_at), (world.now.plus(life), world.now.plus(60)));
        assert_eq!(said.masked_address, masked);
        let request = crate::rules::desk::MessagesRequest { address: Some(address.into()), after: None };
        let body = world.run(|work| crate::rules::desk::messages(work, request)).unwrap().messages.remove(0).body;
        assert!(body.contains(&format!("Doi chieu {}.", said.reference)), "{body}");
        assert!(body.ends_with(&format!("@localhost #{}", &body[..6])), "{body}");
    }
}

#[test]
fn only_the_right_code_of_the_right_phone_is_taken_and_once() {
    let mut world = World::new();
    let (phone, thief) = (world.phone(), world.phone());
    let challenge = world.ask(&phone, register(ADDRESS));
    let code = world.code_sent_to(ADDRESS);
    assert_eq!(world.give(&thief, challenge, &code).unwrap_err().code, Code::OtpGone);
    let wrong = world.give(&phone, challenge, another(&code)).unwrap_err();
    assert_eq!((wrong.code, wrong.attempts_left), (Code::OtpWrong, Some(4)));
    assert_eq!(world.give(&phone, challenge, &code[..5]).unwrap_err().attempts_left, Some(3));
    world.give(&phone, challenge, &code).unwrap();
    assert_eq!(world.give(&phone, Id([1; 16]), &code).unwrap_err().code, Code::OtpGone);
    // It is cited once.
    let take = |world: &mut World| {
        world.run(|work| otp::take(work, phone.caller.device.unwrap(), challenge, OtpPurpose::Register).map(drop))
    };
    take(&mut world).unwrap();
    assert_eq!(take(&mut world).unwrap_err().code, Code::OtpGone);
    assert_eq!(world.give(&phone, challenge, &code).unwrap_err().code, Code::OtpGone);
}

#[test]
fn a_phone_that_did_not_hear_that_its_code_was_right_hears_it_again() {
    let mut world = World::new();
    let (phone, thief) = (world.phone(), world.phone());
    let challenge = world.ask(&phone, register(ADDRESS));
    let code = world.code_sent_to(ADDRESS);
    let first = world.give(&phone, challenge, &code).unwrap();
    world.later(60);
    assert_eq!(world.give(&phone, challenge, &code).unwrap(), first);
    assert_eq!(world.give(&phone, challenge, another(&code)).unwrap_err().attempts_left, Some(4));
    assert_eq!(world.give(&thief, challenge, &code).unwrap_err().code, Code::OtpGone);
    world.later(120);
    assert_eq!(world.give(&phone, challenge, &code).unwrap_err().code, Code::OtpGone);
}

#[test]
fn a_phone_that_did_not_hear_of_its_challenge_hears_of_it_again_and_no_second_message_goes_out() {
    let mut world = World::new();
    let phone = world.phone();
    let first = world.run(|work| otp::challenge(work, &phone.caller, register(ADDRESS))).unwrap();
    let code = world.code_sent_to(ADDRESS);
    world.give(&phone, first.id, another(&code)).unwrap_err();
    world.later(59);
    let again = world.run(|work| otp::challenge(work, &phone.caller, register(ADDRESS))).unwrap();
    assert_eq!(again, OtpChallenge { attempts_left: 4, ..first.clone() });
    // Another phone has to wait, and so does another message.
    let other = world.phone();
    assert_eq!(refused(&mut world, &other, register(ADDRESS)).code, Code::OtpTooSoon);
    let mut elsewhere = register(ADDRESS);
    elsewhere.context.device = "Model 2".into();
    assert_eq!(refused(&mut world, &phone, elsewhere).code, Code::OtpTooSoon);
    assert_eq!(world.code_sent_to(ADDRESS), code);
    world.give(&phone, first.id, &code).unwrap();
}

#[test]
fn no_code_is_in_the_database() {
    let mut world = World::new();
    let phone = world.phone();
    world.ask(&phone, register(ADDRESS));
    let code = world.code_sent_to(ADDRESS);
    let mac: Vec<u8> = world.db.query_row("SELECT mac FROM otp_challenges", [], |row| row.get(0)).unwrap();
    assert_eq!(mac.len(), 32);
    assert!(!mac.windows(6).any(|window| window == code.as_bytes()));
}

#[test]
fn late_code_is_refused_and_another_can_be_asked_for() {
    for (wait, expected) in [(179, None), (180, Some(Code::OtpGone))] {
        let mut world = World::new();
        let phone = world.phone();
        let challenge = world.ask(&phone, register(ADDRESS));
        let code = world.code_sent_to(ADDRESS);
        world.later(wait);
        let answer = world.give(&phone, challenge, &code);
        assert_eq!(answer.err().map(|problem| problem.code), expected, "{wait} s");
        if expected.is_some() {
            resend(&mut world, &phone, challenge).unwrap();
            let code = world.code_sent_to(ADDRESS);
            world.give(&phone, challenge, &code).unwrap();
        }
    }
}

#[test]
fn resends_wait_60_120_and_300_seconds_and_void_the_code_before() {
    let mut world = World::new();
    let phone = world.phone();
    let challenge = world.ask(&phone, register(ADDRESS));
    let first = world.code_sent_to(ADDRESS);
    for wait in [60, 120, 300] {
        world.later(wait - 1);
        let early = resend(&mut world, &phone, challenge).unwrap_err();
        assert_eq!((early.code, early.retry_after_s), (Code::OtpTooSoon, Some(1)), "{wait} s");
        // A new challenge is no way around the wait, for nobody.
        let again = world.run(|work| otp::challenge(work, &phone.caller, register(ADDRESS)));
        assert!(again.is_err() || again.is_ok_and(|again| again.id == challenge), "{wait} s");
        let other = world.phone();
        assert_eq!(refused(&mut world, &other, register(ADDRESS)).code, Code::OtpTooSoon);
        world.later(1);
        resend(&mut world, &phone, challenge).unwrap();
    }
    let last = world.code_sent_to(ADDRESS);
    if first != last {
        assert_eq!(world.give(&phone, challenge, &first).unwrap_err().code, Code::OtpWrong);
    }
    world.give(&phone, challenge, &last).unwrap();
    assert_eq!(resend(&mut world, &phone, challenge).unwrap_err().code, Code::OtpGone);
}

#[test]
fn a_new_challenge_voids_the_one_before() {
    let mut world = World::new();
    let phone = world.phone();
    let old = world.ask(&phone, register(ADDRESS));
    let code = world.code_sent_to(ADDRESS);
    world.later(60);
    world.ask(&phone, register(ADDRESS));
    assert_eq!(world.give(&phone, old, &code).unwrap_err().code, Code::OtpGone);
    assert_eq!(resend(&mut world, &phone, old).unwrap_err().code, Code::OtpGone);
}

#[test]
fn five_messages_go_out_in_an_hour_and_no_sixth() {
    let mut world = World::new();
    let phone = world.phone();
    for _ in 0..5 {
        // A success ends the row, so that the waits stay at 60 s: 5 x 60 s = 300 s.
        world.proven(&phone, register(ADDRESS), ADDRESS);
        world.later(60);
    }
    let sixth = refused(&mut world, &phone, register(ADDRESS));
    assert_eq!((sixth.code, sixth.retry_after_s), (Code::RateLimited, Some(3_300)));
    // Another phone asks for the same address.
    let other = world.phone();
    assert_eq!(refused(&mut world, &other, register(ADDRESS)).code, Code::RateLimited);
    world.later(3_300);
    world.ask(&phone, register(ADDRESS));
}

#[test]
fn five_wrong_codes_lock_for_a_quarter_of_an_hour_then_an_hour_then_a_day() {
    let mut world = World::new();
    let phone = world.phone();
    for length in [900, 3_600, 86_400, 86_400] {
        let challenge = world.ask(&phone, register(ADDRESS));
        let code = world.code_sent_to(ADDRESS);
        for left in [4, 3, 2, 1] {
            let problem = world.give(&phone, challenge, another(&code)).unwrap_err();
            assert_eq!((problem.code, problem.attempts_left), (Code::OtpWrong, Some(left)));
        }
        let locked = world.give(&phone, challenge, another(&code)).unwrap_err();
        assert_eq!((locked.code, locked.locked_until), (Code::TriesLocked, Some(world.now.plus(length))));
        // Not even the right code counts, and no other is sent.
        assert_eq!(world.give(&phone, challenge, &code).unwrap_err().code, Code::TriesLocked);
        world.later(length - 1);
        let early = refused(&mut world, &phone, register(ADDRESS));
        assert_eq!((early.code, early.retry_after_s), (Code::TriesLocked, Some(1)));
        world.later(1);
    }
    world.proven(&phone, register(ADDRESS), ADDRESS);
    assert_eq!(world.count("SELECT COUNT(*) FROM tries"), 0);
}

#[test]
fn asking_for_another_code_does_not_set_the_counter_back() {
    let mut world = World::new();
    let phone = world.phone();
    let challenge = world.ask(&phone, register(ADDRESS));
    let code = world.code_sent_to(ADDRESS);
    world.give(&phone, challenge, another(&code)).unwrap_err();
    world.later(60);
    assert_eq!(resend(&mut world, &phone, challenge).unwrap().attempts_left, 4);
    world.later(120);
    let said = world.run(|work| otp::challenge(work, &phone.caller, register(ADDRESS))).unwrap();
    assert_eq!(said.attempts_left, 4);
}

#[test]
fn an_unknown_account_gets_the_answer_of_a_known_one_and_no_message() {
    let mut world = World::new();
    let known = world.citizen(Kind::Plain, 0);
    world.holder(&known);
    let stranger = world.phone();
    let unknown = world.citizen(Kind::Plain, 1);
    let before = world.count("SELECT COUNT(*) FROM messages");
    let mut answers = Vec::new();
    for number in [&known.number, &unknown.number] {
        let request = for_account(OtpPurpose::SignIn, number);
        let mut said = world.run(|work| otp::challenge(work, &stranger.caller, request)).unwrap();
        let wrong = world.give(&stranger, said.id, "12345").unwrap_err();
        assert_eq!((wrong.code, wrong.attempts_left), (Code::OtpWrong, Some(4)));
        said.reference.clear();
        said.id = Id::default();
        answers.push(said);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(world.count("SELECT COUNT(*) FROM messages"), before + 1);
    // By email, which this account does not have: as an unknown one.
    for number in [&known.number, &unknown.number] {
        world.run(|work| otp::challenge(work, &stranger.caller, by_email(number))).unwrap();
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM messages"), before + 1);
}

fn by_email(number: &str) -> OtpChallengeRequest {
    OtpChallengeRequest { channel: OtpChannel::Email, ..for_account(OtpPurpose::Recover, number) }
}

/// Neither letters of an address, nor when an account was made.
#[test]
fn a_mask_tells_a_stranger_nothing_and_the_accounts_own_phone_which_address_it_is() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let stranger = world.phone();
    let masks = |world: &mut World, phone: &Phone| {
        [for_account(OtpPurpose::SignIn, &citizen.number), by_email(&citizen.number)].map(|request| {
            world.later(300);
            world.run(|work| otp::challenge(work, &phone.caller, request)).unwrap().masked_address
        })
    };
    let before = masks(&mut world, &stranger);
    let holder = world.holder(&citizen);
    let sql = "UPDATE accounts SET email = ?1";
    world.db.execute(sql, ["nam.mau@mail.example.vn"]).unwrap();
    let after = masks(&mut world, &stranger);
    assert_eq!(before, after);
    assert_eq!(after, ["+84 ••• ••• •••", "•••@•••"]);
    let own = masks(&mut world, &holder);
    let tail = &citizen.phone[citizen.phone.len() - 3..];
    assert_eq!(own, [format!("+84 ••• ••• {tail}"), "n•••@mail.example.vn".to_owned()]);
}

#[test]
fn an_account_is_sent_five_messages_an_hour_whatever_they_are_for() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let sent = |world: &World| world.count("SELECT COUNT(*) FROM messages WHERE body LIKE '%Doi chieu%'");
    world.later(300);
    for purpose in [OtpPurpose::SignIn, OtpPurpose::Recover, OtpPurpose::Rekey, OtpPurpose::SignIn, OtpPurpose::Recover]
    {
        world.ask(&phone, for_account(purpose, &citizen.number));
        world.later(60);
    }
    // The registration's was one of the address's five for whoever asks; the account's own phone has five of its own.
    assert_eq!(sent(&world), 1 + 5);
    let sixth = refused(&mut world, &phone, for_account(OtpPurpose::Rekey, &citizen.number));
    assert_eq!(sixth.code, Code::RateLimited);
}

#[test]
fn a_stranger_is_not_told_that_the_accounts_address_had_its_five_messages() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    world.holder(&citizen);
    let stranger = world.phone();
    let sent = |world: &World| world.count("SELECT COUNT(*) FROM messages WHERE body LIKE '%Doi chieu%'");
    world.later(300);
    for purpose in
        [OtpPurpose::SignIn, OtpPurpose::Recover, OtpPurpose::SignIn, OtpPurpose::Recover, OtpPurpose::SignIn]
    {
        world.ask(&stranger, for_account(purpose, &citizen.number));
        world.later(300);
    }
    // One of the five was the registration's: the fifth for the account did not go out, and nobody is told.
    assert_eq!(sent(&world), 5);
    let sixth = refused(&mut world, &stranger, for_account(OtpPurpose::Recover, &citizen.number));
    assert_eq!(sixth.code, Code::RateLimited);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let stranger = world.phone();
    let field = |problem: Problem| (problem.code, problem.fields.first().map(|wrong| wrong.field));
    let subject = |request: OtpChallengeRequest, address: &str| OtpChallengeRequest {
        subject: OtpSubject::Address { address: address.into() },
        ..request
    };
    let register_number = OtpChallengeRequest { purpose: OtpPurpose::Register, ..for_account(OtpPurpose::SignIn, "1") };
    let sign_in_address = OtpChallengeRequest { purpose: OtpPurpose::SignIn, ..register(ADDRESS) };
    let mut long = register(ADDRESS);
    long.context.device = "D".repeat(65);
    let token = MessagePlatform::Android { token: "not a token".into() };
    let by_email =
        OtpChallengeRequest { channel: OtpChannel::Email, ..for_account(OtpPurpose::Rekey, &citizen.number) };
    let cases = [
        (subject(register(ADDRESS), "0123"), (Code::FieldsWrong, Some(WireField::Contact))),
        (subject(register(ADDRESS), "nam@example.vn"), (Code::ChannelUnavailable, None)),
        (register_number, (Code::FieldsWrong, Some(WireField::Contact))),
        (sign_in_address, (Code::FieldsWrong, Some(WireField::IdNumber))),
        (for_account(OtpPurpose::SignIn, "12345"), (Code::FieldsWrong, Some(WireField::IdNumber))),
        (long, (Code::BadRequest, None)),
        (OtpChallengeRequest { platform: token, ..register(ADDRESS) }, (Code::BadRequest, None)),
        (by_email, (Code::ChannelUnavailable, None)),
    ];
    for (index, (request, expected)) in cases.into_iter().enumerate() {
        assert_eq!(field(refused(&mut world, &phone, request)), expected, "case {index}");
    }
    let of_another = for_account(OtpPurpose::Rekey, &citizen.number);
    assert_eq!(refused(&mut world, &stranger, of_another).code, Code::NotTheDevice);
    let mut unregistered = world.phone();
    unregistered.caller.device = None;
    assert_eq!(refused(&mut world, &unregistered, register(ADDRESS)).code, Code::UnknownKey);
}

#[test]
fn android_gets_its_token_last() {
    let mut world = World::new();
    let phone = world.phone();
    let token = MessagePlatform::Android { token: "aB3+/5678_-".into() };
    world.ask(&phone, OtpChallengeRequest { platform: token, ..register(ADDRESS) });
    let body: String = world.db.query_row("SELECT body FROM messages", [], |row| row.get(0)).unwrap();
    assert_eq!(body.lines().last(), Some("aB3+/5678_-"));
}
