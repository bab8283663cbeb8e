use citizen_protocol::wire::{Code, OtpChallenge, OtpPurpose, OtpVerified, Problem, Secret, UnixTime};
use proptest::prelude::*;

use super::state::Wrong;
use super::{State, Titles};
use crate::effect::Outcome;
use crate::event::CodeSource;
use crate::failure::Failure;
use crate::held::Slot;
use crate::ids::Act;
use crate::page::{Page, Part};
use crate::shared::work::Work;
use crate::testing::Happens::{After, Is, Kill, Reply, Stale};
use crate::testing::{
    Happens, NOW, Walk, act, actions, ask, challenge, checked, failed, id, no, no_with, said, sent, verified, work,
};
use crate::trouble::Trouble;
use crate::world::Told;

type Otp = Walk<State, OtpVerified>;

fn name(state: &State) -> String {
    match state {
        State::Asking { work: call, .. } => format!("asking {}", work(call)),
        State::Entering { wrong: None, .. } => "entering".into(),
        State::Entering { wrong: Some(wrong), .. } => format!("entering {wrong:?}"),
        State::Checking { work: call, .. } => format!("checking {}", work(call)),
        State::Locked { .. } => "locked".into(),
        State::NoChannel { .. } => "no channel".into(),
    }
}

fn asking() -> Otp {
    Walk::new(|world| super::begin(world, ask()), super::told, name)
}

/// The first code is there.
fn entering() -> Otp {
    let mut otp = asking();
    assert_eq!(otp.reply(sent(1)), "entering");
    otp
}

/// It was entered, and is being checked.
fn checking() -> Otp {
    let mut otp = entering();
    otp.plays([(typed("012345"), "entering"), (on(), "checking waiting: verify_code")]);
    otp
}

fn code(text: &str, source: CodeSource) -> Happens {
    Is(Told::Code { text: text.into(), source })
}

fn typed(text: &str) -> Happens {
    code(text, CodeSource::Typed)
}

fn on() -> Happens {
    Is(act(Act::Continue))
}

fn again() -> Happens {
    Is(act(Act::TryAgain))
}

fn resend() -> Happens {
    Is(act(Act::Resend))
}

fn held(otp: &Otp) -> Option<&str> {
    otp.kit.held.get(Slot::Code).map(Secret::reveal)
}

fn page(otp: &Otp) -> Page {
    checked(super::page(&otp.state, otp.kit.see(), Titles { page: "test-code", title: "otp-sending" }))
}

fn entry_error(otp: &Otp) -> Option<String> {
    page(otp).parts.into_iter().find_map(|part| match part {
        Part::CodeEntry { entry } => Some(entry.error.map_or_else(String::new, |error| error.id)),
        _ => None,
    })
}

fn locked_until(until: UnixTime) -> Outcome {
    no_with(Problem { locked_until: Some(until), ..Code::TriesLocked.into() })
}

fn retry_after(code: Code, seconds: u32) -> Outcome {
    no_with(Problem { retry_after_s: Some(seconds), ..code.into() })
}

#[test]
fn a_code_is_asked_for_entered_and_checked() {
    let mut otp = asking();
    otp.plays([
        (Reply(sent(1)), "entering"),
        (typed("012"), "entering"),
        (on(), "refused"),
        (typed("012 345"), "entering"),
        (on(), "checking waiting: verify_code"),
        (Reply(Outcome::CodeRight(verified())), "done: success"),
    ]);
    assert_eq!((otp.done, held(&otp)), (Some(verified()), None));
}

#[test]
fn a_late_code_is_refused_and_another_is_offered() {
    let mut otp = entering();
    otp.plays([(typed("012345"), "entering"), (After(179), "entering")]);
    assert!(actions(&page(&otp)).contains(&"continue".into()));
    otp.plays([(After(1), "entering"), (on(), "refused")]);
    let page = page(&otp);
    assert!(said(&page).contains(&"otp-expired".into()));
    assert!(!page.parts.iter().any(|part| matches!(part, Part::CodeEntry { .. } | Part::Countdown { .. })));
    assert_eq!(actions(&page), ["continue (-)", "resend", "help", "later"]);
}

#[test]
fn the_page_wakes_when_another_code_can_be_sent_and_when_this_one_ends() {
    let otp = entering();
    let wake = |seconds| super::wake(&otp.state, NOW.plus(seconds));
    assert_eq!((wake(0), wake(60), wake(180)), (Some(NOW.plus(60)), Some(NOW.plus(180)), None));
}

#[test]
fn a_wrong_code_says_how_many_tries_are_left() {
    let mut otp = checking();
    let wrong = |left| no_with(Problem { attempts_left: left, ..Code::OtpWrong.into() });
    assert_eq!(otp.reply(wrong(Some(4))), "entering Code { left: Some(4) }: warning");
    assert_eq!((held(&otp), entry_error(&otp).as_deref()), (None, Some("otp-wrong-error")));
    assert!(matches!(&otp.state, State::Entering { sent: OtpChallenge { attempts_left: 4, .. }, .. }));
    // A service that does not say how many: what it said before stands.
    otp.plays([(typed("012346"), "entering"), (on(), "checking waiting: verify_code")]);
    assert_eq!(otp.reply(wrong(None)), "entering Code { left: None }: warning");
    assert_eq!(entry_error(&otp).as_deref(), Some("otp-wrong-plain-error"));
    assert!(matches!(&otp.state, State::Entering { sent: OtpChallenge { attempts_left: 4, .. }, .. }));
}

#[test]
fn a_lock_says_when_it_ends_and_then_asks_anew() {
    let until = NOW.plus(900);
    for mut otp in [checking(), asking()] {
        assert_eq!(otp.reply(locked_until(until)), "locked");
        assert_eq!((held(&otp), super::wake(&otp.state, NOW)), (None, Some(until)));
        let page = page(&otp);
        let waits = page
            .parts
            .iter()
            .filter_map(|part| if let Part::Countdown { wait } = part { Some(wait.seconds) } else { None });
        assert_eq!(waits.collect::<Vec<_>>(), [900]);
        assert_eq!(actions(&page), ["resend (900)", "help", "later"]);
        otp.plays([
            (resend(), "refused"),
            (Kill, "locked"),
            (After(899), "locked"),
            (resend(), "refused"),
            (After(1), "locked"),
        ]);
        otp.plays([(resend(), "asking waiting: ask_code"), (Reply(sent(2)), "entering")]);
    }
}

#[test]
fn a_code_that_comes_with_a_lock_can_not_be_tried() {
    let locked = OtpChallenge { locked_until: Some(NOW.plus(900)), ..challenge(1, NOW) };
    assert_eq!(asking().reply(Outcome::CodeSent(locked.clone())), "locked");
    let over = OtpChallenge { locked_until: Some(NOW), ..locked };
    assert_eq!(asking().reply(Outcome::CodeSent(over)), "entering");
}

#[test]
fn another_code_takes_the_place_of_the_first_and_not_too_soon() {
    let mut otp = entering();
    assert_eq!(actions(&page(&otp)), ["continue (-)", "resend (60)", "help", "later"]);
    otp.plays([
        (typed("012345"), "entering"),
        (After(59), "entering"),
        (resend(), "refused"),
        (After(1), "entering"),
        (resend(), "asking waiting: resend_code"),
    ]);
    assert_eq!(held(&otp), None);
    otp.plays([(typed("012345"), "refused"), (Reply(sent(2)), "entering"), (on(), "refused")]);
    assert!(matches!(&otp.state, State::Entering { sent, .. } if sent.id == id(2)));
}

#[test]
fn a_code_that_may_only_be_late_can_be_entered_though_another_was_refused() {
    for refused in [Code::OtpTooSoon, Code::RateLimited] {
        let mut otp = entering();
        otp.plays([(After(60), "entering"), (resend(), "asking waiting: resend_code")]);
        assert_eq!(otp.reply(retry_after(refused, 90)), "entering");
        assert_eq!(actions(&page(&otp)), ["continue (-)", "resend (90)", "help", "later"]);
        otp.plays([(typed("012345"), "entering"), (on(), "checking waiting: verify_code")]);
    }
}

#[test]
fn where_the_first_is_gone_a_new_one_is_asked_for() {
    for gone in [Code::OtpGone, Code::NotFound] {
        let mut otp = entering();
        otp.plays([(After(60), "entering"), (resend(), "asking waiting: resend_code")]);
        assert_eq!(otp.reply(no(gone)), "asking waiting: ask_code");
        // Not for ever: there is nothing to be replaced any more.
        assert_eq!(
            otp.reply(no(gone)),
            if gone == Code::OtpGone { "asking stopped E119" } else { "asking stopped E118" }
        );
    }
}

#[test]
fn a_void_code_is_said_and_dropped() {
    for void in [Code::OtpGone, Code::OtpUnverified] {
        let mut otp = checking();
        assert_eq!(otp.reply(no(void)), "entering Void: warning");
        assert_eq!((held(&otp), entry_error(&otp).as_deref()), (None, Some("otp-void-error")));
        // Nobody waits for it: another one can be asked for at once.
        assert_eq!(otp.step(resend()), "asking waiting: resend_code");
    }
}

#[test]
fn a_message_is_read_only_where_it_is_ours() {
    let message = "012345 la ma dang ky dinh danh. Doi chieu KA.\n@eid.example.vn #012345";
    for (text, wanted, code_held) in [
        (message, "entering", Some("012345")),
        ("012345", "entering", Some("012345")),
        ("０１２３４５", "entering", Some("012345")),
        ("012345 la ma cua ban.\n@eid.example.com #012345", "entering OtherHost", None),
        ("012345 la ma.\n@eid.example.vn #012345 %evil.example", "entering OtherHost", None),
        ("012345 la ma cua ban", "entering NoCode", None),
        ("0123456", "entering Length", None),
        ("12345", "entering Length", None),
        ("", "entering", None),
    ] {
        for source in [CodeSource::Pasted, CodeSource::Message] {
            let mut otp = entering();
            assert_eq!((otp.step(code(text, source)), held(&otp)), (wanted.into(), code_held), "{text}");
            // It waits for the tap, however it came.
            assert_eq!(otp.step(on()), if code_held.is_some() { "checking waiting: verify_code" } else { "refused" });
        }
    }
}

#[test]
fn a_message_by_the_app_s_own_token_is_read() {
    let mut otp = entering();
    otp.kit.now.token = Some("AbCdEfGhIjK".into());
    otp.plays([(code("012345 la ma dang ky.\nAbCdEfGhIjK", CodeSource::Message), "entering")]);
    assert_eq!(held(&otp), Some("012345"));
    otp.plays([(code("012345 la ma dang ky.\nAbCdEfGhIjX", CodeSource::Message), "entering NoCode")]);
    assert_eq!(held(&otp), None);
}

#[test]
fn what_is_typed_is_judged_once_it_is_long_enough() {
    for (text, wanted, error) in [
        ("0", "entering", ""),
        ("01234", "entering", ""),
        ("012-345", "entering", ""),
        ("0123456", "entering Length", "otp-length-error"),
        ("01234a", "entering NotDigits", "otp-digits-error"),
        ("@eid.example.vn #012345", "entering NotDigits", "otp-digits-error"),
        (&"0".repeat(33), "entering Length", "otp-length-error"),
    ] {
        let mut otp = entering();
        assert_eq!(otp.step(typed(text)), wanted, "{text}");
        assert_eq!(entry_error(&otp).as_deref(), Some(error), "{text}");
    }
}

#[test]
fn what_is_typed_anew_takes_the_place_of_what_was_there() {
    let mut otp = entering();
    otp.plays([(typed("012345"), "entering"), (typed("01234"), "entering"), (on(), "refused")]);
    assert_eq!(held(&otp), None);
}

#[test]
fn no_code_is_in_the_state() {
    let mut otp = entering();
    otp.step(typed("012345"));
    assert!(!otp.stored().contains("012345"));
    otp.step(on());
    assert!(!otp.stored().contains("012345"));
}

#[test]
fn after_a_kill_the_holder_is_asked_for_the_code_and_not_the_service() {
    let mut otp = checking();
    assert_eq!(otp.step(Kill), "entering Emptied");
    assert_eq!(entry_error(&otp).as_deref(), Some("otp-emptied-error"));
    let mut otp = entering();
    otp.plays([(typed("012345"), "entering"), (Kill, "entering Emptied"), (typed("012345"), "entering")]);
    // The code is lost also while the failed check stands there.
    let mut otp = checking();
    otp.plays([(Reply(failed(Failure::Slow)), "checking stopped E102"), (Kill, "entering Emptied")]);
    let mut otp = asking();
    otp.plays([(Kill, "asking waiting: ask_code"), (Stale(sent(1)), "stale"), (Reply(sent(2)), "entering")]);
}

#[test]
fn where_the_runtime_found_no_code_it_is_asked_for() {
    assert_eq!(checking().reply(failed(Failure::Gone)), "entering Emptied: warning");
}

#[test]
fn a_code_is_asked_for_again_by_itself_but_never_sent_by_itself() {
    let mut otp = asking();
    otp.plays([
        (Reply(failed(Failure::Offline)), "asking stopped E101"),
        (After(3_600), "asking stopped E101"),
        (Is(Told::Online), "asking waiting: ask_code"),
        (Is(Told::Online), "asking waiting"),
        (Reply(sent(1)), "entering"),
    ]);
    let mut otp = checking();
    otp.plays([
        (Reply(failed(Failure::Offline)), "checking stopped E101"),
        (Is(Told::Online), "checking stopped E101"),
        (again(), "checking waiting: verify_code"),
        (Is(Told::Online), "checking waiting"),
    ]);
}

#[test]
fn nothing_is_tried_before_the_service_s_time() {
    let mut otp = asking();
    otp.plays([
        (Reply(retry_after(Code::RateLimited, 30)), "asking stopped E115"),
        (again(), "refused"),
        (After(29), "asking stopped E115"),
        (again(), "refused"),
        (Is(Told::Online), "asking stopped E115"),
        (Kill, "asking stopped E115"),
    ]);
    assert_eq!(super::wake(&otp.state, NOW), Some(NOW.plus(30)));
    assert!(actions(&page(&otp)).contains(&"try-again (1)".into()));
    otp.plays([(After(1), "asking stopped E115"), (again(), "asking waiting: ask_code")]);
}

#[test]
fn a_check_that_failed_can_be_tried_again_with_the_same_code() {
    for (outcome, wanted) in [
        (failed(Failure::Offline), "checking stopped E101"),
        (failed(Failure::Slow), "checking stopped E102"),
        (no(Code::Internal), "checking stopped E103"),
        // Without a time: no lock that has an end.
        (no(Code::TriesLocked), "checking stopped E115"),
    ] {
        let mut otp = checking();
        assert_eq!(otp.reply(outcome), wanted);
        assert_eq!(held(&otp), Some("012345"));
        assert!(page(&otp).can_go_back);
        assert_eq!(otp.step(again()), "checking waiting: verify_code");
    }
}

#[test]
fn an_address_that_is_not_there_leads_to_other_ways() {
    let mut otp = asking();
    assert_eq!(otp.reply(no(Code::ChannelUnavailable)), "no channel");
    assert_eq!(actions(&page(&otp)), ["help", "later"]);
    otp.plays([(Kill, "no channel"), (Is(Told::Online), "no channel"), (again(), "refused")]);
    if let State::NoChannel { ask } = &mut otp.state {
        ask.purpose = OtpPurpose::Recover;
    }
    assert_eq!(actions(&page(&otp)), ["help", "by-email", "later"]);
}

#[test]
fn what_does_not_fit_changes_nothing() {
    for (mut otp, happens) in [
        (asking(), on()),
        (asking(), typed("012345")),
        (asking(), resend()),
        (asking(), Reply(Outcome::Done)),
        (asking(), Reply(Outcome::CodeRight(verified()))),
        (entering(), on()),
        (entering(), again()),
        (entering(), Is(Told::Portrait(vec![0xff, 0xd8, 0xff]))),
        (checking(), typed("012346")),
        (checking(), on()),
        (checking(), resend()),
        (checking(), again()),
        (checking(), Reply(sent(2))),
    ] {
        assert_eq!(otp.step(happens), "refused", "{}", name(&otp.state));
    }
    for mut otp in [asking(), entering(), checking()] {
        assert_eq!(otp.step(Stale(Outcome::CodeRight(verified()))), "stale");
    }
}

#[test]
fn the_way_back_drops_the_code() {
    for mut otp in [asking(), entering(), checking()] {
        otp.kit.held.put(Slot::Code, Secret::new("012345".into()));
        assert_eq!((otp.is(Told::Back), held(&otp)), ("back".into(), None));
    }
}

#[test]
fn every_page_says_what_the_code_approves_or_what_stops_it() {
    let sent = challenge(1, NOW);
    let wrongs = [
        Wrong::NotDigits,
        Wrong::Length,
        Wrong::NoCode,
        Wrong::OtherHost,
        Wrong::Code { left: Some(1) },
        Wrong::Code { left: None },
        Wrong::Void,
        Wrong::Emptied,
    ];
    for wrong in wrongs.into_iter().map(Some).chain([None]) {
        let mut otp = entering();
        otp.state = State::Entering { ask: ask(), sent: sent.clone(), wrong };
        let page = page(&otp);
        assert_eq!(said(&page).get(1).map(String::as_str), Some("otp-register-text"));
        assert!(said(&page).contains(&"otp-never-text".into()) && page.can_go_back);
        assert_eq!(page.announce.is_some(), wrong.is_some());
    }
    let stopped = Work::Stopped(Trouble::of(&Failure::NotGenuine, NOW));
    for state in
        [State::Asking { ask: ask(), again: None, work: stopped }, State::Checking { ask: ask(), sent, work: stopped }]
    {
        let mut otp = entering();
        otp.state = state;
        assert!(said(&page(&otp)).contains(&"trouble-genuine-text".into()));
        assert_eq!(actions(&page(&otp)), ["help", "later"]);
    }
}

proptest! {
    #[test]
    fn whatever_is_entered_a_whole_code_is_held_or_none(
        text in "[0-9 -]{0,9}|(?s).{0,40}|[0-9]{6}\n@eid.example.vn #[0-9]{4,8}",
        source in prop_oneof![Just(CodeSource::Typed), Just(CodeSource::Pasted), Just(CodeSource::Message)],
    ) {
        let mut otp = entering();
        otp.step(code(&text, source));
        let is_whole = |code: &str| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        prop_assert!(held(&otp).is_none_or(is_whole));
    }
}
