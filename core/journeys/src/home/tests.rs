use citizen_protocol::wire::{AccountLevel, AccountLock, AccountSummary, Code, LockedBy, UnixTime};
use citizen_text::Language;

use super::{State, begin, told};
use crate::effect::{Do, Outcome, Request};
use crate::event::Journey as Way;
use crate::failure::Failure;
use crate::ids::Act;
use crate::page::{Page, Part};
use crate::place::Go;
use crate::play::{Journey, NUMBER, Play, START, account, has_support_code, no, plain_failures};
use crate::see::See;
use crate::world::{Shared, Told};

type Home = Play<State>;

const JOURNEY: Journey<State> = Journey { begin, told, page: |state, see| super::page(state, see, &[]) };
const DAY: u64 = 86_400;

fn signed_out() -> Home {
    Play::new(&JOURNEY).on("home").asked(&[])
}

/// Signed in, and the account as it is now is asked for.
fn asking(account: AccountSummary) -> Home {
    let mut shared = Shared::new(Language::Vi);
    (shared.account, shared.number) = (Some(account), Some(NUMBER.into()));
    Play::of(&JOURNEY, shared).asked(&["fetch_account"])
}

fn signed_in(account: AccountSummary) -> Home {
    asking(account.clone()).reply(Outcome::Account(account))
}

fn with_parked(home: &Home, parked: &[Way]) -> Page {
    let parked = parked.iter().map(|journey| super::Parked { journey: *journey, is_with_service: false });
    let parked: Vec<_> = parked.collect();
    super::page(&home.state, See { now: &home.now, held: &home.held, shared: &home.shared }, &parked)
}

fn actions(page: &Page) -> Vec<&str> {
    page.actions.iter().map(|action| action.id.as_str()).collect()
}

fn ids(page: &Page) -> Vec<&str> {
    let id = |part: &'_ Part| match part {
        Part::Paragraph { said } | Part::Notice { said, .. } | Part::Progress { said, .. } => Some(said.id.clone()),
        _ => None,
    };
    let said: Vec<String> = page.parts.iter().filter_map(id).collect();
    let known = ["home-enrol-unfinished", "home-activate-unfinished", "home-recover-unfinished", "home-genuine-text"];
    known.into_iter().filter(|id| said.iter().any(|one| one == id)).collect()
}

#[test]
fn who_is_not_signed_in_is_offered_every_way() {
    let home = signed_out().says("home-text").says("home-genuine-text");
    assert_eq!(actions(&home.page()), ["enrol", "sign-in", "activate", "settings", "help"]);
    let mut applied = home;
    applied.shared.has_applied = true;
    assert_eq!(actions(&applied.page()), ["status", "sign-in", "enrol", "activate", "settings", "help"]);
}

#[test]
fn every_way_leads_to_its_journey() {
    for (act, way) in [
        (Act::Enrol, Way::Enrol),
        (Act::Resume, Way::Enrol),
        (Act::Status, Way::Status),
        (Act::SignIn, Way::SignIn),
        (Act::Recover, Way::Recover),
        (Act::Activate, Way::Activate),
        (Act::Settings, Way::Settings),
    ] {
        assert_eq!(signed_out().told(&Told::Act(act)).went, Some(Go::Journey(way)), "{act:?}");
    }
}

#[test]
fn what_was_left_for_later_is_named_and_can_be_gone_on_with() {
    for (parked, said, act) in [
        (&[Way::Enrol][..], &["home-enrol-unfinished"][..], Act::Resume),
        (&[Way::Activate], &["home-activate-unfinished"], Act::Activate),
        (&[Way::Recover], &["home-recover-unfinished"], Act::Recover),
        (&[Way::Enrol, Way::Recover], &["home-enrol-unfinished", "home-recover-unfinished"], Act::Recover),
    ] {
        let page = with_parked(&signed_out(), parked);
        assert_eq!(ids(&page), [said, &["home-genuine-text"]].concat(), "{parked:?}");
        assert!(actions(&page).contains(&act.id()), "{parked:?}");
        assert_eq!(actions(&page).contains(&"enrol"), !parked.contains(&Way::Enrol), "one of the two");
    }
}

#[test]
fn the_account_is_a_card_with_the_number_s_last_digits_only() {
    let home = signed_in(account()).on("home-account");
    let rows = home.page().parts.into_iter().find_map(|part| match part {
        Part::Document { rows, .. } => Some(rows),
        _ => None,
    });
    let rows = rows.expect("a card");
    let values: Vec<_> = rows.iter().map(|row| (row.label.id.as_str(), row.value.as_str())).collect();
    assert_eq!(values[0], ("home-number-row", "•••• •••• 3456"));
    assert_eq!(values[1..], [("home-level-row", "Mức 1: đăng ký trên ứng dụng"), ("home-channels-row", "tin nhắn"),]);
    assert_eq!(rows[0].spoken.as_deref(), Some("Bốn số cuối: 3 4 5 6"));
    assert!(!values.iter().any(|(_, value)| value.contains(NUMBER)));
    assert_eq!(actions(&home.page()), ["activate", "settings", "help"]);
    let level_2 = signed_in(AccountSummary { level: AccountLevel::Level2, ..account() });
    level_2.lacks(Act::Activate).has(Act::Settings).has(Act::Help);
}

#[test]
fn a_card_that_ends_is_said_sixty_days_ahead_and_once_it_has() {
    for (ends, text) in [
        // The stage stands on 2026-11-25; 60 days on is 2027-01-24.
        ("2027-01-25", None),
        ("2027-01-24", Some("home-card-expires-text")),
        ("2026-11-25", Some("home-card-expires-text")),
        ("2026-11-24", Some("home-card-expired-text")),
        ("2020-02-29", Some("home-card-expired-text")),
        ("not a day", None),
    ] {
        let home = signed_in(AccountSummary { card_expires: Some(ends.into()), ..account() });
        let said = format!("{:?}", home.page());
        for id in ["home-card-expires-text", "home-card-expired-text"] {
            assert_eq!(said.contains(id), text == Some(id), "{ends}: {id}");
        }
    }
}

#[test]
fn a_new_phone_s_cool_down_is_said_until_it_is_over() {
    let home = signed_in(AccountSummary { cool_down_until: Some(START.plus(DAY)), ..account() });
    let home = home.says("home-cool-down-text").later(DAY);
    assert!(!format!("{:?}", home.page()).contains("home-cool-down-text"));
}

#[test]
fn a_locked_account_says_so_and_where_it_is_unlocked() {
    for by in [LockedBy::Holder, LockedBy::Office, LockedBy::Hotline, LockedBy::Authority, LockedBy::Expiry] {
        let lock = Some(AccountLock { by, since: UnixTime(START.0 - DAY) });
        let home = signed_in(AccountSummary { lock, ..account() }).on("home-account-locked");
        let home = home.has(Act::InPerson).has(Act::Settings).lacks(Act::Activate);
        assert!(has_support_code(&home.page()), "{by:?}");
    }
}

#[test]
fn a_failure_that_passes_keeps_what_was_last_known() {
    for failure in [Failure::Offline, Failure::Slow, no(Code::Internal), no(Code::RateLimited), no(Code::Unavailable)] {
        let home = asking(account()).fails(failure.clone()).on("home-account").says("home-stale");
        assert!(home.shared.account.is_some() && !has_support_code(&home.page()), "{failure:?}");
        home.act(Act::TryAgain).asked(&["fetch_account"]).reply(Outcome::Account(account())).lacks(Act::TryAgain);
    }
    asking(account()).fails(Failure::Offline).told(&Told::Online).asked(&["fetch_account"]);
}

#[test]
fn whatever_fails_there_is_help() {
    for failure in plain_failures() {
        let home = asking(account()).fails(failure.clone()).has(Act::Help).has(Act::Settings);
        let page = format!("{:?}", home.page());
        assert!(page.contains("home-stale") || has_support_code(&home.page()), "{failure:?}");
    }
}

#[test]
fn who_is_signed_out_by_the_service_is_told_why() {
    for failure in [
        Failure::NotSignedIn,
        Failure::UnknownPhone,
        no(Code::TokenExpired),
        no(Code::NotTheDevice),
        no(Code::OnAnotherPhone),
    ] {
        let home = asking(account()).fails(failure.clone()).on("home").has(Act::SignIn);
        assert!(home.shared.account.is_none() && has_support_code(&home.page()), "{failure:?}");
        assert_eq!(actions(&home.page())[0], "sign-in", "{failure:?}: the way on first");
        home.told(&Told::Online).asked(&[]).told(&Told::Resumed).asked(&[]);
    }
}

#[test]
fn the_account_is_asked_for_again_when_the_network_is_back_and_after_a_start() {
    let home = signed_in(account());
    home.clone().told(&Told::Online).asked(&["fetch_account"]);
    home.clone().killed().asked(&["fetch_account"]);
    home.told(&Told::Tick).asked(&[]);
    asking(account()).told(&Told::Online).asked(&[]);
    signed_out().told(&Told::Online).asked(&[]);
}

#[test]
fn where_the_devices_changed_only_what_protects_the_account_is_left() {
    let home = asking(account()).fails(Failure::DevicesChanged).on("home-devices").says("trouble-devices-text");
    assert_eq!(actions(&home.page()), ["lock-account", "call", "in-person", "help"]);
    assert!(has_support_code(&home.page()));
    // Also on every way back home, until the service says that it is well.
    let again = Play::of(&JOURNEY, home.shared.clone()).on("home-devices").asked(&["fetch_account"]);
    again.fails(Failure::Offline).on("home-devices");
    let dialled = home.clone().act(Act::Call);
    assert!(dialled.effects[0].what == Do::Ask(Request::Dial { number: "19000368".into() }));
    let well = home.clone().killed().asked(&["fetch_account"]).reply(Outcome::Account(account()));
    well.on("home-account");
    for act in [Act::Settings, Act::Enrol, Act::SignIn, Act::Activate] {
        home.clone().refuses(&Told::Act(act));
    }
}

#[test]
fn the_account_is_locked_from_there_and_nothing_hinders_it() {
    let home = asking(account()).fails(Failure::DevicesChanged);
    let asked = home.act(Act::LockAccount).on("home-lock");
    asked.clone().back().on("home-devices");
    let telling = asked.act(Act::Confirm).on("home-locking").asked(&["lock_account"]);
    for failure in plain_failures() {
        let stopped = telling.clone().fails(failure.clone()).on("home-locking").has(Act::Call);
        assert!(has_support_code(&stopped.page()), "{failure:?}");
        stopped.back().on("home-lock");
    }
    let lock = Some(AccountLock { by: LockedBy::Holder, since: START });
    let locked = telling.clone().killed().asked(&["lock_account"]);
    let locked = locked.reply(Outcome::Account(AccountSummary { lock, ..account() })).on("home-locked");
    assert_eq!(locked.shared.account.as_ref().and_then(|account| account.lock), lock);
    locked.act(Act::Home).asked(&["fetch_account"]);
    // Somebody was faster.
    telling.refused(Code::AccountLocked).on("home-locked");
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let home = signed_out().refuses(&Told::Back).refuses(&Told::Act(Act::Confirm)).refuses(&Told::Act(Act::TryAgain));
    let stale = asking(account()).reply_told(Outcome::Account(account()));
    home.refuses(&stale);
    asking(account()).refuses(&Told::Act(Act::TryAgain)).refuses(&Told::Back);
}
