//! What the holder sees while things are gathered.

use citizen_protocol::wire::Secret;

use super::state::State;
use crate::ids::Act;
use crate::page::Page;
use crate::see::See;
use crate::shared::otp::{self, Titles};
use crate::shared::work::Work;
use crate::shared::{password, selfie};

/// A journey's own page ids and texts.
#[derive(Clone, Copy)]
pub(crate) struct Pages {
    pub(crate) code: Titles,
    pub(crate) portrait: Titles,
    pub(crate) password: Titles,
    pub(crate) submit: Titles,
    /// What is sent, and what happens then.
    pub(crate) submit_text: &'static str,
    pub(crate) sending: Titles,
}

pub(crate) fn page(state: &State, see: See, pages: Pages, personal: &[Secret]) -> Page {
    match state {
        State::Code { code, .. } => otp::page(code, see, pages.code),
        // The code is behind, then the portrait: the way back is to leave it for later.
        State::Portrait { selfie, .. } => Page { can_go_back: false, ..selfie::page(selfie, see, pages.portrait) },
        State::Password { password, .. } => {
            Page { can_go_back: false, ..password::page(*password, see, pages.password, personal) }
        }
        State::Ready { .. } => {
            let draft = see.page(pages.submit.page, pages.submit.title).back().text(pages.submit_text);
            draft.primary(Act::Submit).secondary(Act::Retake).secondary(Act::Help).cancel(Act::Later).done()
        }
        State::SendingPortrait { work, .. } => sending(see, pages, work, "gather-portrait-progress"),
        State::SendingPassword { work, .. } => sending(see, pages, work, "gather-password-progress"),
    }
}

fn sending(see: See, pages: Pages, work: &Work, progress: &'static str) -> Page {
    let draft = see.page(pages.sending.page, pages.sending.title).work(work, progress);
    let draft = if matches!(work, Work::Stopped(_)) { draft.back() } else { draft };
    draft.cancel(Act::Later).done()
}
