//! Whether an event fits the page that is shown: the page has that action, enabled; that field; that camera. A button that a shell left
//! enabled changes nothing.

use crate::event::Event;
use crate::ids::{Act, FieldId};
use crate::page::{CameraKind, Page, Part};
use crate::turn::Unfit;
use crate::world::Told;

/// The longest entry, in characters.
const MAX_ENTRY_CHARS: usize = 1_000;

pub(crate) fn told(event: Event, page: &Page) -> Result<Told, Unfit> {
    if event.page() != Some(&page.id) {
        return Err(Unfit::Stale);
    }
    match event {
        Event::Action { action, .. } => {
            let is_there = page.actions.iter().any(|one| one.id == action && one.enabled);
            Act::parse(&action).filter(|_| is_there).map(Told::Act)
        }
        Event::Field { field, value, .. } => {
            let is_there = has(page, |part| matches!(part, Part::Field { field: one } if one.id == field));
            let fits = is_there && value.chars().count() <= MAX_ENTRY_CHARS;
            FieldId::parse(&field).filter(|_| fits).map(|field| Told::Field(field, value))
        }
        Event::Choose { choice, option, chosen, .. } => {
            has(page, |part| has_choice(part, &choice, &option)).then_some(Told::Choose { choice, option, chosen })
        }
        Event::Code { text, source, .. } => {
            has(page, |part| matches!(part, Part::CodeEntry { .. })).then_some(Told::Code { text, source })
        }
        Event::CardRead { card, .. } => has_camera(page, CameraKind::Card).then(|| Told::Card(card.to_payload())),
        Event::Portrait { jpeg, .. } => has_camera(page, CameraKind::Selfie).then_some(Told::Portrait(jpeg)),
        Event::CameraHint { hint, stage, .. } => {
            has(page, |part| matches!(part, Part::Camera { .. })).then_some(Told::CameraHint { hint, stage })
        }
        Event::CameraFault { fault, .. } => {
            has(page, |part| matches!(part, Part::Camera { .. })).then_some(Told::CameraFault(fault))
        }
        Event::Back { .. } => page.can_go_back.then_some(Told::Back),
        Event::Start { .. } | Event::Network { .. } | Event::Visible { .. } | Event::Tick | Event::Cancel { .. } => {
            None
        }
    }
    .ok_or(Unfit::Here)
}

fn has(page: &Page, is: impl Fn(&Part) -> bool) -> bool {
    page.parts.iter().any(is)
}

fn has_camera(page: &Page, kind: CameraKind) -> bool {
    has(page, |part| matches!(part, Part::Camera { camera, .. } if *camera == kind))
}

fn has_choice(part: &Part, id: &str, option: &str) -> bool {
    match part {
        Part::Choice { choice } => choice.id == id && choice.options.iter().any(|one| one.id == option),
        Part::Consent { entry } => entry.id == id && option.is_empty(),
        _ => false,
    }
}
