//! What home shows.

use citizen_card::CalendarDate;
use citizen_protocol::wire::{AccountLevel, AccountSummary, OtpChannel, UnixTime};
use citizen_text::Value;

use super::state::State;
use crate::event::Journey;
use crate::ids::Act;
use crate::page::{CardRow, Page, Part, Role, Said, Tone};
use crate::see::{Draft, See};
use crate::shared::work::Work;
use crate::shared::{account_lock, locking};
use crate::support::Stop;
use crate::trouble::Trouble;

const LOCKING: locking::Pages = locking::Pages { ask: "home-lock", telling: "home-locking", locked: "home-locked" };

/// So long before its last day the holder is told to renew the card (row R17).
const RENEW_S: u64 = 60 * 86_400;
/// Digits of the number that are shown.
const SHOWN_DIGITS: usize = 4;

/// A journey that was left for later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parked {
    pub(crate) journey: Journey,
    /// The holder has done everything there.
    pub(crate) is_with_service: bool,
}

fn has(parked: &[Parked], journey: Journey) -> bool {
    parked.iter().any(|one| one.journey == journey)
}

pub(crate) fn page(state: &State, see: See, parked: &[Parked]) -> Page {
    match (state, &see.shared.account) {
        (State::Locking { locking }, _) => locking::page(*locking, see, LOCKING),
        (State::Home { .. }, _) if see.shared.devices_changed => devices_changed(see),
        (State::Home { work, .. }, Some(account)) => signed_in(see, account, *work, parked),
        (State::Home { ended, .. }, None) => signed_out(see, *ended, parked),
    }
}

/// Only what protects the account.
fn devices_changed(see: See) -> Page {
    let draft = see.page("home-devices", "home-devices-title").text("home-devices-text");
    let draft = draft.destructive(Act::LockAccount).secondary(Act::Call).secondary(Act::InPerson);
    draft.stop(Stop::DevicesChanged).done()
}

fn signed_out(see: See, ended: Option<Stop>, parked: &[Parked]) -> Page {
    let draft = see.page("home", "home-title");
    let draft = match ended {
        Some(stop) => draft.stop(stop),
        None => draft,
    };
    let has_help = ended.is_some();
    let draft = draft.text("home-text").notice(Tone::Warning, see.say("home-genuine-text"));
    let draft = unfinished(draft, see, parked);
    let begins = if has(parked, Journey::Enrol) { Act::Resume } else { Act::Enrol };
    // The first button is what most people came for.
    let draft = match see.shared.has_applied {
        _ if ended.is_some() => draft.primary(Act::SignIn).secondary(begins),
        true => draft.primary(Act::Status).secondary(Act::SignIn).secondary(begins),
        false => draft.primary(begins).secondary(Act::SignIn),
    };
    let draft = if ended.is_some() && see.shared.has_applied { draft.secondary(Act::Status) } else { draft };
    let draft = draft.secondary(Act::Activate);
    let draft = if has(parked, Journey::Recover) { draft.secondary(Act::Recover) } else { draft };
    let draft = draft.secondary(Act::Settings);
    if has_help { draft.done() } else { draft.secondary(Act::Help).done() }
}

/// What was left for later.
fn unfinished<'a>(draft: Draft<'a>, see: See<'a>, parked: &[Parked]) -> Draft<'a> {
    parked.iter().fold(draft, |draft, left| {
        let said = match (left.journey, left.is_with_service) {
            (Journey::Enrol, _) => "home-enrol-unfinished",
            (Journey::Activate, false) => "home-activate-unfinished",
            (Journey::Activate, true) => "home-activate-waiting",
            (Journey::Recover, false) => "home-recover-unfinished",
            (Journey::Recover, true) => "home-recover-waiting",
            (Journey::Status | Journey::SignIn | Journey::Settings, _) => return draft,
        };
        draft.notice(Tone::Info, see.say(said))
    })
}

fn signed_in(see: See, account: &AccountSummary, work: Option<Work>, parked: &[Parked]) -> Page {
    let is_locked = account.lock.is_some();
    let draft = see.page(if is_locked { "home-account-locked" } else { "home-account" }, "home-account-title");
    let draft = match account.lock {
        Some(lock) => account_lock::facts(draft, see, Some(lock)).secondary(Act::InPerson),
        None => draft,
    };
    let draft = draft.part(Part::Document { title: see.say("home-document-title"), rows: rows(see, account) });
    let draft = cool_down(expiry(draft, see, account), see, account);
    // Who has an account registers no more.
    let open: Vec<Parked> = parked.iter().copied().filter(|left| left.journey != Journey::Enrol).collect();
    let draft = unfinished(draft, see, &open);
    let draft = match account.level {
        AccountLevel::Level1 if !is_locked => {
            draft.text("home-level-1-text").notice(Tone::Warning, see.say("home-genuine-text")).primary(Act::Activate)
        }
        AccountLevel::Level1 | AccountLevel::Level2 => draft,
    };
    let draft = if has(parked, Journey::Recover) { draft.secondary(Act::Recover) } else { draft };
    newest(draft.secondary(Act::Settings), see, work, is_locked).done()
}

/// Whether what stands there is the newest, and why not.
fn newest<'a>(draft: Draft<'a>, see: See<'a>, work: Option<Work>, has_help: bool) -> Draft<'a> {
    let draft = match work {
        Some(Work::Waiting { percent, .. }) => {
            draft.part(Part::Progress { said: see.say("home-fetching-progress"), percent })
        }
        Some(Work::Stopped(trouble)) if is_passing(trouble) => {
            let draft = draft.notice(Tone::Info, see.say("home-stale"));
            draft.action_from(trouble.until.unwrap_or(UnixTime(0)), Act::TryAgain, Role::Secondary)
        }
        // It says so itself, with Help.
        Some(Work::Stopped(trouble)) if !has_help => return draft.trouble(trouble),
        Some(Work::Stopped(_)) | None => draft,
    };
    if has_help { draft } else { draft.secondary(Act::Help) }
}

/// Nothing that somebody has to do something about: what was last heard still stands.
fn is_passing(trouble: Trouble) -> bool {
    matches!(trouble.stop, Stop::Offline | Stop::Slow | Stop::ServiceDown | Stop::Busy | Stop::Unclear)
}

fn rows(see: See, account: &AccountSummary) -> Vec<CardRow> {
    let level = match account.level {
        AccountLevel::Level1 => "home-level-1",
        AccountLevel::Level2 => "home-level-2",
    };
    let channels = account.channels.iter().map(|channel| {
        see.say(match channel {
            OtpChannel::Sms => "home-channel-sms",
            OtpChannel::Email => "home-channel-email",
        })
    });
    let channels: Vec<String> = channels.map(|said| said.text).collect();
    let row = |label, said: Said| CardRow { label: see.say(label), value: said.text, spoken: said.spoken, note: None };
    let number = number(see).map(|number| row("home-number-row", number));
    let channels =
        CardRow { label: see.say("home-channels-row"), value: channels.join(", "), spoken: None, note: None };
    number.into_iter().chain([row("home-level-row", see.say(level)), channels]).collect()
}

/// The number's last digits: enough to know one's own.
fn number(see: See) -> Option<Said> {
    let number = see.shared.number.as_deref()?;
    let from = number.chars().count().checked_sub(SHOWN_DIGITS)?;
    let digits: String = number.chars().skip(from).collect();
    Some(see.say_with("home-number", &[("digits", Value::Digits(digits))]))
}

fn expiry<'a>(draft: Draft<'a>, see: See<'a>, account: &AccountSummary) -> Draft<'a> {
    let Some(last) = account.card_expires.as_deref().and_then(CalendarDate::from_iso) else { return draft };
    let today = see.now.today();
    let soon = CalendarDate::in_vietnam(see.time().plus(RENEW_S).0);
    let said = |id| see.say_with(id, &[("day", Value::Day(last))]);
    if last > soon {
        draft
    } else {
        draft
            .notice(Tone::Warning, said(if last < today { "home-card-expired-text" } else { "home-card-expires-text" }))
    }
}

fn cool_down<'a>(draft: Draft<'a>, see: See<'a>, account: &AccountSummary) -> Draft<'a> {
    match account.cool_down_until.filter(|until| *until > see.time()) {
        Some(until) => {
            let said = see.say_with("home-cool-down-text", &[("until", Value::Time(until.0))]);
            draft.notice(Tone::Info, said)
        }
        None => draft,
    }
}
