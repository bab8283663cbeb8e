//! What the settings show.

use citizen_protocol::wire::{Consent, PrivacyStatus, Purpose};
use citizen_text::{Language, Value};

use super::pin::{Weakness, weakness};
use super::state::{Right, Said, State};
use super::update::{LANGUAGE, is_stopped};
use crate::consent;
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::lock::Kind;
use crate::page::{Choice, ChoiceOption, ConsentEntry, Field, FieldKind, Page, Part, Tone};
use crate::see::{Draft, See, said};
use crate::shared::locking;
use crate::shared::work::Work;

const LOCKING: locking::Pages =
    locking::Pages { ask: "settings-lock", telling: "settings-locking", locked: "settings-locked" };

pub(crate) fn page(state: &State, see: See) -> Page {
    match state {
        State::Menu => menu(see),
        State::Language => language(see),
        State::AppLock => app_lock(see),
        State::Pin { tried, entered } => pin(see, *tried, *entered),
        State::KeepingPin { work } => {
            let draft = see.page("settings-pin-keeping", "settings-pin-title");
            stoppable(draft.work(work, "settings-keeping-progress"), *work)
        }
        State::Prompting { work } => {
            let draft = see.page("settings-prompting", "settings-app-lock-title").back();
            draft.work(work, "settings-prompting-progress").done()
        }
        State::NoScreenLock => {
            let draft = see.page("settings-no-screen-lock", "settings-app-lock-title").back();
            let draft = draft.text("settings-no-screen-lock-text").primary(Act::SetPin);
            draft.secondary(Act::OpenSettings).secondary(Act::TryAgain).secondary(Act::Help).done()
        }
        State::AskingOpen => {
            let draft = see.page("settings-lock-removal", "settings-lock-removal-title").back();
            draft.text("settings-lock-removal-text").destructive(Act::Confirm).secondary(Act::Help).done()
        }
        State::Loading { work } => {
            let draft = see.page("settings-privacy-loading", "settings-privacy-title").back();
            draft.work(work, "settings-privacy-progress").done()
        }
        State::Privacy { status, said } => privacy(see, status, *said),
        State::Asking { what, status } => asking(see, *what, status),
        State::Telling { what, work, .. } => {
            let draft = see.page("settings-privacy-telling", title(*what));
            stoppable(draft.work(work, "settings-telling-progress"), *work)
        }
        State::Locking { locking } => locking::page(*locking, see, LOCKING),
        State::AskingSignOut => {
            let draft = see.page("settings-sign-out", "settings-sign-out-title").back().text("settings-sign-out-text");
            draft.destructive(Act::Confirm).secondary(Act::Help).done()
        }
        State::SigningOut { work } => {
            let draft = see.page("settings-signing-out", "settings-sign-out-title");
            stoppable(draft.work(work, "settings-signing-out-progress"), *work)
        }
    }
}

/// A call that can be given up once it failed.
fn stoppable(draft: Draft<'_>, work: Work) -> Page {
    // What stopped it says Help itself.
    if is_stopped(work) { draft.back().done() } else { draft.secondary(Act::Help).done() }
}

fn menu(see: See) -> Page {
    let draft = see.page("settings", "settings-title").back().secondary(Act::Language);
    // It protects what who is signed in sees; whoever forgot the PIN gets back by signing in.
    let can_lock = see.shared.account.is_some() || see.shared.app_lock != Kind::Off;
    let draft = if can_lock { draft.secondary(Act::AppLock) } else { draft };
    let draft = match &see.shared.account {
        Some(account) => {
            let draft = draft.secondary(Act::Privacy);
            let draft = if account.lock.is_none() { draft.destructive(Act::LockAccount) } else { draft };
            draft.destructive(Act::SignOut)
        }
        None => draft.text("settings-signed-out-text"),
    };
    draft.secondary(Act::Help).done()
}

fn language(see: See) -> Page {
    let options = Language::ALL.map(|language| ChoiceOption {
        id: language.tag().to_owned(),
        label: said(language, "language-name", &[]),
        chosen: see.shared.language == language,
    });
    let label = see.say("settings-language-label");
    let choice = Choice { id: LANGUAGE.to_owned(), label, options: options.into(), error: None };
    let draft = see.page("settings-language", "settings-language-title").back().part(Part::Choice { choice });
    draft.secondary(Act::Help).done()
}

fn app_lock(see: See) -> Page {
    let now = match see.shared.app_lock {
        Kind::Off => "settings-app-lock-off-text",
        Kind::Pin => "settings-app-lock-pin-text",
        Kind::Biometric => "settings-app-lock-biometric-text",
    };
    let draft =
        see.page("settings-app-lock", "settings-app-lock-title").back().text(now).text("settings-app-lock-text");
    let draft = match see.shared.app_lock {
        Kind::Off => draft.primary(Act::UseBiometric).secondary(Act::SetPin),
        Kind::Pin => draft.secondary(Act::SetPin).secondary(Act::UseBiometric).destructive(Act::RemoveLock),
        Kind::Biometric => draft.secondary(Act::SetPin).destructive(Act::RemoveLock),
    };
    draft.secondary(Act::Help).done()
}

fn pin(see: See, tried: bool, entered: bool) -> Page {
    let draft = see.page("settings-pin", "settings-pin-title").back().text("settings-pin-text");
    let was_emptied = entered && see.held.is_empty(Slot::Pin) && see.held.is_empty(Slot::PinAgain);
    let draft = if was_emptied { draft.announced(Tone::Info, see.say("settings-pin-emptied")) } else { draft };
    let weakness = weakness(see.held).filter(|_| tried);
    let error = match weakness {
        Some(Weakness::Length) => Some(see.say("settings-pin-length-error")),
        Some(Weakness::Trivial) => Some(see.say("settings-pin-trivial-error")),
        Some(Weakness::Differs) | None => None,
    };
    let differs = (weakness == Some(Weakness::Differs)).then(|| see.say("settings-pin-differs-error"));
    let draft = match error.as_ref().or(differs.as_ref()) {
        Some(said) => draft.announce(said.clone()),
        None => draft,
    };
    let hint = Some(see.say("settings-pin-hint"));
    let field = Field { hint, error, ..see.field(FieldId::Pin, FieldKind::Pin, "") };
    let again = Field { error: differs, ..see.field(FieldId::PinAgain, FieldKind::Pin, "") };
    let draft = draft.parts([Part::Field { field }, Part::Field { field: again }]);
    draft.primary(Act::Continue).secondary(Act::Help).done()
}

fn privacy(see: See, status: &PrivacyStatus, said: Option<Said>) -> Page {
    let draft = see.page("settings-privacy", "settings-privacy-title").back();
    let draft = match said {
        Some(Said::Withdrawn { ends_account_at: None }) => {
            draft.announced(Tone::Success, see.say("settings-withdrawn"))
        }
        Some(Said::Withdrawn { ends_account_at: Some(end) }) => {
            let said = see.say_with("settings-withdrawn-ends", &[("time", Value::Time(end.0))]);
            draft.announced(Tone::Warning, said)
        }
        Some(Said::Exported) => draft.announced(Tone::Success, see.say("settings-exported")),
        Some(Said::Deleted) => draft.announced(Tone::Warning, see.say("settings-deleted")),
        None => draft,
    };
    let draft = asked_for(draft.text("settings-privacy-text"), see, status);
    let entries = status.consents.iter().map(|consent| Part::Consent { entry: entry(see, consent) });
    let draft = draft.parts(entries).secondary(Act::Export);
    let draft = if status.deletion.is_none() { draft.destructive(Act::Delete) } else { draft };
    draft.secondary(Act::Help).done()
}

/// What was asked for before, and when it is done.
fn asked_for<'a>(draft: Draft<'a>, see: See<'a>, status: &PrivacyStatus) -> Draft<'a> {
    let draft = match status.export {
        Some(export) => {
            let [asked, by] = [export.requested_at, export.expected_by].map(|time| Value::Time(time.0));
            let values = [("asked-time", asked), ("expected-time", by)];
            let id = if export.expected_by > see.time() { "settings-export-asked" } else { "settings-export-sent" };
            draft.notice(Tone::Info, see.say_with(id, &values))
        }
        None => draft,
    };
    match status.deletion {
        Some(deletion) => {
            let [asked, at] = [deletion.requested_at, deletion.effective_at].map(|time| Value::Time(time.0));
            let values = [("asked-time", asked), ("effective-time", at)];
            draft.notice(Tone::Warning, see.say_with("settings-deletion-asked", &values))
        }
        None => draft,
    }
}

/// A consent in force: ticking it off asks whether to withdraw it.
fn entry(see: See, given: &Consent) -> ConsentEntry {
    let policies = see.shared.policy.iter().flat_map(|policy| &policy.purposes);
    let policy = { policies }.find(|one| one.purpose == given.purpose);
    let since = see.say_with("settings-consent-since", &[("time", Value::Time(given.given_at.0))]);
    let facts = policy.map(|policy| consent::facts(see, policy)).unwrap_or_default();
    ConsentEntry {
        id: consent::id(given.purpose).to_owned(),
        title: see.say(consent::title(given.purpose)),
        facts: std::iter::once(since).chain(facts).collect(),
        is_required: is_required(see, given.purpose),
        chosen: true,
    }
}

/// Whether the account ends with it; where the policy does not say, it is assumed.
fn is_required(see: See, purpose: Purpose) -> bool {
    let policies = see.shared.policy.iter().flat_map(|policy| &policy.purposes);
    { policies }.find(|one| one.purpose == purpose).is_none_or(|one| one.is_required)
}

fn title(what: Right) -> &'static str {
    match what {
        Right::Withdraw { .. } => "settings-withdraw-title",
        Right::Export => "settings-export-title",
        Right::Delete => "settings-delete-title",
    }
}

fn asking(see: See, what: Right, status: &PrivacyStatus) -> Page {
    let id = match what {
        Right::Withdraw { .. } => "settings-withdraw",
        Right::Export => "settings-export",
        Right::Delete => "settings-delete",
    };
    let draft = see.page(id, title(what)).back();
    let draft = match what {
        Right::Withdraw { purpose } => {
            let draft = draft.said(see.say(consent::title(purpose)));
            if is_required(see, purpose) {
                draft.text("settings-withdraw-required-text").text("settings-delete-time-text")
            } else {
                draft.text("settings-withdraw-optional-text")
            }
        }
        Right::Export => draft.text("settings-export-text"),
        Right::Delete => draft.text("settings-delete-text").text("settings-delete-time-text"),
    };
    let draft = asked_for(draft, see, status);
    let draft = if what == Right::Export { draft.primary(Act::Confirm) } else { draft.destructive(Act::Confirm) };
    draft.secondary(Act::Help).done()
}
