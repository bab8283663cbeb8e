//! Signing in: every step, every refusal, every failure.

use citizen_protocol::wire::{Code, Id, LockedBy, OtpChannel, OtpPurpose, OtpVerified, Problem, UnixTime};

use super::{State, begin, guarded, page, told, wake};
use crate::effect::{Do, Outcome};
use crate::event::{CodeSource, Event, Journey as Way};
use crate::failure::Failure;
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::place::Go;
use crate::play::{
    CODE, Journey, NUMBER, PASSWORD, Play, START, account, code_sent, has_support_code, locked, no, plain_failures,
};
use crate::risk::{Guarded, RiskReading, Signal};
use crate::world::Told;

static SIGN_IN: Journey<State> = Journey { begin, told, page };

/// Number and password stand there.
fn filled() -> Play<State> {
    Play::new(&SIGN_IN).on("sign-in-form").field(FieldId::IdNumber, NUMBER).field(FieldId::Password, PASSWORD)
}

/// They are being compared.
fn sending() -> Play<State> {
    filled().act(Act::SignIn).on("sign-in-sending").asked(&["sign_in"])
}

/// A text message brings the code.
fn code() -> Play<State> {
    sending().reply(Outcome::CodeNeeded(vec![OtpChannel::Sms])).on("sign-in-code").asked(&["ask_code"])
}

/// The code was right.
fn bound() -> Play<State> {
    code().right_code(OtpPurpose::SignIn, OtpChannel::Sms).on("sign-in-sending")
}

#[test]
fn a_known_phone_signs_in_with_number_and_password() {
    let end = sending().reply(Outcome::SignedIn(account())).asked(&["success"]).wiped();
    assert_eq!(end.went, Some(Go::Home));
    assert_eq!(end.shared.number.as_deref(), Some(NUMBER));
    assert!(end.shared.account == Some(account()));
}

#[test]
fn an_unknown_phone_takes_a_code_and_the_password_is_not_typed_again() {
    let second = bound();
    assert!(second.effects.iter().any(|effect| {
        matches!(&effect.what, Do::SignIn { id_number, otp_challenge: Some(_) } if id_number == NUMBER)
    }));
    let end = second.reply(Outcome::SignedIn(account())).wiped();
    assert_eq!(end.went, Some(Go::Home));
}

#[test]
fn the_number_is_typed_once_and_in_any_way() {
    let spaced = Play::new(&SIGN_IN).field(FieldId::IdNumber, "079 190 123 456").field(FieldId::Password, PASSWORD);
    let sent = spaced.act(Act::SignIn);
    assert!(matches!(&sent.effects[0].what, Do::SignIn { id_number, .. } if id_number == NUMBER));
    let next = Play::of(&SIGN_IN, sent.reply(Outcome::SignedIn(account())).shared);
    next.field(FieldId::Password, PASSWORD).act(Act::SignIn).on("sign-in-sending");
}

#[test]
fn what_is_missing_is_said_once_the_holder_wants_to_go_on() {
    let empty = Play::new(&SIGN_IN);
    assert!(!format!("{:?}", empty.page()).contains("sign-in-number-error"));
    empty.act(Act::SignIn).on("sign-in-form").asked(&[]).says("sign-in-number-error").says("sign-in-password-error");
    let short = Play::new(&SIGN_IN).field(FieldId::IdNumber, "07919012345").field(FieldId::Password, PASSWORD);
    short.act(Act::SignIn).on("sign-in-form").asked(&[]).says("sign-in-number-error");
}

#[test]
fn several_channels_are_chosen_from() {
    let choice = sending().reply(Outcome::CodeNeeded(vec![OtpChannel::Sms, OtpChannel::Email])).on("sign-in-channel");
    let code = choice.choose("channel", "email").act(Act::Continue).on("sign-in-code");
    assert!(matches!(
        code.effects[0].what,
        Do::AskCode { channel: OtpChannel::Email, purpose: OtpPurpose::SignIn, .. }
    ));
    let sent = code.reply(Outcome::CodeSent(code_sent(OtpPurpose::SignIn, OtpChannel::Email, START)));
    let other = sent.later(60).act(Act::BySms).on("sign-in-code");
    assert!(matches!(other.effects[0].what, Do::AskCode { channel: OtpChannel::Sms, .. }));
}

#[test]
fn a_channel_that_the_account_lacks_is_not_offered() {
    let sent = code().reply(Outcome::CodeSent(code_sent(OtpPurpose::SignIn, OtpChannel::Sms, START)));
    sent.lacks(Act::ByEmail).lacks(Act::BySms);
    let choice = sending().reply(Outcome::CodeNeeded(vec![OtpChannel::Email, OtpChannel::Email]));
    choice.on("sign-in-channel").refuses(&Told::Choose {
        choice: "channel".into(),
        option: "sms".into(),
        chosen: true,
    });
}

#[test]
fn each_refusal_has_its_page() {
    let soon = START.plus(900);
    let tries = |locked_until, retry_after_s| {
        Failure::Server(Box::new(Problem { locked_until, retry_after_s, ..Code::TriesLocked.into() }))
    };
    let wrong = Failure::Server(Box::new(Problem { attempts_left: Some(2), ..Code::WrongCredentials.into() }));
    let table: Vec<(Failure, &str, &str, Act)> = vec![
        (wrong, "sign-in-form", "sign-in-left-error", Act::Recover),
        (no(Code::WrongCredentials), "sign-in-form", "sign-in-wrong-error", Act::Recover),
        (no(Code::FieldsWrong), "sign-in-form", "sign-in-number-error", Act::SignIn),
        (tries(Some(soon), None), "sign-in-locked", "sign-in-locked-text", Act::Recover),
        (tries(None, Some(60)), "sign-in-locked", "sign-in-locked-text", Act::Recover),
        (tries(None, None), "sign-in-locked", "sign-in-locked-text", Act::Help),
        (locked(LockedBy::Holder), "sign-in-account-locked", "account-lock-holder-text", Act::InPerson),
        (locked(LockedBy::Office), "sign-in-account-locked", "account-lock-same-office-text", Act::InPerson),
        (locked(LockedBy::Hotline), "sign-in-account-locked", "account-lock-hotline-text", Act::InPerson),
        (locked(LockedBy::Authority), "sign-in-account-locked", "account-lock-write-text", Act::InPerson),
        (locked(LockedBy::Expiry), "sign-in-account-locked", "account-lock-card-text", Act::InPerson),
        (no(Code::AccountLocked), "sign-in-account-locked", "account-lock-in-person-text", Act::InPerson),
        (no(Code::OnAnotherPhone), "sign-in-other-phone", "sign-in-other-phone-office-text", Act::InPerson),
        (no(Code::NotTheDevice), "sign-in-other-phone", "sign-in-other-phone-text", Act::InPerson),
        (no(Code::KeyInUse), "sign-in-phone-taken", "phone-taken-office-text", Act::InPerson),
        (no(Code::ChannelUnavailable), "sign-in-no-address", "sign-in-no-address-text", Act::InPerson),
        (Failure::DevicesChanged, "sign-in-devices-changed", "sign-in-devices-changed-text", Act::LockAccount),
    ];
    for (failure, page, says, has) in table {
        for at in [sending(), bound()] {
            at.fails(failure.clone()).on(page).says(says).has(has).has(Act::Help).wiped();
        }
    }
}

#[test]
fn each_failure_says_what_it_is_and_leads_back_to_the_form() {
    for failure in plain_failures() {
        for at in [sending(), bound()] {
            let stopped = at.fails(failure.clone()).on("sign-in-sending");
            assert!(has_support_code(&stopped.page()), "{failure:?}");
            stopped.back().on("sign-in-form").wiped();
        }
    }
}

#[test]
fn the_same_is_sent_again_with_one_tap_or_when_the_network_is_back() {
    sending().fails(Failure::Slow).act(Act::TryAgain).asked(&["sign_in"]).on("sign-in-sending");
    sending().fails(Failure::Offline).told(&Told::Online).asked(&["sign_in"]);
    let asked_to_wait = Problem { retry_after_s: Some(60), ..Code::RateLimited.into() };
    let waits = sending().fails(Failure::Server(Box::new(asked_to_wait)));
    assert_eq!(wake(&waits.state, waits.now.time), Some(START.plus(60)));
    waits.refuses(&Told::Act(Act::TryAgain)).later(60).act(Act::TryAgain).asked(&["sign_in"]);
}

#[test]
fn a_lock_is_counted_down_and_opens_by_itself() {
    let until: UnixTime = START.plus(900);
    let problem = Problem { locked_until: Some(until), ..Code::TriesLocked.into() };
    let locked = sending().fails(Failure::Server(Box::new(problem))).on("sign-in-locked");
    assert_eq!(wake(&locked.state, START), Some(until));
    let open = locked.refuses(&Told::Act(Act::TryAgain)).later(900);
    open.act(Act::TryAgain)
        .on("sign-in-form")
        .field(FieldId::Password, PASSWORD)
        .act(Act::SignIn)
        .on("sign-in-sending");
}

#[test]
fn the_password_is_asked_again_after_a_kill_and_the_code_is_not() {
    filled().killed().on("sign-in-form").says("sign-in-emptied");
    sending().killed().on("sign-in-form").says("sign-in-emptied").asked(&[]);
    let second = bound().killed().on("sign-in-form").says("sign-in-emptied").says("sign-in-code-kept");
    let again = second.clone().field(FieldId::Password, PASSWORD).act(Act::SignIn);
    assert!(matches!(again.effects[0].what, Do::SignIn { otp_challenge: Some(_), .. }));
    // Ten minutes later it is worth nothing.
    let late = second.later(600).field(FieldId::Password, PASSWORD).act(Act::SignIn);
    assert!(matches!(late.effects[0].what, Do::SignIn { otp_challenge: None, .. }));
    // The code page itself survives; the code that follows is right, and the password is asked again.
    let killed = code().reply(Outcome::CodeSent(code_sent(OtpPurpose::SignIn, OtpChannel::Sms, START))).killed();
    let entered =
        killed.on("sign-in-code").event(|page| Event::Code { page, text: CODE.into(), source: CodeSource::Typed });
    let verified = OtpVerified { challenge: Id::default(), valid_until: START.plus(600) };
    entered.act(Act::Continue).reply(Outcome::CodeRight(verified)).on("sign-in-form").says("sign-in-code-kept");
}

#[test]
fn another_number_does_not_take_the_code_of_the_first() {
    let other = bound().killed().field(FieldId::IdNumber, "001204000001").field(FieldId::Password, PASSWORD);
    let sent = other.act(Act::SignIn);
    assert!(matches!(sent.effects[0].what, Do::SignIn { otp_challenge: None, .. }));
}

#[test]
fn a_code_that_is_gone_is_asked_anew_with_the_same_password() {
    for code in [Code::OtpGone, Code::OtpUnverified] {
        let again = bound().refused(code).on("sign-in-sending").asked(&["sign_in"]);
        assert!(matches!(again.effects[0].what, Do::SignIn { otp_challenge: None, .. }));
        again.reply(Outcome::CodeNeeded(vec![OtpChannel::Sms])).on("sign-in-code").asked(&["ask_code"]);
        // Without a code that answer is none: no loop.
        sending().refused(code).on("sign-in-sending").asked(&[]).has(Act::Help);
    }
}

#[test]
fn the_wrong_password_behind_a_right_code_does_not_cost_the_code() {
    let wrong = bound().refused(Code::WrongCredentials).on("sign-in-form").says("sign-in-code-kept");
    let again = wrong.field(FieldId::Password, PASSWORD).act(Act::SignIn);
    assert!(matches!(again.effects[0].what, Do::SignIn { otp_challenge: Some(_), .. }));
}

#[test]
fn no_channel_at_all_leads_to_an_office() {
    sending().reply(Outcome::CodeNeeded(Vec::new())).on("sign-in-no-address").has(Act::InPerson).wiped();
}

#[test]
fn signing_in_on_a_new_phone_counts_as_a_transfer_and_on_a_known_one_as_nothing() {
    let several = Outcome::CodeNeeded(vec![OtpChannel::Sms, OtpChannel::Email]);
    for (play, wanted) in [
        (filled(), None),
        (sending(), None),
        (sending().fails(Failure::Slow), None),
        (sending().reply(several), Some(Guarded::Transfer)),
        (code(), Some(Guarded::Transfer)),
        (bound(), Some(Guarded::Transfer)),
        (bound().fails(Failure::Slow), Some(Guarded::Transfer)),
        (bound().killed(), Some(Guarded::Transfer)),
        (sending().refused(Code::AccountLocked), None),
    ] {
        assert_eq!(guarded(&play.state), wanted, "{}", play.page().id);
    }
}

#[test]
fn a_call_that_comes_while_the_code_is_checked_stops_the_second_sign_in() {
    let sent = code().reply(Outcome::CodeSent(code_sent(OtpPurpose::SignIn, OtpChannel::Sms, START)));
    let entered = sent.event(|page| Event::Code { page, text: CODE.into(), source: CodeSource::Typed });
    let mut checking = entered.act(Act::Continue);
    checking.now.risk = RiskReading { call: Signal::Yes, ..RiskReading::default() };
    let verified = OtpVerified { challenge: Id::default(), valid_until: START.plus(600) };
    let held = checking.reply(Outcome::CodeRight(verified)).on("sign-in-form").asked(&["success"]).wiped();
    assert_eq!(guarded(&held.state), Some(Guarded::Transfer));
}

#[test]
fn a_changed_list_of_devices_offers_the_lock() {
    let changed = sending().fails(Failure::DevicesChanged).act(Act::LockAccount).on("sign-in-lock");
    changed.clone().back().on("sign-in-devices-changed");
    let locking = changed.act(Act::Confirm).asked(&["lock_account"]).on("sign-in-locking");
    let stopped = locking.clone().fails(Failure::Offline);
    stopped.told(&Told::Online).asked(&["lock_account"]);
    let locked = locking.reply(Outcome::Account(account())).on("sign-in-locked-now");
    assert!(locked.shared.account.is_none());
    assert_eq!(locked.act(Act::Home).went, Some(Go::Home));
}

#[test]
fn the_ways_on_lead_where_they_say() {
    let forgotten = filled().act(Act::Recover).wiped();
    assert_eq!(forgotten.went, Some(Go::Journey(Way::Recover)));
    assert_eq!(forgotten.shared.number.as_deref(), Some(NUMBER));
    assert_eq!(sending().refused(Code::TriesLocked).act(Act::Recover).went, Some(Go::Journey(Way::Recover)));
    for code in [Code::AccountLocked, Code::OnAnotherPhone, Code::KeyInUse, Code::ChannelUnavailable] {
        assert_eq!(sending().refused(code).act(Act::Home).went, Some(Go::Home));
    }
    assert_eq!(sending().fails(Failure::DevicesChanged).act(Act::Home).went, Some(Go::Home));
    assert!(filled().back().wiped().left);
    code().back().on("sign-in-form").wiped();
    let several = Outcome::CodeNeeded(vec![OtpChannel::Sms, OtpChannel::Email]);
    sending().reply(several).back().on("sign-in-form").wiped();
}

/// One of each state.
fn all() -> Vec<Play<State>> {
    let several = Outcome::CodeNeeded(vec![OtpChannel::Sms, OtpChannel::Email]);
    vec![
        Play::new(&SIGN_IN),
        filled(),
        sending(),
        sending().fails(Failure::Slow),
        sending().reply(several),
        code(),
        bound(),
        bound().killed(),
        sending().refused(Code::TriesLocked),
        sending().refused(Code::AccountLocked),
        sending().refused(Code::OnAnotherPhone),
        sending().fails(Failure::DevicesChanged),
        sending().fails(Failure::DevicesChanged).act(Act::LockAccount),
    ]
}

#[test]
fn time_network_and_a_start_fit_everywhere_and_strange_replies_nowhere() {
    for play in all() {
        for told in [Told::Tick, Told::Online, Told::Resumed] {
            play.clone().told(&told);
        }
        for outcome in [Outcome::Done, Outcome::Account(account()), Outcome::Pin { right: true }] {
            play.clone().refuses(&Told::Reply(crate::effect::EffectId(u64::MAX), outcome.clone()));
            if matches!(play.page().id.as_str(), "sign-in-sending" | "sign-in-code") {
                play.clone().refuses(&play.reply_told(outcome));
            }
        }
        for act in [Act::Enrol, Act::Submit, Act::Delete] {
            play.clone().refuses(&Told::Act(act));
        }
    }
}

#[test]
fn only_the_password_is_held_and_only_while_it_is_needed() {
    for play in all() {
        let needs =
            matches!(play.page().id.as_str(), "sign-in-form" | "sign-in-sending" | "sign-in-channel" | "sign-in-code");
        assert!(needs || play.held.is_empty(Slot::Password), "{}", play.page().id);
    }
}
