//! What the holder sees of how far a registration is.

use citizen_protocol::wire::{Application, Remedy};

use super::reasons::{Asked, asked, helps, reasons, remedies};
use super::state::State;
use super::timeline::{entries, is_late};
use crate::ids::Act;
use crate::page::{Page, Part, Tone};
use crate::see::{Draft, See};
use crate::shared::otp::Titles;
use crate::shared::work::Work;
use crate::shared::{card, selfie, waiting};
use crate::support::Stop;

const PORTRAIT: Titles = Titles { page: "status-portrait", title: "status-portrait-title" };

pub(crate) fn page(state: &State, see: See) -> Page {
    match state {
        State::Asking { work } => {
            let draft = see.page("status-asking", "status-asking-title").back().work(work, "status-asking-progress");
            draft.cancel(Act::Later).done()
        }
        State::Waiting { waiting } => review(waiting, see),
        State::Rejected { application } => rejected(application, see),
        State::Stopped { application } => stopped(application, see),
        State::Approved => {
            let draft = see.page("status-approved", "status-approved-title").back();
            let draft =
                draft.announced(Tone::Success, see.say("status-approved-text")).text("status-approved-next-text");
            draft.primary(Act::SignIn).secondary(Act::Help).cancel(Act::Home).done()
        }
        State::Nothing => {
            let draft = see.page("status-none", "status-none-title").back().text("status-none-text");
            draft.primary(Act::Enrol).secondary(Act::InPerson).secondary(Act::Help).cancel(Act::Home).done()
        }
        State::FixingCard { card, .. } => card::page(card, see),
        State::FixingPortrait { selfie, .. } => selfie::page(selfie, see, PORTRAIT),
        State::SendingPortrait { work, .. } => sending(work, see, "gather-portrait-progress"),
        State::Amending { work, .. } => sending(work, see, "status-sending-progress"),
    }
}

fn review(waiting: &waiting::State<Application>, see: See) -> Page {
    let application = &waiting.case;
    let entries = entries(see, application);
    let draft = see.page("status-review", "status-review-title").back();
    let draft = if entries.is_empty() { draft } else { draft.part(Part::Timeline { entries }) };
    let draft =
        if is_late(application, see.time()) { draft.notice(Tone::Warning, see.say("status-late")) } else { draft };
    let draft = draft.text("status-review-text").text("status-meanwhile-text");
    waiting::actions(waiting, draft).cancel(Act::Later).done()
}

/// Each reason, and only what it asks for.
fn rejected(application: &Application, see: See) -> Page {
    let draft = see.page("status-rejected", "status-rejected-title").back();
    let (draft, what) = match asked(application) {
        Asked { entry: true, portrait: true } => (draft.primary(Act::FixEntry), "status-fix-both-text"),
        Asked { entry: true, portrait: false } => (draft.primary(Act::FixEntry), "status-fix-entry-text"),
        Asked { entry: false, .. } => (draft.primary(Act::FixPortrait), "status-fix-portrait-text"),
    };
    let draft = reasons(draft.stop(Stop::Rejected), see, application).text(what);
    draft.secondary(Act::InPerson).cancel(Act::Later).done()
}

/// Each reason, and where to go.
fn stopped(application: &Application, see: See) -> Page {
    let draft = see.page("status-stopped", "status-stopped-title").back();
    let draft = if helps(application, Remedy::SignIn) {
        draft.primary(Act::SignIn).secondary(Act::Recover).secondary(Act::InPerson)
    } else {
        draft.primary(Act::InPerson)
    };
    let draft = remedies(reasons(draft.stop(Stop::Stopped), see, application), application);
    draft.secondary(Act::Enrol).cancel(Act::Home).done()
}

fn sending<'a>(work: &Work, see: See<'a>, progress: &'static str) -> Page {
    let draft: Draft<'a> = see.page("status-sending", "status-sending-title").work(work, progress);
    let draft = if matches!(work, Work::Stopped(_)) { draft.back() } else { draft };
    draft.cancel(Act::Later).done()
}
