//! What the holder sees while the camera looks.

use super::State;
use crate::event::CameraFault;
use crate::ids::Act;
use crate::page::{CameraKind, Page, Part, Tone};
use crate::see::{Draft, See};
use crate::shared::otp::Titles;
use crate::support::Stop;

/// From this stage on the guide offers the shutter, the screen's light and a relaxed check; from the next one on, another phone or an office.
const MORE_WAYS: u8 = 2;
const ELSEWHERE: u8 = 3;

pub(crate) fn page(state: &State, see: See, titles: Titles) -> Page {
    let draft = see.page(titles.page, titles.title).back();
    if let Some(fault) = state.fault {
        return fault_page(draft, fault).secondary(Act::InPerson).cancel(Act::Later).done();
    }
    let hint = state.hint.as_deref().and_then(hint_text).map(|id| see.say(id));
    let camera = Part::Camera {
        camera: CameraKind::Selfie,
        hint: hint.clone(),
        relaxed: state.relaxed,
        light: state.stage >= MORE_WAYS,
    };
    let draft = if state.refused { draft.notice(Tone::Warning, see.say("selfie-refused-text")) } else { draft };
    let draft = draft.text("selfie-text").part(camera);
    let draft = match hint {
        Some(hint) => draft.announce(hint),
        None => draft,
    };
    let draft = if state.stage >= MORE_WAYS { draft.primary(Act::TakeNow) } else { draft };
    let draft = if state.stage >= MORE_WAYS && !state.relaxed { draft.secondary(Act::Relax) } else { draft };
    let draft =
        if state.stage >= ELSEWHERE { draft.text("selfie-elsewhere-text").secondary(Act::InPerson) } else { draft };
    draft.secondary(Act::Help).cancel(Act::Later).done()
}

/// What to do about a camera that gives no picture; the same for cards.
pub(crate) fn fault_page(draft: Draft<'_>, fault: CameraFault) -> Draft<'_> {
    match fault {
        CameraFault::Denied => draft.stop(Stop::CameraDenied).primary(Act::OpenSettings).secondary(Act::TryAgain),
        CameraFault::Busy => draft.stop(Stop::CameraBusy).primary(Act::TryAgain),
        CameraFault::Missing => draft.stop(Stop::CameraMissing).primary(Act::TryAgain),
    }
}

/// The guide's hints in words.
pub(super) fn hint_text(hint: &str) -> Option<&'static str> {
    Some(match hint {
        "no_face" => "selfie-no-face-hint",
        "wipe_lens" => "selfie-wipe-lens-hint",
        "only_you" => "selfie-only-you-hint",
        "too_dark" => "selfie-too-dark-hint",
        "too_bright" => "selfie-too-bright-hint",
        "backlit" => "selfie-backlit-hint",
        "come_closer" => "selfie-come-closer-hint",
        "move_back" => "selfie-move-back-hint",
        "centre" => "selfie-centre-hint",
        "straighten" => "selfie-straighten-hint",
        "look_straight" => "selfie-look-straight-hint",
        "hold_still" => "selfie-hold-still-hint",
        "glare" => "selfie-glare-hint",
        "uncover" => "selfie-uncover-hint",
        "remove_sunglasses" => "selfie-remove-sunglasses-hint",
        "remove_glasses" => "selfie-remove-glasses-hint",
        "open_eyes" => "selfie-open-eyes-hint",
        "even_light" => "selfie-even-light-hint",
        "natural_light" => "selfie-natural-light-hint",
        "good" => "selfie-good-hint",
        _ => return None,
    })
}
