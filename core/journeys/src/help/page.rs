//! What lies over a page.

use citizen_text::Value;

use super::{Asked, HOTLINE, Over};
use crate::ids::Act;
use crate::page::{Page, Tone};
use crate::see::{Draft, See};

pub(crate) fn page(over: &Over, see: See) -> Page {
    match over {
        Over::Help { asked } => {
            let hotline = see.say_with("help-hotline-text", &[("number", Value::Digits(HOTLINE.to_owned()))]);
            let draft = code(see.page("help", "help-title").back(), see, asked).said(hotline);
            let draft = draft.text("help-in-person-way-text").text("help-foreigners-text");
            let draft = draft.notice(Tone::Warning, see.say("help-never-text"));
            draft.primary(Act::Call).secondary(Act::InPerson).done()
        }
        Over::InPerson { asked, .. } => {
            let draft = see.page("help-in-person", "help-in-person-title").back();
            let draft = draft.text("help-office-text").text("help-bring-text");
            let draft = code(draft, see, asked).text("help-foreigners-text");
            let draft = draft.notice(Tone::Warning, see.say("help-officer-text"));
            draft.primary(Act::Call).secondary(Act::Help).done()
        }
        Over::Leave => {
            let draft = see.page("leave", "leave-title").back().text("leave-later-text").text("leave-discard-text");
            draft.primary(Act::Stay).secondary(Act::Later).destructive(Act::Discard).done()
        }
    }
}

/// What to read out, so that it is clear where somebody stands.
fn code<'a>(draft: Draft<'a>, see: See<'a>, asked: &Asked) -> Draft<'a> {
    match &asked.code {
        Some(code) => draft.said(see.say_with("help-code-text", &[("code", Value::Digits(code.clone()))])),
        None => draft.text("help-no-code-text"),
    }
}
