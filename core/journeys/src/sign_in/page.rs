//! What the holder sees while signing in.

use citizen_card::PersonalNumber;
use citizen_protocol::wire::OtpChannel;
use citizen_text::Value;

use super::state::{Bar, Form, State, Wrong};
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::page::{Field, FieldKind, Page, Part, Role, Tone};
use crate::see::See;
use crate::shared::otp::{self, Titles};
use crate::shared::work::Work;
use crate::shared::{account_lock, contact, locking};
use crate::support::Stop;

const CODE: Titles = Titles { page: "sign-in-code", title: "sign-in-code-title" };
const ACCOUNT_LOCKED: Titles = Titles { page: "sign-in-account-locked", title: "sign-in-account-locked-title" };
const LOCKING: locking::Pages =
    locking::Pages { ask: "sign-in-lock", telling: "sign-in-locking", locked: "sign-in-locked-now" };

pub(crate) fn page(state: &State, see: See) -> Page {
    match state {
        State::Form(form) => form_page(form, see),
        State::SigningIn { work, .. } => {
            let draft = see.page("sign-in-sending", "sign-in-sending-title").work(work, "sign-in-progress");
            let draft = if matches!(work, Work::Stopped(_)) { draft.back() } else { draft };
            draft.cancel(Act::Later).done()
        }
        State::Channel { channels, chosen, .. } => {
            let draft = see.page("sign-in-channel", "sign-in-channel-title").back().text("sign-in-channel-text");
            let draft = draft.part(contact::choice(see, channels, Some(*chosen)));
            draft.primary(Act::Continue).secondary(Act::Help).cancel(Act::Later).done()
        }
        State::Code { channels, code, .. } => code_page(channels, code, see),
        State::Locked { until, .. } => {
            let wait = [("wait", Value::Wait(until.since(see.time())))];
            let draft = see.page("sign-in-locked", "sign-in-locked-title").back();
            draft
                .countdown(*until, "sign-in-locked-label")
                .action_from(*until, Act::TryAgain, Role::Primary)
                .secondary(Act::Recover)
                .stop_said(Stop::PasswordLocked, see.say_with(Stop::PasswordLocked.text(), &wait))
                .cancel(Act::Later)
                .done()
        }
        State::Barred { bar } => bar_page(*bar, see),
        State::Locking { locking } => locking::page(*locking, see, LOCKING),
    }
}

fn form_page(form: &Form, see: See) -> Page {
    let number_error = match form.wrong {
        Some(Wrong::Number) => Some(see.say("sign-in-number-error")),
        _ if form.tried && PersonalNumber::parse(&form.number).is_none() => Some(see.say("sign-in-number-error")),
        _ => None,
    };
    let password_error = match form.wrong {
        Some(Wrong::Credentials { left: Some(left) }) => {
            Some(see.say_with("sign-in-left-error", &[("left", Value::Count(left.into()))]))
        }
        Some(Wrong::Credentials { left: None }) => Some(see.say("sign-in-wrong-error")),
        _ if form.tried && see.held.is_empty(Slot::Password) => Some(see.say("sign-in-password-error")),
        _ => None,
    };
    let first = number_error.clone().or(password_error.clone());
    let draft = see.page("sign-in-form", "sign-in-form-title").back().text("sign-in-form-text");
    let draft = if form.code.is_some() { draft.notice(Tone::Success, see.say("sign-in-code-kept")) } else { draft };
    let is_emptied = form.wrong == Some(Wrong::Emptied);
    let draft = if is_emptied { draft.announced(Tone::Info, see.say("sign-in-emptied")) } else { draft };
    let draft = match first {
        Some(error) => draft.announce(error),
        None => draft,
    };
    let number = Field {
        hint: Some(see.say("sign-in-number-hint")),
        error: number_error,
        ..see.field(FieldId::IdNumber, FieldKind::IdNumber, &form.number)
    };
    let password = Field { error: password_error, ..see.field(FieldId::Password, FieldKind::CurrentPassword, "") };
    let draft = draft.parts([Part::Field { field: number }, Part::Field { field: password }]);
    let draft = draft.primary(Act::SignIn).secondary(Act::Recover);
    let draft = match form.wrong {
        Some(Wrong::Credentials { .. }) => draft.stop(Stop::WrongCredentials),
        _ => draft.secondary(Act::Help),
    };
    draft.cancel(Act::Later).done()
}

/// The code, by the ways that the account has.
fn code_page(channels: &[OtpChannel], code: &otp::State, see: See) -> Page {
    let mut page = otp::page(code, see, CODE);
    let offers = |channel, act: Act, id: &str| id != act.id() || channels.contains(&channel);
    page.actions.retain(|action| {
        offers(OtpChannel::Email, Act::ByEmail, &action.id) && offers(OtpChannel::Sms, Act::BySms, &action.id)
    });
    page
}

fn bar_page(bar: Bar, see: See) -> Page {
    let (draft, stop, text) = match bar {
        Bar::Lock { lock } => return account_lock::page(see, ACCOUNT_LOCKED, lock),
        Bar::DevicesChanged => return devices_page(see),
        Bar::OtherPhone => {
            let draft = see.page("sign-in-other-phone", "sign-in-other-phone-title");
            (draft, Stop::AnotherPhone, "sign-in-other-phone-office-text")
        }
        Bar::PhoneTaken => {
            let draft = see.page("sign-in-phone-taken", "phone-taken-title");
            (draft, Stop::PhoneTaken, "phone-taken-office-text")
        }
        Bar::NoAddress => {
            let draft = see.page("sign-in-no-address", "sign-in-no-address-title");
            (draft, Stop::NoChannel, "sign-in-no-address-text")
        }
    };
    draft.back().primary(Act::InPerson).stop(stop).text(text).cancel(Act::Home).done()
}

fn devices_page(see: See) -> Page {
    let draft = see.page("sign-in-devices-changed", "sign-in-devices-changed-title").destructive(Act::LockAccount);
    let draft = draft.secondary(Act::InPerson).stop(Stop::DevicesChanged).text("sign-in-devices-changed-text");
    draft.cancel(Act::Home).done()
}
