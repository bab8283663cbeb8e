//! What the holder sees of an activation.

use citizen_card::PersonalNumber;
use citizen_protocol::wire::{Activation, ActivationReasonCode, Remedy};
use citizen_text::Value;

use super::state::{Again, Bar, Form, State};
use super::update::personal;
use crate::ids::{Act, FieldId};
use crate::page::{Field, FieldKind, Page, Part, TimelineEntry, Tone};
use crate::see::{Draft, See};
use crate::shared::gather::{self, Pages};
use crate::shared::otp::Titles;
use crate::shared::{account_lock, sending, waiting};
use crate::status::MAX_REASONS;
use crate::support::Stop;

const PAGES: Pages = Pages {
    code: Titles { page: "activation-code", title: "activation-code-title" },
    portrait: Titles { page: "activation-portrait", title: "activation-portrait-title" },
    password: Titles { page: "activation-password", title: "activation-password-title" },
    submit: Titles { page: "activation-submit", title: "activation-submit-title" },
    submit_text: "activation-submit-text",
    sending: Titles { page: "activation-sending", title: "activation-sending-title" },
};
const ACCOUNT_LOCKED: Titles = Titles { page: "activation-account-locked", title: "sign-in-account-locked-title" };

pub(crate) fn page(state: &State, see: See) -> Page {
    match state {
        State::Form(form) => form_page(form, see),
        State::Gathering { number, ask, gather } => gather::page(gather, see, PAGES, &personal(number, ask)),
        State::Sending { sending, .. } => sending::page(sending, see, PAGES.sending),
        State::Waiting { waiting } => waiting_page(waiting, see),
        State::Done => {
            let draft = see.page("activation-done", "activation-done-title");
            let draft =
                draft.announced(Tone::Success, see.say("activation-done-text")).text("activation-done-next-text");
            draft.primary(Act::SignIn).secondary(Act::Help).cancel(Act::Home).done()
        }
        State::Refused { activation } => refused_page(activation, see),
        State::Barred { bar } => bar_page(*bar, see),
    }
}

fn form_page(form: &Form, see: See) -> Page {
    let is_wrong = form.tried && PersonalNumber::parse(&form.number).is_none() || form.again == Some(Again::Number);
    let error = is_wrong.then(|| see.say("sign-in-number-error"));
    let contact_error = form.tried.then(|| form.contact.error(see)).flatten();
    let draft = see.page("activation-form", "activation-form-title").back().text("activation-form-text");
    let draft = match form.again {
        Some(Again::Lost) => draft.announced(Tone::Warning, see.say("activation-lost")),
        _ => draft,
    };
    let draft = match error.clone().or(contact_error) {
        Some(error) => draft.announce(error),
        None => draft,
    };
    let hint = Some(see.say("sign-in-number-hint"));
    let field = Field { hint, error, ..see.field(FieldId::IdNumber, FieldKind::IdNumber, &form.number) };
    draft
        .part(Part::Field { field })
        .parts(form.contact.parts(see, form.tried))
        .notice(Tone::Warning, see.say("activation-nobody-text"))
        .primary(Act::Continue)
        .secondary(Act::InPerson)
        .secondary(Act::Help)
        .cancel(Act::Later)
        .done()
}

fn waiting_page(waiting: &waiting::State<Activation>, see: See) -> Page {
    let Activation { since, expected_by, .. } = waiting.case;
    let since = see.say_with("activation-since", &[("since-time", Value::Time(since.0))]);
    let until = match expected_by {
        Some(by) if by > see.time() => see.say_with("activation-expected", &[("expected-time", Value::Time(by.0))]),
        Some(_) => see.say("activation-late"),
        None => see.say("activation-comparing"),
    };
    let step = |label, detail, tone, is_current| TimelineEntry { label: see.say(label), detail, tone, is_current };
    let entries = vec![
        step("activation-received-step", Some(since), Tone::Success, false),
        step("activation-comparing-step", Some(until), Tone::Info, true),
        step("activation-decided-step", None, Tone::Info, false),
    ];
    let draft = see.page("activation-waiting", "activation-waiting-title").text("activation-waiting-text");
    waiting::actions(waiting, draft.part(Part::Timeline { entries })).cancel(Act::Later).done()
}

/// Exactly what did not match, and where to go.
fn refused_page(activation: &Activation, see: See) -> Page {
    let reasons = &activation.reasons;
    let draft = see.page("activation-refused", "activation-refused-title");
    let draft = match reasons.first().map(|reason| reason.remedy) {
        Some(Remedy::CorrectEntry) => draft.primary(Act::FixEntry).secondary(Act::InPerson),
        Some(Remedy::NewPortrait) => draft.primary(Act::FixPortrait).secondary(Act::InPerson),
        Some(Remedy::SignIn) => draft.primary(Act::SignIn).secondary(Act::InPerson),
        _ => draft.primary(Act::InPerson).secondary(Act::TryAgain),
    };
    let draft = draft.stop(Stop::ActivationRefused);
    let said = reasons.iter().take(MAX_REASONS).map(|reason| reason_text(reason.code));
    let draft = said.fold(draft, Draft::text);
    let draft = if reasons.is_empty() { draft.text("activation-office-text") } else { draft };
    draft.cancel(Act::Home).done()
}

fn reason_text(code: ActivationReasonCode) -> &'static str {
    match code {
        ActivationReasonCode::NotIdentified => "activation-not-identified-text",
        ActivationReasonCode::AddressDiffers => "activation-address-text",
        ActivationReasonCode::PortraitDiffers => "activation-differs-text",
        ActivationReasonCode::PortraitUnusable => "activation-unusable-text",
        ActivationReasonCode::AlreadyActive => "activation-active-text",
        ActivationReasonCode::OnAnotherPhone => "activation-other-phone-text",
        ActivationReasonCode::RequestExpired => "activation-expired-text",
    }
}

fn bar_page(bar: Bar, see: See) -> Page {
    let draft = match bar {
        Bar::Lock { lock } => return account_lock::page(see, ACCOUNT_LOCKED, lock),
        Bar::Open => {
            let draft = see.page("activation-open", "activation-open-title").primary(Act::InPerson);
            draft.secondary(Act::TryAgain).stop(Stop::ActivationOpen).text("activation-open-scam-text")
        }
        Bar::PhoneTaken => {
            let draft = see.page("activation-phone-taken", "phone-taken-title").primary(Act::InPerson);
            draft.stop(Stop::PhoneTaken).text("phone-taken-office-text")
        }
    };
    draft.cancel(Act::Home).done()
}
