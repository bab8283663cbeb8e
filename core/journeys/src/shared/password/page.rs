//! What the holder sees while a password is chosen.

use citizen_protocol::password::{MIN_CHARS, Weakness};
use citizen_protocol::wire::Secret;
use citizen_text::Value;

use super::State;
use super::update::{agrees, weaknesses};
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::page::{Field, FieldKind, Page, Part, Said, Tone};
use crate::see::See;
use crate::shared::otp::Titles;

pub(crate) fn page(state: State, see: See, titles: Titles, personal: &[Secret]) -> Page {
    let draft = see.page(titles.page, titles.title).back().text("password-text");
    let was_emptied = state.entered && see.held.get(Slot::Password).is_none();
    let draft = if was_emptied { draft.announced(Tone::Info, see.say("password-emptied")) } else { draft };
    let weak = state.tried.then(|| weaknesses(see.held, personal)).and_then(|found| found.first().copied());
    let error = if state.refused { Some(see.say("password-refused-error")) } else { weak.map(|weak| error(see, weak)) };
    let differs = state.tried && error.is_none() && !agrees(see.held);
    let again_error = differs.then(|| see.say("password-differs-error"));
    let draft = match error.as_ref().or(again_error.as_ref()) {
        Some(said) => draft.announce(said.clone()),
        None => draft,
    };
    let hint = Some(see.say_with("password-hint", &[("n", count(MIN_CHARS))]));
    let field = Field { hint, error, ..see.field(FieldId::Password, FieldKind::NewPassword, "") };
    let again = Field { error: again_error, ..see.field(FieldId::PasswordAgain, FieldKind::NewPassword, "") };
    draft
        .parts([Part::Field { field }, Part::Field { field: again }])
        .primary(Act::Continue)
        .secondary(Act::Help)
        .cancel(Act::Later)
        .done()
}

fn count(n: usize) -> Value {
    Value::Count(n as u64)
}

fn error(see: See, weakness: Weakness) -> Said {
    match weakness {
        Weakness::TooShort { min } => see.say_with("password-short-error", &[("n", count(min))]),
        Weakness::TooLong { max } => see.say_with("password-long-error", &[("n", count(max))]),
        Weakness::Common => see.say("password-common-error"),
        Weakness::Personal => see.say("password-personal-error"),
        Weakness::Repetitive => see.say("password-repetitive-error"),
        Weakness::ControlCharacter => see.say("password-character-error"),
    }
}
