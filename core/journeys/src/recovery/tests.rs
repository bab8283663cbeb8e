//! Recovering a password: every step, every refusal, every failure.

use citizen_protocol::wire::{
    Code, Id, LockedBy, OtpChannel, OtpPurpose, PasswordReference, Reason, ReasonCode, Recovery, RecoveryState, Remedy,
    Secret, UnixTime,
};

use super::{State, begin, guarded, page, told, wake};
use crate::effect::{Do, EffectId, Outcome};
use crate::event::{Event, Journey as Way};
use crate::failure::Failure;
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::place::Go;
use crate::play::{
    JPEG, Journey, NUMBER, PASSWORD, Play, START, account, code_sent, has_support_code, locked, no, plain_failures,
};
use crate::risk::{Guarded, RiskReading, Signal};
use crate::world::Told;

static RECOVERY: Journey<State> = Journey { begin, told, page };

fn code() -> Play<State> {
    let form = Play::new(&RECOVERY).on("recovery-form").field(FieldId::IdNumber, "079 190 123 456");
    form.act(Act::Continue).on("recovery-code").asked(&["ask_code"])
}

/// Code, portrait and password are there.
fn ready() -> Play<State> {
    let portrait = code().right_code(OtpPurpose::Recover, OtpChannel::Sms).on("recovery-portrait");
    portrait.portrait_and_password().on("recovery-submit")
}

/// The last call is under way.
fn sending() -> Play<State> {
    ready().submitted().on("recovery-sending").asked(&["recover"])
}

fn recovery(state: RecoveryState, reasons: Vec<Reason>) -> Recovery {
    let expected_by = (state == RecoveryState::Comparing).then(|| START.plus(7_200));
    Recovery { id: Id([7; 16]), state, since: START, expected_by, reasons, poll_after_s: 30 }
}

fn comparing() -> Outcome {
    Outcome::Recovery(recovery(RecoveryState::Comparing, Vec::new()))
}

fn decided(state: RecoveryState) -> Outcome {
    Outcome::Recovery(recovery(state, Vec::new()))
}

fn refused(code: ReasonCode, remedy: Remedy) -> Outcome {
    let note = (code == ReasonCode::Other).then(|| "Mời đến quầy 3.".to_owned());
    Outcome::Recovery(recovery(RecoveryState::Refused, vec![Reason { code, field: None, remedy, note }]))
}

fn waiting() -> Play<State> {
    sending().reply(comparing()).on("recovery-waiting")
}

fn stored(play: &Play<State>) -> String {
    serde_json::to_string(&play.state).unwrap()
}

#[test]
fn a_code_a_portrait_and_a_comparison_lead_to_another_password() {
    let sending = sending();
    assert!(matches!(&sending.effects[0].what, Do::Recover(request) if request.id_number == NUMBER
        && request.otp_challenge == Id([1; 16]) && request.portrait == Id([2; 16]) && request.password == Id([3; 16])));
    let mut waiting = sending.reply(comparing()).on("recovery-waiting").wiped();
    waiting.shared.account = Some(account());
    let asked = waiting.later(30).asked(&["ask_recovery"]);
    assert!(matches!(asked.effects[0].what, Do::AskRecovery { recovery: Some(Id(id)) } if id == [7; 16]));
    let done = asked.reply(decided(RecoveryState::Done)).on("recovery-done").asked(&["success"]);
    assert!(done.shared.account.is_none(), "every session ended");
    assert_eq!(done.clone().act(Act::SignIn).went, Some(Go::Journey(Way::SignIn)));
    assert_eq!(done.act(Act::Home).went, Some(Go::Home));
}

#[test]
fn the_number_is_stored_only_until_the_service_has_it_all() {
    assert!(stored(&sending()).contains(NUMBER));
    let waiting = waiting();
    assert!(!stored(&waiting).contains(NUMBER));
    assert!(waiting.held.portrait().is_none());
    assert_eq!(waiting.shared.number.as_deref(), Some(NUMBER));
}

#[test]
fn a_wrong_number_is_said_before_anything_is_sent() {
    let form = Play::new(&RECOVERY).field(FieldId::IdNumber, "1234");
    form.act(Act::Continue).on("recovery-form").asked(&[]).says("sign-in-number-error");
}

#[test]
fn the_code_takes_the_other_way_at_the_form_and_at_the_code() {
    let form = Play::new(&RECOVERY).field(FieldId::IdNumber, NUMBER).choose("channel", "email").act(Act::Continue);
    assert!(matches!(
        form.effects[0].what,
        Do::AskCode { channel: OtpChannel::Email, purpose: OtpPurpose::Recover, .. }
    ));
    let sent = form.reply(Outcome::CodeSent(code_sent(OtpPurpose::Recover, OtpChannel::Email, START)));
    let other = sent.later(60).act(Act::BySms).on("recovery-code");
    assert!(matches!(other.effects[0].what, Do::AskCode { channel: OtpChannel::Sms, .. }));
    let none = other.refused(Code::ChannelUnavailable).on("recovery-code").act(Act::ByEmail);
    none.right_code(OtpPurpose::Recover, OtpChannel::Email).on("recovery-portrait");
}

#[test]
fn the_password_must_not_be_the_number() {
    let portrait = code().right_code(OtpPurpose::Recover, OtpChannel::Sms);
    let password = portrait.event(|page| Event::Portrait { page, jpeg: JPEG.to_vec() });
    let number = password.field(FieldId::Password, NUMBER).field(FieldId::PasswordAgain, NUMBER);
    number.act(Act::Continue).on("recovery-password");
}

#[test]
fn each_refusal_asks_only_for_what_is_missing() {
    for (code, page) in [
        (Code::OtpGone, "recovery-code"),
        (Code::OtpUnverified, "recovery-code"),
        (Code::PasswordGone, "recovery-password"),
        (Code::PasswordRefused, "recovery-password"),
        (Code::PortraitGone, "recovery-portrait"),
        (Code::PortraitIncomplete, "recovery-portrait"),
        (Code::DigestMismatch, "recovery-portrait"),
        (Code::FieldsWrong, "recovery-form"),
    ] {
        sending().refused(code).on(page);
    }
    let again = sending().refused(Code::OtpGone).right_code(OtpPurpose::Recover, OtpChannel::Sms).on("recovery-submit");
    again.act(Act::Submit).asked(&["recover"]);
    let password = sending().refused(Code::PasswordGone).new_password().on("recovery-submit");
    password.act(Act::Submit).password_given().asked(&["recover"]);
    let portrait = sending().refused(Code::PortraitGone);
    let portrait = portrait.event(|page| Event::Portrait { page, jpeg: JPEG.to_vec() });
    portrait.on("recovery-submit").act(Act::Submit).reply(Outcome::PortraitSent(Id([5; 16]))).asked(&["recover"]);
}

#[test]
fn what_stands_in_the_way_has_its_page_and_ways_on() {
    for (failure, page, says) in [
        (no(Code::ApplicationOpen), "recovery-open", "recovery-open-scam-text"),
        (locked(LockedBy::Holder), "recovery-account-locked", "account-lock-holder-text"),
        (locked(LockedBy::Expiry), "recovery-account-locked", "account-lock-card-text"),
        (no(Code::AccountLocked), "recovery-account-locked", "account-lock-in-person-text"),
        (no(Code::KeyInUse), "recovery-phone-taken", "phone-taken-office-text"),
    ] {
        let barred = sending().fails(failure).on(page).says(says).has(Act::Help).has(Act::InPerson).wiped();
        assert!(barred.held.portrait().is_none());
        assert!(!stored(&barred).contains(NUMBER));
        assert_eq!(barred.act(Act::Home).went, Some(Go::Home));
    }
    sending().refused(Code::ApplicationOpen).act(Act::TryAgain).on("recovery-form");
}

#[test]
fn each_failure_says_what_it_is_and_nothing_is_lost() {
    for failure in plain_failures() {
        let stopped = sending().fails(failure.clone()).on("recovery-sending");
        assert!(has_support_code(&stopped.page()), "{failure:?}");
        // Back to what is there: one tap sends the same.
        stopped.back().on("recovery-submit").act(Act::Submit).asked(&["recover"]);
    }
    sending().fails(Failure::Slow).act(Act::TryAgain).asked(&["recover"]);
    sending().fails(Failure::Offline).told(&Told::Online).asked(&["recover"]);
}

#[test]
fn what_may_have_arrived_is_asked_for_and_never_sent_blindly() {
    for failure in [Failure::AskStatus, no(Code::IdempotencyMismatch), no(Code::Conflict), no(Code::NotFound)] {
        let asking = sending().fails(failure).on("recovery-sending").asked(&["ask_recovery"]);
        assert!(matches!(asking.effects[0].what, Do::AskRecovery { recovery: None }));
        asking.clone().reply(comparing()).on("recovery-waiting").wiped();
        asking.clone().reply(decided(RecoveryState::Done)).on("recovery-done");
        // It did not arrive: all is there, the holder sends it.
        asking.clone().refused(Code::NotFound).on("recovery-submit").asked(&[]);
        // The newest one is of last week: this one did not arrive.
        let older = Recovery { since: UnixTime(START.0 - 604_800), ..recovery(RecoveryState::Done, Vec::new()) };
        asking.clone().reply(Outcome::Recovery(older)).on("recovery-submit");
        asking.fails(Failure::Slow).has(Act::TryAgain).act(Act::TryAgain).asked(&["ask_recovery"]);
    }
}

#[test]
fn a_kill_at_any_step_asks_anew_for_what_was_under_way() {
    code().killed().on("recovery-code").asked(&["ask_code"]);
    // The portrait is kept; the password is not, and asked for again.
    ready().killed().on("recovery-password").new_password().on("recovery-submit").submitted().on("recovery-sending");
    sending().killed().on("recovery-sending").asked(&["recover"]);
    waiting().killed().on("recovery-waiting").asked(&["ask_recovery"]);
    for ended in [decided(RecoveryState::Done), decided(RecoveryState::Refused)] {
        let before = sending().reply(ended);
        let page = before.page().id;
        before.killed().on(&page).asked(&[]);
    }
}

#[test]
fn it_is_asked_for_at_the_services_pace_and_never_all_the_time() {
    for (pace, seconds) in [(0, 5), (30, 30), (u32::MAX, 3_600)] {
        let answer = Recovery { poll_after_s: pace, ..recovery(RecoveryState::Comparing, Vec::new()) };
        let waiting = sending().reply(Outcome::Recovery(answer));
        assert_eq!(wake(&waiting.state, START), Some(START.plus(seconds)), "{pace}");
        waiting.later(seconds - 1).asked(&[]).later(1).asked(&["ask_recovery"]).later(1).asked(&[]);
    }
}

#[test]
fn the_holder_may_ask_by_hand_but_not_at_once_again() {
    let waiting = waiting();
    waiting.clone().refuses(&Told::Back);
    assert!(waiting.page().actions.iter().any(|one| one.id == Act::Refresh.id() && !one.enabled && one.delay_s == 5));
    let asked = waiting.later(5).act(Act::Refresh).asked(&["ask_recovery"]);
    let again = asked.reply(comparing()).on("recovery-waiting");
    assert_eq!(wake(&again.state, START), Some(START.plus(35)));
}

#[test]
fn asking_that_fails_is_said_and_goes_on_by_itself() {
    let failed = waiting().later(30).fails(Failure::Slow).on("recovery-waiting").has(Act::TryAgain);
    assert!(has_support_code(&failed.page()));
    failed.clone().act(Act::TryAgain).asked(&["ask_recovery"]);
    failed.later(30).asked(&["ask_recovery"]);
    waiting().later(30).fails(Failure::Offline).told(&Told::Online).asked(&["ask_recovery"]);
    // What no try can change is not tried all the time.
    let stuck = waiting().later(30).fails(Failure::Outdated);
    assert_eq!(wake(&stuck.state, START), None);
    stuck.later(3_600).asked(&[]);
}

#[test]
fn a_recovery_that_the_service_forgot_begins_again() {
    waiting().later(30).refused(Code::NotFound).on("recovery-form").says("recovery-lost");
}

#[test]
fn the_waiting_page_says_since_when_and_until_when() {
    waiting().says("recovery-since").says("recovery-expected");
    let mut late = waiting();
    late.now.time = START.plus(7_201);
    late.says("recovery-late");
    let unknown = Recovery { expected_by: None, ..recovery(RecoveryState::Comparing, Vec::new()) };
    sending().reply(Outcome::Recovery(unknown)).says("recovery-comparing");
}

#[test]
fn each_reason_is_said_with_what_helps() {
    let reasons = [
        (ReasonCode::PortraitUnusable, Remedy::NewPortrait, "recovery-unusable-text", Act::FixPortrait),
        (ReasonCode::PortraitDiffers, Remedy::Office, "recovery-differs-text", Act::InPerson),
        (ReasonCode::PortraitDiffers, Remedy::NewPortrait, "recovery-again-text", Act::FixPortrait),
        (ReasonCode::CardExpired, Remedy::RenewCard, "recovery-renew-text", Act::InPerson),
        (ReasonCode::FieldDiffers, Remedy::UpdateRecord, "recovery-update-text", Act::InPerson),
        (ReasonCode::NotInDatabase, Remedy::Office, "recovery-record-text", Act::InPerson),
        (ReasonCode::ForeignResident, Remedy::ImmigrationOffice, "recovery-immigration-text", Act::InPerson),
        (ReasonCode::TooYoung, Remedy::Guardian, "recovery-office-text", Act::InPerson),
        (ReasonCode::AlreadyRegistered, Remedy::CorrectEntry, "recovery-office-text", Act::InPerson),
        (ReasonCode::Other, Remedy::Office, "recovery-office-text", Act::InPerson),
        (ReasonCode::Other, Remedy::SignIn, "recovery-other-way-text", Act::SignIn),
    ];
    for (code, remedy, says, first) in reasons {
        let ended =
            sending().reply(refused(code, remedy)).on("recovery-refused").says(says).says("recovery-refused-text");
        let page = ended.page();
        let notes = page
            .parts
            .iter()
            .filter(|part| matches!(part, crate::page::Part::Rows { rows } if rows[0].value.contains("quầy 3")));
        assert_eq!(notes.count(), usize::from(code == ReasonCode::Other), "the officer's own words");
        assert!(has_support_code(&page));
        assert_eq!(page.actions[0].id, first.id(), "{code:?} {remedy:?}");
        assert_eq!(ended.act(Act::Home).went, Some(Go::Home));
    }
    let unusable = refused(ReasonCode::PortraitUnusable, Remedy::NewPortrait);
    let again = sending().reply(unusable).act(Act::FixPortrait).on("recovery-form");
    again.act(Act::Continue).on("recovery-code");
    let other = sending().reply(refused(ReasonCode::Other, Remedy::SignIn)).act(Act::SignIn);
    assert_eq!(other.went, Some(Go::Journey(Way::SignIn)));
    let silent = sending().reply(decided(RecoveryState::Refused)).on("recovery-refused");
    silent.says("recovery-office-text").act(Act::TryAgain).on("recovery-form");
}

#[test]
fn code_and_sending_count_as_a_transfer() {
    for (play, wanted) in [
        (Play::new(&RECOVERY), None),
        (code(), Some(Guarded::Transfer)),
        (code().right_code(OtpPurpose::Recover, OtpChannel::Sms), None),
        (ready(), Some(Guarded::Transfer)),
        (sending(), Some(Guarded::Transfer)),
        (sending().fails(Failure::Slow), Some(Guarded::Transfer)),
        (waiting(), None),
    ] {
        assert!(guarded(&play.state) == wanted, "{}", play.page().id);
    }
}

#[test]
fn a_call_that_comes_while_the_portrait_goes_up_stops_the_request() {
    let mut up = ready().act(Act::Submit).reply(Outcome::PortraitSent(Id([2; 16])));
    up.now.risk = RiskReading { call: Signal::Yes, ..RiskReading::default() };
    let valid_until = START.plus(3_600);
    let given = PasswordReference { id: Id([3; 16]), valid_until };
    let mut held = up.reply(Outcome::PasswordGiven(given)).on("recovery-submit").asked(&[]);
    assert_eq!(guarded(&held.state), Some(Guarded::Transfer));
    held.now.risk = RiskReading::default();
    // Once it is over one tap sends it.
    held.act(Act::Submit).asked(&["recover"]);
}

#[test]
fn the_way_back_leads_to_the_form_and_home() {
    code().back().on("recovery-form").act(Act::Continue).on("recovery-code");
    assert!(Play::new(&RECOVERY).back().left);
}

#[test]
fn time_network_and_a_start_fit_everywhere_and_strange_replies_nowhere() {
    let barred = sending().refused(Code::ApplicationOpen);
    let ended = [decided(RecoveryState::Done), decided(RecoveryState::Refused)].map(|end| sending().reply(end));
    let plays = [Play::new(&RECOVERY), code(), ready(), sending(), sending().fails(Failure::Slow), waiting(), barred];
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

#[test]
fn nothing_of_another_journey_is_taken_for_this_one() {
    let mut shared = Play::new(&RECOVERY).shared;
    shared.number = Some(NUMBER.into());
    let mut play = Play::of(&RECOVERY, shared);
    play.held.put_portrait(JPEG.to_vec());
    play.held.put(Slot::Password, Secret::new(PASSWORD.into()));
    let portrait = play.act(Act::Continue).right_code(OtpPurpose::Recover, OtpChannel::Sms);
    portrait.on("recovery-portrait");
}
