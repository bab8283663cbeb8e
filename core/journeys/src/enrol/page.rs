//! What the holder sees while registering.

use citizen_text::Value;

use super::applying;
use super::state::{Bar, Form, Receipt, State};
use super::update::personal;
use crate::ids::Act;
use crate::page::{CardRow, Field, Page, Part, Said, Tone};
use crate::see::See;
use crate::shared::card;
use crate::shared::gather::{self, Pages};
use crate::shared::otp::Titles;
use crate::support::Stop;

const PAGES: Pages = Pages {
    code: Titles { page: "enrol-code", title: "enrol-code-title" },
    portrait: Titles { page: "enrol-portrait", title: "enrol-portrait-title" },
    password: Titles { page: "enrol-password", title: "enrol-password-title" },
    submit: Titles { page: "enrol-submit", title: "enrol-submit-title" },
    submit_text: "enrol-submit-text",
    sending: Titles { page: "enrol-sending", title: "enrol-sending-title" },
};

pub(crate) fn page(state: &State, see: See) -> Page {
    match state {
        State::Who { .. } => who(see),
        State::Card { card, .. } => card::page(card, see),
        State::Young { years, .. } => young(see, *years),
        State::Contact { form, .. } => contact(form, see),
        State::Gathering { card, ask, gather, .. } => gather::page(gather, see, PAGES, &personal(card, ask)),
        State::Applying { applying, .. } => {
            let progress = if applying.is_unclear { "enrol-unclear-progress" } else { "enrol-applying-progress" };
            let draft = see.page("enrol-applying", "enrol-applying-title").work(&applying.work, progress);
            let draft = if applying::is_stopped(applying) { draft.back() } else { draft };
            draft.cancel(Act::Later).done()
        }
        State::Barred { bar, .. } => barred(see, *bar),
        State::Received { receipt } => received(see, *receipt),
    }
}

/// Who may, and what to have at hand. The age is the service's.
fn who(see: See) -> Page {
    let draft = see.page("enrol-who", "enrol-who-title").back();
    let draft = match &see.shared.policy {
        Some(policy) => {
            let years = Value::Count(policy.minimum_age.into());
            draft.said(see.say_with("enrol-who-text", &[("years", years)]))
        }
        None => draft,
    };
    draft
        .text("enrol-need-text")
        .text("enrol-others-text")
        .notice(Tone::Warning, see.say("enrol-yourself-text"))
        .primary(Act::Continue)
        .secondary(Act::InPerson)
        .secondary(Act::Help)
        .cancel(Act::Later)
        .done()
}

fn young(see: See, years: u8) -> Page {
    let said = see.say_with(Stop::TooYoung.text(), &[("years", Value::Count(years.into()))]);
    let draft = see.page("enrol-young", "enrol-young-title").back().primary(Act::InPerson).secondary(Act::Correct);
    draft.stop_said(Stop::TooYoung, said).text("enrol-guardian-text").cancel(Act::Later).done()
}

fn contact(form: &Form, see: See) -> Page {
    let refused = form.refused.then(|| see.say("enrol-contact-error"));
    let error = if form.tried { form.contact.error(see) } else { None }.or_else(|| refused.clone());
    let parts = form.contact.parts(see, form.tried).map(|part| with_error(part, refused.as_ref()));
    let draft = see.page("enrol-contact", "enrol-contact-title").back().text("enrol-contact-text").parts(parts);
    let draft = match error {
        Some(error) => draft.announce(error),
        None => draft,
    };
    draft.primary(Act::Continue).secondary(Act::Help).cancel(Act::Later).done()
}

fn with_error(part: Part, refused: Option<&Said>) -> Part {
    match part {
        Part::Field { field } => {
            Part::Field { field: Field { error: field.error.or_else(|| refused.cloned()), ..field } }
        }
        part => part,
    }
}

fn barred(see: See, bar: Bar) -> Page {
    let draft = match bar {
        Bar::Open => {
            let draft =
                see.page("enrol-open", "enrol-open-title").back().primary(Act::InPerson).secondary(Act::TryAgain);
            draft.secondary(Act::Correct).stop(Stop::ApplicationOpen).text("enrol-open-scam-text")
        }
        Bar::PhoneTaken => {
            let draft =
                see.page("enrol-taken", "phone-taken-title").back().primary(Act::Status).secondary(Act::TryAgain);
            let draft = draft.secondary(Act::InPerson).secondary(Act::Correct).stop(Stop::PhoneTaken);
            draft.text("enrol-taken-text").text("phone-taken-office-text")
        }
    };
    draft.cancel(Act::Later).done()
}

fn received(see: See, receipt: Receipt) -> Page {
    let Receipt { sent_at, expected_by, is_decided } = receipt;
    let draft = see.page("enrol-receipt", "enrol-receipt-title");
    let draft = draft.announced(Tone::Success, see.say("enrol-received-text"));
    let row = |label, time: Said| CardRow { label: see.say(label), value: time.text, spoken: time.spoken, note: None };
    let time = |time: u64| see.say_with("enrol-time", &[("time", Value::Time(time))]);
    let expected = expected_by.filter(|_| !is_decided).map(|by| row("enrol-expected-row", time(by.0)));
    let what = see.say("enrol-sent-what");
    let rows = [row("enrol-sent-row", what), row("enrol-sent-at-row", time(sent_at.0))];
    let draft = draft.part(Part::Rows { rows: rows.into_iter().chain(expected).collect() });
    let next = if is_decided { "enrol-decided-text" } else { "enrol-next-text" };
    draft.text(next).text("enrol-kept-text").primary(Act::Status).secondary(Act::Help).cancel(Act::Home).done()
}
