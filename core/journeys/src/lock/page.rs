//! What stands before the app.

use citizen_text::Value;

use super::state::{At, Kind, PinSaid, State};
use crate::ids::{Act, FieldId};
use crate::page::{Field, FieldKind, Page, Part, Role};
use crate::see::{Draft, See};
use crate::shared::work::Work;
use crate::support::Stop;
use crate::trouble::Trouble;

pub(crate) fn page(state: &State, see: See) -> Page {
    match state.at {
        At::Pin { said } => pin(state, see, said),
        At::Checking { work } => {
            see.page("lock-checking", "lock-title").work(&work, "lock-checking-progress").secondary(Act::Help).done()
        }
        At::Waiting => {
            let left = state.waits_s(see.now).unwrap_or(0);
            let until = see.time().plus(left);
            let wait = [("wait", Value::Wait(left))];
            let draft = see.page("lock-wait", "lock-title").countdown(until, "lock-wait-label");
            let draft = draft.stop_said(Stop::PinLocked, see.say_with(Stop::PinLocked.text(), &wait));
            by_biometric(draft, see).secondary(Act::ForgotPin).done()
        }
        At::Biometric { said: None } => {
            let draft = see.page("lock-biometric", "lock-title").text("lock-biometric-text").primary(Act::UseBiometric);
            others(draft, state).secondary(Act::Help).done()
        }
        At::Biometric { said: Some(trouble) } => failed(state, see, trouble),
        At::Prompting { work } => {
            // It is never stopped here: what fails shows on the page before it.
            let draft = see.page("lock-prompting", "lock-title").work(&work, "lock-prompting-progress");
            others(draft, state).secondary(Act::Help).done()
        }
        At::NoScreenLock => {
            let draft = see.page("lock-no-screen-lock", "lock-title").text("lock-no-screen-lock-text");
            let draft = draft.primary(Act::OpenSettings).secondary(Act::TryAgain);
            others(draft, state).secondary(Act::Help).done()
        }
        At::Forgot => {
            let draft = see.page("lock-forgot", "lock-forgot-title").back().text("lock-forgot-text");
            draft.text("lock-forgot-kept-text").destructive(Act::Confirm).secondary(Act::Help).done()
        }
        At::SigningOut { work } => {
            let draft = see.page("lock-signing-out", "lock-forgot-title").work(&work, "lock-signing-out-progress");
            // What stopped it says Help itself.
            if matches!(work, Work::Stopped(_)) { draft.back().done() } else { draft.secondary(Act::Help).done() }
        }
        // Never seen: the model is at home by then.
        At::Open | At::Away { .. } | At::Ended => see.page("lock", "lock-title").secondary(Act::Help).done(),
    }
}

fn pin(state: &State, see: See, said: Option<PinSaid>) -> Page {
    let draft = see.page("lock-pin", "lock-title");
    let error = said.map(|said| match said {
        PinSaid::Wrong => see.say_with("lock-pin-wrong-error", &[("left", Value::Count(state.free_left().into()))]),
        PinSaid::Short => see.say("lock-pin-short-error"),
        PinSaid::Gone => see.say("lock-pin-gone-error"),
    });
    let draft = match &error {
        Some(error) => draft.announce(error.clone()),
        None => draft,
    };
    let field = Field { error, ..see.field(FieldId::Pin, FieldKind::Pin, "") };
    let draft = draft.part(Part::Field { field }).primary(Act::Unlock);
    by_biometric(draft, see).secondary(Act::ForgotPin).secondary(Act::Help).done()
}

/// The biometric beside the PIN, where it is set up.
fn by_biometric<'a>(draft: Draft<'a>, see: See<'a>) -> Draft<'a> {
    if see.shared.app_lock == Kind::Biometric { draft.secondary(Act::UseBiometric) } else { draft }
}

/// The ways beside the biometric.
fn others<'a>(draft: Draft<'a>, state: &State) -> Draft<'a> {
    let draft = if state.has_pin { draft.secondary(Act::UsePin) } else { draft };
    draft.secondary(Act::SignIn)
}

fn failed(state: &State, see: See, trouble: Trouble) -> Page {
    let draft = see.page("lock-biometric-failed", "lock-title");
    let draft = match trouble.until.filter(|until| *until > see.time()) {
        Some(until) => draft.countdown(until, "lock-wait-label").action_from(until, Act::UseBiometric, Role::Primary),
        None => draft.primary(Act::UseBiometric),
    };
    // It says Help itself.
    others(draft, state).stop(trouble.stop).done()
}
