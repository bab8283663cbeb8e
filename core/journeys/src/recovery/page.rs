//! What the holder sees of a recovery.

use citizen_card::PersonalNumber;
use citizen_protocol::wire::{Reason, ReasonCode, Recovery, Remedy};
use citizen_text::Value;

use super::state::{Again, Bar, Form, State};
use super::update::{needs_portrait, personal};
use crate::ids::{Act, FieldId};
use crate::page::{Field, FieldKind, Page, Part, TimelineEntry, Tone};
use crate::see::{Draft, See};
use crate::shared::gather::{self, Pages};
use crate::shared::otp::Titles;
use crate::shared::{account_lock, contact, sending, waiting};
use crate::status::{MAX_REASONS, note_row};
use crate::support::Stop;

const PAGES: Pages = Pages {
    code: Titles { page: "recovery-code", title: "recovery-code-title" },
    portrait: Titles { page: "recovery-portrait", title: "recovery-portrait-title" },
    password: Titles { page: "recovery-password", title: "recovery-password-title" },
    submit: Titles { page: "recovery-submit", title: "recovery-submit-title" },
    submit_text: "recovery-submit-text",
    sending: Titles { page: "recovery-sending", title: "recovery-sending-title" },
};
const ACCOUNT_LOCKED: Titles = Titles { page: "recovery-account-locked", title: "sign-in-account-locked-title" };

pub(crate) fn page(state: &State, see: See) -> Page {
    match state {
        State::Form(form) => form_page(form, see),
        State::Gathering { number, gather, .. } => gather::page(gather, see, PAGES, &personal(number)),
        State::Sending { sending, .. } => sending::page(sending, see, PAGES.sending),
        State::Waiting { waiting } => waiting_page(waiting, see),
        State::Done => {
            let draft = see.page("recovery-done", "recovery-done-title");
            let draft = draft.announced(Tone::Success, see.say("recovery-done-text")).text("recovery-done-next-text");
            draft.primary(Act::SignIn).secondary(Act::Help).cancel(Act::Home).done()
        }
        State::Refused { recovery } => refused_page(recovery, see),
        State::Barred { bar } => bar_page(*bar, see),
    }
}

fn form_page(form: &Form, see: See) -> Page {
    let is_wrong = form.tried && PersonalNumber::parse(&form.number).is_none() || form.again == Some(Again::Number);
    let error = is_wrong.then(|| see.say("sign-in-number-error"));
    let draft = see.page("recovery-form", "recovery-form-title").back().text("recovery-form-text");
    let draft = match form.again {
        Some(Again::Lost) => draft.announced(Tone::Warning, see.say("recovery-lost")),
        _ => draft,
    };
    let draft = match &error {
        Some(error) => draft.announce(error.clone()),
        None => draft,
    };
    let hint = Some(see.say("sign-in-number-hint"));
    let field = Field { hint, error, ..see.field(FieldId::IdNumber, FieldKind::IdNumber, &form.number) };
    draft
        .parts([Part::Field { field }, contact::choice(see, &contact::BOTH, Some(form.channel))])
        .primary(Act::Continue)
        .secondary(Act::InPerson)
        .secondary(Act::Help)
        .cancel(Act::Later)
        .done()
}

fn waiting_page(waiting: &waiting::State<Recovery>, see: See) -> Page {
    let Recovery { since, expected_by, .. } = waiting.case;
    let since = see.say_with("recovery-since", &[("since-time", Value::Time(since.0))]);
    let until = match expected_by {
        Some(by) if by > see.time() => see.say_with("recovery-expected", &[("expected-time", Value::Time(by.0))]),
        Some(_) => see.say("recovery-late"),
        None => see.say("recovery-comparing"),
    };
    let step = |label, detail, tone, is_current| TimelineEntry { label: see.say(label), detail, tone, is_current };
    let entries = vec![
        step("recovery-received-step", Some(since), Tone::Success, false),
        step("recovery-comparing-step", Some(until), Tone::Info, true),
        step("recovery-decided-step", None, Tone::Info, false),
    ];
    let draft = see.page("recovery-waiting", "recovery-waiting-title").text("recovery-waiting-text");
    waiting::actions(waiting, draft.part(Part::Timeline { entries })).cancel(Act::Later).done()
}

fn refused_page(recovery: &Recovery, see: See) -> Page {
    let reasons = &recovery.reasons;
    let first = reasons.first().map(|reason| reason.remedy);
    let draft = see.page("recovery-refused", "recovery-refused-title");
    let draft = match first {
        _ if needs_portrait(reasons) => draft.primary(Act::FixPortrait).secondary(Act::InPerson),
        Some(Remedy::SignIn) => draft.primary(Act::SignIn).secondary(Act::InPerson),
        _ => draft.primary(Act::InPerson).secondary(Act::TryAgain),
    };
    let draft = draft.stop(Stop::RecoveryRefused);
    let draft = reasons.iter().take(MAX_REASONS).fold(draft, |draft, reason| why(draft, see, reason));
    let draft = if reasons.is_empty() { draft.text("recovery-office-text") } else { draft };
    draft.cancel(Act::Home).done()
}

/// What is wrong, in an officer's own words if there are any, and what helps.
fn why<'a>(draft: Draft<'a>, see: See<'a>, reason: &Reason) -> Draft<'a> {
    let what = match reason.code {
        ReasonCode::PortraitDiffers => Some("recovery-differs-text"),
        ReasonCode::PortraitUnusable => Some("recovery-unusable-text"),
        ReasonCode::NotInDatabase | ReasonCode::FieldDiffers => Some("recovery-record-text"),
        ReasonCode::CardExpired => Some("recovery-card-text"),
        ReasonCode::AlreadyRegistered | ReasonCode::TooYoung | ReasonCode::ForeignResident | ReasonCode::Other => None,
    };
    let note = reason.note.as_deref().and_then(|note| note_row(see, note));
    let remedy = match reason.remedy {
        Remedy::NewPortrait => "recovery-again-text",
        Remedy::SignIn => "recovery-other-way-text",
        Remedy::RenewCard => "recovery-renew-text",
        Remedy::UpdateRecord => "recovery-update-text",
        Remedy::ImmigrationOffice => "recovery-immigration-text",
        Remedy::CorrectEntry | Remedy::Guardian | Remedy::Office => "recovery-office-text",
    };
    let draft = what.into_iter().fold(draft, Draft::text);
    let draft = note.into_iter().fold(draft, |draft, row| draft.part(Part::Rows { rows: vec![row] }));
    draft.text(remedy)
}

fn bar_page(bar: Bar, see: See) -> Page {
    let draft = match bar {
        Bar::Lock { lock } => return account_lock::page(see, ACCOUNT_LOCKED, lock),
        Bar::Open => {
            let draft =
                see.page("recovery-open", "recovery-open-title").primary(Act::InPerson).secondary(Act::TryAgain);
            draft.stop(Stop::RecoveryOpen).text("recovery-open-scam-text")
        }
        Bar::PhoneTaken => {
            let draft = see.page("recovery-phone-taken", "phone-taken-title").primary(Act::InPerson);
            draft.stop(Stop::PhoneTaken).text("phone-taken-office-text")
        }
    };
    draft.cancel(Act::Home).done()
}
