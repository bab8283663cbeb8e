use citizen_keystore::KeystoreError;
use citizen_protocol::wire::{
    AccountLock, AccountSummary, Consent, Deletion, Export, Id, LockedBy, Policy, PrivacyStatus, Purpose,
    PurposePolicy, Secret, UnixTime, Withdrawal,
};
use citizen_text::Language;

use super::pin::{Weakness, weakness};
use super::{State, begin, page, told};
use crate::effect::{Do, Outcome};
use crate::event::Event;
use crate::failure::Failure;
use crate::held::{Held, Slot};
use crate::ids::{Act, FieldId};
use crate::lock::Kind;
use crate::page::{Page, Part};
use crate::place::Go;
use crate::play::{Journey, NUMBER, Play, START, account, has_support_code, plain_failures};
use crate::world::{Shared, Told};

type Settings = Play<State>;

const JOURNEY: Journey<State> = Journey { begin, told, page };
const DAY: u64 = 86_400;

fn policy() -> Policy {
    let purpose =
        |purpose, is_required| PurposePolicy { purpose, is_required, kept_days: None, recipients: Vec::new() };
    let purposes = vec![purpose(Purpose::Identity, true), purpose(Purpose::Diagnostics, false)];
    Policy { minimum_age: 14, terms: 1, purposes }
}

fn given(purpose: Purpose) -> Consent {
    Consent { purpose, terms: 1, given_at: UnixTime(START.0 - DAY) }
}

fn consents() -> Vec<Consent> {
    vec![given(Purpose::Identity), given(Purpose::Diagnostics)]
}

fn status() -> PrivacyStatus {
    PrivacyStatus { consents: consents(), export: None, deletion: None }
}

fn signed_out() -> Settings {
    Play::new(&JOURNEY).on("settings")
}

fn signed_in() -> Settings {
    let mut shared = Shared::new(Language::Vi);
    (shared.account, shared.number, shared.has_applied) = (Some(account()), Some(NUMBER.into()), true);
    (shared.policy, shared.consents) = (Some(policy()), consents());
    Play::of(&JOURNEY, shared).on("settings")
}

fn at_privacy() -> Settings {
    let loading = signed_in().act(Act::Privacy).on("settings-privacy-loading").asked(&["fetch_privacy"]);
    loading.reply(Outcome::Privacy(status())).on("settings-privacy")
}

fn unticks(settings: Settings, purpose: &str) -> Settings {
    settings.event(|page| Event::Choose { page, choice: purpose.into(), option: String::new(), chosen: false })
}

fn actions(page: &Page) -> Vec<&str> {
    page.actions.iter().map(|action| action.id.as_str()).collect()
}

fn consents_shown(page: &Page) -> Vec<(&str, bool)> {
    let shown = page.parts.iter().filter_map(|part| match part {
        Part::Consent { entry } => Some((entry.id.as_str(), entry.chosen)),
        _ => None,
    });
    shown.collect()
}

fn says_not(settings: &Settings, id: &str) -> bool {
    !format!("{:?}", settings.page()).contains(id)
}

#[test]
fn the_menu_offers_what_fits_the_holder() {
    assert_eq!(actions(&signed_out().page()), ["language", "help"]);
    // A lock of before can still be changed.
    let mut with_lock = signed_out();
    with_lock.shared.app_lock = Kind::Pin;
    with_lock.has(Act::AppLock);
    let all = ["language", "app-lock", "privacy", "lock-account", "sign-out", "help"];
    assert_eq!(actions(&signed_in().page()), all);
    let mut locked = signed_in();
    let lock = Some(AccountLock { by: LockedBy::Holder, since: START });
    locked.shared.account = Some(AccountSummary { lock, ..account() });
    locked.lacks(Act::LockAccount).has(Act::SignOut);
    assert!(signed_out().back().left);
}

#[test]
fn the_language_changes_at_once_and_each_is_called_by_its_own_name() {
    let page = signed_out().act(Act::Language).on("settings-language");
    let names = |settings: &Settings| match settings.page().parts.remove(0) {
        Part::Choice { choice } => {
            choice.options.into_iter().map(|one| (one.label.text, one.chosen)).collect::<Vec<_>>()
        }
        _ => Vec::new(),
    };
    assert_eq!(names(&page), [("Tiếng Việt".to_owned(), true), ("English".to_owned(), false)]);
    let english = page.choose("language", "en");
    assert_eq!(english.page().title.text, "Language");
    assert_eq!(names(&english), [("Tiếng Việt".to_owned(), false), ("English".to_owned(), true)]);
    let fr = Told::Choose { choice: "language".into(), option: "fr".into(), chosen: true };
    english.clone().refuses(&fr);
    english.choose("language", "vi").back().on("settings");
}

#[test]
fn a_pin_is_entered_twice_and_kept() {
    let pin = signed_in().act(Act::AppLock).on("settings-app-lock").act(Act::SetPin).on("settings-pin");
    let pin = pin.field(FieldId::Pin, "271828").field(FieldId::PinAgain, "271828").act(Act::Continue);
    let keeping = pin.on("settings-pin-keeping").asked(&["set_pin"]);
    for failure in plain_failures() {
        let stopped = keeping.clone().fails(failure.clone()).on("settings-pin-keeping");
        assert!(has_support_code(&stopped.page()), "{failure:?}");
        stopped.back().on("settings-pin");
    }
    keeping.clone().fails(Failure::Gone).on("settings-pin");
    keeping.clone().killed().on("settings-pin").says("settings-pin-emptied");
    let kept = keeping.reply(Outcome::Done).asked(&["success"]);
    assert_eq!(kept.went, Some(Go::AppLock(Kind::Pin)));
    assert!(kept.held.get(Slot::Pin).is_none() && kept.held.get(Slot::PinAgain).is_none());
}

#[test]
fn a_pin_that_is_easy_to_guess_is_refused_and_says_why() {
    for (pin, again, wrong) in [
        ("", "", Some(Weakness::Length)),
        ("27182", "27182", Some(Weakness::Length)),
        ("2718281", "2718281", Some(Weakness::Length)),
        ("27182a", "27182a", Some(Weakness::Length)),
        ("٢٧١٨٢٨", "٢٧١٨٢٨", Some(Weakness::Length)),
        ("000000", "000000", Some(Weakness::Trivial)),
        ("121212", "121212", Some(Weakness::Trivial)),
        ("473473", "473473", Some(Weakness::Trivial)),
        ("123456", "123456", Some(Weakness::Trivial)),
        ("654321", "654321", Some(Weakness::Trivial)),
        ("890123", "890123", Some(Weakness::Trivial)),
        ("250190", "250190", Some(Weakness::Trivial)),
        ("900125", "900125", Some(Weakness::Trivial)),
        ("199090", "199090", Some(Weakness::Trivial)),
        ("901990", "901990", Some(Weakness::Trivial)),
        ("271828", "271829", Some(Weakness::Differs)),
        ("271828", "", Some(Weakness::Differs)),
        ("271828", "271828", None),
        ("904736", "904736", None),
    ] {
        let mut held = Held::default();
        held.put(Slot::Pin, Secret::new(pin.into()));
        held.put(Slot::PinAgain, Secret::new(again.into()));
        assert_eq!(weakness(&held), wrong, "{pin} {again}");
        let page = signed_in().act(Act::AppLock).act(Act::SetPin);
        let page = page.field(FieldId::Pin, pin).field(FieldId::PinAgain, again).act(Act::Continue);
        match wrong {
            Some(Weakness::Length) => page.on("settings-pin").says("settings-pin-length-error"),
            Some(Weakness::Trivial) => page.on("settings-pin").says("settings-pin-trivial-error"),
            Some(Weakness::Differs) => page.on("settings-pin").says("settings-pin-differs-error"),
            None => page.on("settings-pin-keeping"),
        };
    }
}

#[test]
fn a_pin_that_was_begun_is_dropped_on_the_way_back_and_never_stored() {
    let pin = signed_in().act(Act::AppLock).act(Act::SetPin).field(FieldId::Pin, "904736");
    assert!(!serde_json::to_string(&pin.state).unwrap().contains("904736"));
    let killed = pin.clone().killed().on("settings-pin").says("settings-pin-emptied");
    assert!(says_not(&killed, "904736"));
    let back = pin.back().on("settings-app-lock");
    assert!(back.held.get(Slot::Pin).is_none());
}

#[test]
fn the_phone_s_own_lock_is_asked_before_it_becomes_the_app_s() {
    let prompt = signed_in().act(Act::AppLock).act(Act::UseBiometric).on("settings-prompting").asked(&["authenticate"]);
    for failure in plain_failures() {
        let stopped = prompt.clone().fails(failure.clone()).on("settings-prompting");
        assert!(has_support_code(&stopped.page()), "{failure:?}");
        stopped.back().on("settings-app-lock");
    }
    prompt.clone().fails(Failure::Keystore(KeystoreError::UserCancelled)).act(Act::TryAgain).asked(&["authenticate"]);
    assert_eq!(prompt.reply(Outcome::Done).went, Some(Go::AppLock(Kind::Biometric)));
}

#[test]
fn a_phone_without_a_screen_lock_is_no_dead_end() {
    let prompt = signed_in().act(Act::AppLock).act(Act::UseBiometric);
    let none = prompt.fails(Failure::Keystore(KeystoreError::NotEnrolled)).on("settings-no-screen-lock");
    none.clone().act(Act::SetPin).on("settings-pin");
    none.clone().act(Act::OpenSettings).asked(&["open_settings"]).on("settings-no-screen-lock");
    none.clone().act(Act::TryAgain).asked(&["authenticate"]);
    none.back().on("settings-app-lock");
}

#[test]
fn the_lock_is_removed_once_that_is_confirmed() {
    let mut settings = signed_in().act(Act::AppLock).lacks(Act::RemoveLock);
    for kind in [Kind::Pin, Kind::Biometric] {
        settings.shared.app_lock = kind;
        let asked = settings.clone().act(Act::RemoveLock).on("settings-lock-removal");
        asked.clone().back().on("settings-app-lock");
        let removed = asked.act(Act::Confirm).asked(&["remove_pin"]);
        assert_eq!(removed.went, Some(Go::AppLock(Kind::Off)));
    }
}

#[test]
fn what_the_service_keeps_is_behind_its_policy() {
    let mut settings = signed_in();
    settings.shared.policy = None;
    let loading = settings.act(Act::Privacy).on("settings-privacy-loading").asked(&["fetch_policy"]);
    let loading = loading.reply(Outcome::Policy(policy())).asked(&["fetch_privacy"]);
    for failure in plain_failures() {
        let stopped = loading.clone().fails(failure.clone()).on("settings-privacy-loading");
        assert!(has_support_code(&stopped.page()), "{failure:?}");
        stopped.back().on("settings");
    }
    loading.clone().killed().asked(&["fetch_privacy"]);
    let changed = loading.clone().fails(Failure::DevicesChanged);
    assert!(changed.went == Some(Go::Home) && changed.shared.devices_changed);
    let privacy = loading.reply(Outcome::Privacy(status())).on("settings-privacy");
    assert_eq!(consents_shown(&privacy.page()), [("identity", true), ("diagnostics", true)]);
    assert_eq!(actions(&privacy.page()), ["export", "delete", "help"]);
}

#[test]
fn a_consent_that_is_not_required_is_withdrawn_and_the_account_stays() {
    let asked = unticks(at_privacy(), "diagnostics").on("settings-withdraw").says("settings-withdraw-optional-text");
    assert!(says_not(&asked, "settings-withdraw-required-text"));
    assert_eq!(consents_shown(&asked.clone().back().on("settings-privacy").page()).len(), 2);
    let telling = asked.act(Act::Confirm).on("settings-privacy-telling");
    assert!(telling.effects[0].what == Do::Withdraw { purpose: Purpose::Diagnostics });
    let withdrawal = Withdrawal { purpose: Purpose::Diagnostics, withdrawn_at: START, ends_account_at: None };
    let done = telling.reply(Outcome::Withdrawn(withdrawal)).on("settings-privacy").says("settings-withdrawn");
    assert_eq!(consents_shown(&done.page()), [("identity", true)]);
    assert_eq!(done.shared.consents, [given(Purpose::Identity)]);
    done.has(Act::Delete);
}

#[test]
fn withdrawing_a_required_one_says_that_and_when_the_account_ends() {
    let asked = unticks(at_privacy(), "identity").on("settings-withdraw");
    let asked = asked.says("settings-withdraw-required-text").says("settings-delete-time-text");
    let telling = asked.act(Act::Confirm);
    let ends = Some(START.plus(30 * DAY));
    let withdrawal = Withdrawal { purpose: Purpose::Identity, withdrawn_at: START, ends_account_at: ends };
    let done = telling.reply(Outcome::Withdrawn(withdrawal)).on("settings-privacy").says("settings-withdrawn-ends");
    assert!(!done.clone().says("settings-deletion-asked").lacks(Act::Delete).shared.has_consent());
}

#[test]
fn an_export_and_a_deletion_are_confirmed_and_say_what_was_asked_for_before() {
    let export = Export { id: Id([4; 16]), requested_at: START, expected_by: START.plus(DAY) };
    let deletion = Deletion { requested_at: START, effective_at: START.plus(30 * DAY) };
    let asked = at_privacy().act(Act::Export).on("settings-export").says("settings-export-text");
    let exported = asked.act(Act::Confirm).asked(&["export"]).reply(Outcome::Export(export));
    let exported = exported.on("settings-privacy").says("settings-exported").says("settings-export-asked");
    let again = exported.act(Act::Export).says("settings-export-asked").later(DAY).says("settings-export-sent");
    let asked = again.back().act(Act::Delete).on("settings-delete").says("settings-delete-time-text");
    let deleted = asked.says("settings-export-sent").act(Act::Confirm).asked(&["delete"]);
    let deleted = deleted.reply(Outcome::Deletion(deletion)).on("settings-privacy").says("settings-deleted");
    unticks(deleted.says("settings-deletion-asked").lacks(Act::Delete), "identity").says("settings-deletion-asked");
}

#[test]
fn a_right_that_could_not_be_used_can_be_tried_again_or_left() {
    for (ask, effect) in [
        (at_privacy().act(Act::Export), "export"),
        (at_privacy().act(Act::Delete), "delete"),
        (unticks(at_privacy(), "diagnostics"), "withdraw"),
    ] {
        let telling = ask.act(Act::Confirm).asked(&[effect]);
        telling.clone().killed().asked(&[effect]);
        for failure in plain_failures() {
            let stopped = telling.clone().fails(failure.clone()).on("settings-privacy-telling");
            assert!(has_support_code(&stopped.page()), "{failure:?}");
            stopped.back().has(Act::Confirm).back().on("settings-privacy");
        }
        let changed = telling.clone().fails(Failure::DevicesChanged);
        assert!(changed.went == Some(Go::Home) && changed.shared.devices_changed);
        let other = telling.reply_told(Outcome::Account(account()));
        telling.refuses(&other);
    }
}

#[test]
fn the_account_is_locked_once_that_is_confirmed() {
    let asked = signed_in().act(Act::LockAccount).on("settings-lock").says("settings-lock-undo-text");
    asked.clone().back().on("settings");
    let lock = Some(AccountLock { by: LockedBy::Holder, since: START });
    let locked = asked.act(Act::Confirm).asked(&["lock_account"]);
    let locked = locked.reply(Outcome::Account(AccountSummary { lock, ..account() })).on("settings-locked");
    assert_eq!(locked.has(Act::InPerson).act(Act::Home).went, Some(Go::Home));
}

#[test]
fn signing_out_leaves_nothing_of_the_holder() {
    let mut settings = signed_in();
    settings.held.put(Slot::Password, Secret::new("canary".into()));
    settings.held.put_portrait(vec![1]);
    let asked = settings.act(Act::SignOut).on("settings-sign-out");
    asked.clone().back().on("settings");
    let out = asked.act(Act::Confirm).on("settings-signing-out").asked(&["forget", "sign_out"]).wiped();
    let shared = &out.shared;
    assert!(shared.account.is_none() && shared.number.is_none() && shared.consents.is_empty() && !shared.has_applied);
    assert_eq!(out.held, Held::default());
    let stopped = out.clone().fails(Failure::Storage { full: true }).act(Act::TryAgain).asked(&["sign_out"]);
    let done = stopped.reply(Outcome::Done).asked(&[]);
    assert_eq!(done.went, Some(Go::SignedOut));
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let untick = |choice: &str| Told::Choose { choice: choice.into(), option: String::new(), chosen: false };
    signed_in().refuses(&Told::Act(Act::Confirm)).refuses(&Told::Act(Act::TryAgain)).refuses(&untick("identity"));
    at_privacy().refuses(&untick("portrait")).refuses(&Told::Act(Act::Confirm));
    signed_in().act(Act::SignOut).refuses(&Told::Act(Act::Home)).refuses(&Told::Field(FieldId::Pin, "271828".into()));
}
