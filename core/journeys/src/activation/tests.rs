//! Activating level 2: every step, every refusal, every failure.

use citizen_protocol::wire::{
    Activation, ActivationReason, ActivationReasonCode, ActivationState, Code, Id, LockedBy, OtpChannel, OtpPurpose,
    OtpSubject, PasswordReference, Remedy, UnixTime,
};

use super::{State, begin, guarded, page, told, wake};
use crate::effect::{Do, EffectId, Outcome};
use crate::event::{Event, Journey as Way};
use crate::failure::Failure;
use crate::ids::{Act, FieldId};
use crate::place::Go;
use crate::play::{JPEG, Journey, NUMBER, Play, START, account, has_support_code, locked, no, plain_failures};
use crate::risk::{Guarded, RiskReading, Signal, Verdict};
use crate::world::Told;

static ACTIVATION: Journey<State> = Journey { begin, told, page };
const PHONE: &str = "+84912345678";

fn code() -> Play<State> {
    let form = Play::new(&ACTIVATION).on("activation-form").says("activation-nobody-text");
    let form = form.field(FieldId::IdNumber, NUMBER).field(FieldId::Phone, "0912 345 678");
    form.act(Act::Continue).on("activation-code").asked(&["ask_code"])
}

/// Code, portrait and password are there.
fn ready() -> Play<State> {
    let portrait = code().right_code(OtpPurpose::Activate, OtpChannel::Sms).on("activation-portrait");
    portrait.portrait_and_password().on("activation-submit")
}

/// The last call is under way.
fn sending() -> Play<State> {
    ready().submitted().on("activation-sending").asked(&["activate"])
}

fn activation(state: ActivationState, reasons: Vec<ActivationReason>) -> Activation {
    let expected_by = (state == ActivationState::Comparing).then(|| START.plus(7_200));
    Activation { id: Id([7; 16]), state, since: START, expected_by, reasons, poll_after_s: 30 }
}

fn comparing() -> Outcome {
    Outcome::Activation(activation(ActivationState::Comparing, Vec::new()))
}

fn decided(state: ActivationState) -> Outcome {
    Outcome::Activation(activation(state, Vec::new()))
}

fn refused(code: ActivationReasonCode, remedy: Remedy) -> Outcome {
    Outcome::Activation(activation(ActivationState::Refused, vec![ActivationReason { code, remedy }]))
}

fn waiting() -> Play<State> {
    sending().reply(comparing()).on("activation-waiting")
}

fn stored(play: &Play<State>) -> String {
    serde_json::to_string(&play.state).unwrap()
}

#[test]
fn the_offices_address_a_code_a_portrait_and_a_password_lead_to_level_2() {
    let asked = code();
    assert!(matches!(&asked.effects[0].what, Do::AskCode { purpose: OtpPurpose::Activate, channel: OtpChannel::Sms,
        subject: OtpSubject::Address { address } } if address == PHONE));
    let sending = sending();
    assert!(matches!(&sending.effects[0].what, Do::Activate(request) if request.id_number == NUMBER
        && request.otp_challenge == Id([1; 16]) && request.portrait == Id([2; 16]) && request.password == Id([3; 16])));
    let mut waiting = sending.reply(comparing()).on("activation-waiting").wiped();
    waiting.shared.account = Some(account());
    let asked = waiting.later(30).asked(&["ask_activation"]);
    let done = asked.reply(decided(ActivationState::Done)).on("activation-done").asked(&["success"]);
    assert!(done.shared.account.is_none(), "it is fetched anew");
    assert_eq!(done.clone().act(Act::SignIn).went, Some(Go::Journey(Way::SignIn)));
    assert_eq!(done.act(Act::Home).went, Some(Go::Home));
}

#[test]
fn an_email_that_was_given_at_the_office_works_as_well() {
    let form = Play::new(&ACTIVATION).field(FieldId::IdNumber, NUMBER).choose("channel", "email");
    let code = form.field(FieldId::Email, "Nam@Example.VN").act(Act::Continue).on("activation-code");
    assert!(matches!(&code.effects[0].what, Do::AskCode { channel: OtpChannel::Email,
        subject: OtpSubject::Address { address }, .. } if address == "Nam@example.vn"));
}

#[test]
fn number_and_address_are_stored_only_until_the_service_has_it_all() {
    assert!(stored(&sending()).contains(NUMBER) && stored(&sending()).contains(PHONE));
    let waiting = waiting();
    assert!(!stored(&waiting).contains(NUMBER) && !stored(&waiting).contains(PHONE));
    assert!(waiting.held.portrait().is_none());
    assert_eq!(waiting.shared.number.as_deref(), Some(NUMBER));
}

#[test]
fn what_is_wrong_is_said_before_anything_is_sent() {
    let empty = Play::new(&ACTIVATION);
    assert!(!format!("{:?}", empty.page()).contains("-error"));
    empty.act(Act::Continue).asked(&[]).says("sign-in-number-error").says("contact-phone-error");
    let number = Play::new(&ACTIVATION).field(FieldId::IdNumber, NUMBER);
    number.clone().field(FieldId::Phone, "0242 345 678").act(Act::Continue).on("activation-form").asked(&[]);
    let mail = number.choose("channel", "email").field(FieldId::Email, "nam@").act(Act::Continue);
    mail.on("activation-form").asked(&[]).says("contact-email-error");
}

#[test]
fn the_password_must_not_be_the_number_nor_the_address() {
    let portrait = code().right_code(OtpPurpose::Activate, OtpChannel::Sms);
    let password = portrait.event(|page| Event::Portrait { page, jpeg: JPEG.to_vec() });
    for personal in [NUMBER, PHONE] {
        let same = password.clone().field(FieldId::Password, personal).field(FieldId::PasswordAgain, personal);
        same.act(Act::Continue).on("activation-password");
    }
}

#[test]
fn each_refusal_asks_only_for_what_is_missing() {
    for (code, page) in [
        (Code::OtpGone, "activation-code"),
        (Code::OtpUnverified, "activation-code"),
        (Code::PasswordGone, "activation-password"),
        (Code::PasswordRefused, "activation-password"),
        (Code::PortraitGone, "activation-portrait"),
        (Code::PortraitIncomplete, "activation-portrait"),
        (Code::DigestMismatch, "activation-portrait"),
        (Code::FieldsWrong, "activation-form"),
    ] {
        sending().refused(code).on(page);
    }
    let again = sending().refused(Code::OtpGone).right_code(OtpPurpose::Activate, OtpChannel::Sms);
    again.on("activation-submit").act(Act::Submit).asked(&["activate"]);
    let password = sending().refused(Code::PasswordGone).new_password().on("activation-submit");
    password.act(Act::Submit).password_given().asked(&["activate"]);
    // The number is there again, to be put right.
    let number = sending().refused(Code::FieldsWrong).says("sign-in-number-error");
    number.act(Act::Continue).on("activation-code");
}

#[test]
fn what_stands_in_the_way_has_its_page_and_ways_on() {
    for (failure, page, says) in [
        (no(Code::ApplicationOpen), "activation-open", "activation-open-scam-text"),
        (locked(LockedBy::Hotline), "activation-account-locked", "account-lock-hotline-text"),
        (locked(LockedBy::Authority), "activation-account-locked", "account-lock-write-text"),
        (no(Code::AccountLocked), "activation-account-locked", "account-lock-in-person-text"),
        (no(Code::KeyInUse), "activation-phone-taken", "phone-taken-office-text"),
    ] {
        let barred = sending().fails(failure).on(page).says(says).has(Act::Help).has(Act::InPerson).wiped();
        assert!(barred.held.portrait().is_none());
        assert!(!stored(&barred).contains(NUMBER) && !stored(&barred).contains(PHONE));
        assert_eq!(barred.act(Act::Home).went, Some(Go::Home));
    }
    sending().refused(Code::ApplicationOpen).act(Act::TryAgain).on("activation-form");
}

#[test]
fn each_failure_says_what_it_is_and_nothing_is_lost() {
    for failure in plain_failures() {
        let stopped = sending().fails(failure.clone()).on("activation-sending");
        assert!(has_support_code(&stopped.page()), "{failure:?}");
        stopped.back().on("activation-submit").act(Act::Submit).asked(&["activate"]);
    }
    sending().fails(Failure::Slow).act(Act::TryAgain).asked(&["activate"]);
    sending().fails(Failure::Offline).told(&Told::Online).asked(&["activate"]);
}

#[test]
fn what_may_have_arrived_is_asked_for_and_never_sent_blindly() {
    for failure in [Failure::AskStatus, no(Code::IdempotencyMismatch), no(Code::Conflict), no(Code::NotFound)] {
        let asking = sending().fails(failure).on("activation-sending").asked(&["ask_activation"]);
        assert!(matches!(asking.effects[0].what, Do::AskActivation { activation: None }));
        asking.clone().reply(comparing()).on("activation-waiting").wiped();
        asking.clone().refused(Code::NotFound).on("activation-submit").asked(&[]);
        let older =
            Activation { since: UnixTime(START.0 - 604_800), ..activation(ActivationState::Refused, Vec::new()) };
        asking.reply(Outcome::Activation(older)).on("activation-submit");
    }
}

#[test]
fn a_kill_at_any_step_asks_anew_for_what_was_under_way() {
    code().killed().on("activation-code").asked(&["ask_code"]);
    ready()
        .killed()
        .on("activation-password")
        .new_password()
        .on("activation-submit")
        .submitted()
        .on("activation-sending");
    sending().killed().on("activation-sending").asked(&["activate"]);
    waiting().killed().on("activation-waiting").asked(&["ask_activation"]);
    for ended in [decided(ActivationState::Done), decided(ActivationState::Refused)] {
        let before = sending().reply(ended);
        let page = before.page().id;
        before.killed().on(&page).asked(&[]);
    }
}

#[test]
fn it_is_asked_for_at_the_services_pace() {
    let waiting = waiting().says("activation-since").says("activation-expected");
    assert_eq!(wake(&waiting.state, START), Some(START.plus(30)));
    waiting.later(29).asked(&[]).later(1).asked(&["ask_activation"]).reply(comparing()).on("activation-waiting");
}

#[test]
fn an_activation_that_the_service_forgot_begins_again() {
    waiting().later(30).refused(Code::NotFound).on("activation-form").says("activation-lost");
}

#[test]
fn each_reason_says_exactly_what_did_not_match_and_where_to_go() {
    use ActivationReasonCode as Why;
    for (code, remedy, says, first) in [
        (Why::NotIdentified, Remedy::Office, "activation-not-identified-text", Act::InPerson),
        (Why::AddressDiffers, Remedy::CorrectEntry, "activation-address-text", Act::FixEntry),
        (Why::PortraitDiffers, Remedy::Office, "activation-differs-text", Act::InPerson),
        (Why::PortraitUnusable, Remedy::NewPortrait, "activation-unusable-text", Act::FixPortrait),
        (Why::AlreadyActive, Remedy::SignIn, "activation-active-text", Act::SignIn),
        (Why::OnAnotherPhone, Remedy::Office, "activation-other-phone-text", Act::InPerson),
        (Why::RequestExpired, Remedy::Office, "activation-expired-text", Act::InPerson),
        // Another remedy than today's service names.
        (Why::AddressDiffers, Remedy::Guardian, "activation-address-text", Act::InPerson),
    ] {
        let ended =
            sending().reply(refused(code, remedy)).on("activation-refused").says(says).says("activation-refused-text");
        assert!(has_support_code(&ended.page()));
        assert_eq!(ended.page().actions[0].id, first.id(), "{code:?} {remedy:?}");
        assert_eq!(ended.act(Act::Home).went, Some(Go::Home));
    }
    let fix =
        sending().reply(refused(Why::AddressDiffers, Remedy::CorrectEntry)).act(Act::FixEntry).on("activation-form");
    // The number was right: only the address is typed again.
    fix.field(FieldId::Phone, "0987654321").act(Act::Continue).on("activation-code");
    sending().reply(refused(Why::PortraitUnusable, Remedy::NewPortrait)).act(Act::FixPortrait).on("activation-form");
    let silent = sending().reply(decided(ActivationState::Refused)).says("activation-office-text");
    silent.act(Act::TryAgain).on("activation-form");
}

#[test]
fn code_and_sending_count_as_activating_which_is_nowhere_easier_than_a_code() {
    for (play, wanted) in [
        (Play::new(&ACTIVATION), None),
        (code(), Some(Guarded::Activation)),
        (ready(), Some(Guarded::Activation)),
        (sending(), Some(Guarded::Activation)),
        (sending().fails(Failure::Slow), Some(Guarded::Activation)),
        (waiting(), None),
    ] {
        assert!(guarded(&play.state) == wanted, "{}", play.page().id);
    }
    let signals = [
        RiskReading { call: Signal::Yes, ..RiskReading::default() },
        RiskReading { capture: Signal::Yes, ..RiskReading::default() },
        RiskReading { remote: Signal::Yes, ..RiskReading::default() },
        RiskReading { overlay: Signal::Yes, ..RiskReading::default() },
        RiskReading { accessibility: Signal::Yes, ..RiskReading::default() },
        RiskReading { debugger: Signal::Yes, ..RiskReading::default() },
    ];
    for reading in signals {
        let verdict = |guarded: Guarded| guarded.verdict(&reading, true);
        assert!(
            verdict(Guarded::Activation) >= verdict(Guarded::OtpEntry) && verdict(Guarded::OtpEntry) > Verdict::Allow
        );
    }
}

#[test]
fn a_call_that_comes_while_the_portrait_goes_up_stops_the_request() {
    let mut up = ready().act(Act::Submit).reply(Outcome::PortraitSent(Id([2; 16])));
    up.now.risk = RiskReading { call: Signal::Yes, ..RiskReading::default() };
    let given = PasswordReference { id: Id([3; 16]), valid_until: START.plus(3_600) };
    let held = up.reply(Outcome::PasswordGiven(given)).on("activation-submit").asked(&[]);
    assert_eq!(guarded(&held.state), Some(Guarded::Activation));
}

#[test]
fn the_way_back_from_the_code_keeps_what_was_entered() {
    code().back().on("activation-form").act(Act::Continue).on("activation-code");
    assert!(Play::new(&ACTIVATION).back().left);
}

#[test]
fn time_network_and_a_start_fit_everywhere_and_strange_replies_nowhere() {
    let barred = sending().refused(Code::ApplicationOpen);
    let ended = [decided(ActivationState::Done), decided(ActivationState::Refused)].map(|end| sending().reply(end));
    let plays = [Play::new(&ACTIVATION), code(), ready(), sending(), sending().fails(Failure::Slow), waiting(), barred];
    for play in plays.into_iter().chain(ended) {
        for told in [Told::Tick, Told::Online, Told::Resumed] {
            play.clone().told(&told);
        }
        for outcome in [Outcome::Done, comparing(), Outcome::Pin { right: true }] {
            play.clone().refuses(&Told::Reply(EffectId(u64::MAX), outcome));
        }
        for act in [Act::Enrol, Act::Delete, Act::LockAccount] {
            play.clone().refuses(&Told::Act(act));
        }
    }
    let sending = sending();
    let strange = sending.reply_told(Outcome::Account(account()));
    sending.refuses(&strange);
}
