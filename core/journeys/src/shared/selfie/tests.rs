use citizen_protocol::wire::Code;

use super::State;
use super::page::hint_text;
use crate::event::CameraFault;
use crate::ids::Act;
use crate::page::{Page, Part};
use crate::shared::otp::Titles;
use crate::testing::Happens::{Is, Kill, Reply};
use crate::testing::{Happens, PORTRAIT, Walk, act, actions, checked, no, said};
use crate::world::Told;

type Selfie = Walk<State, ()>;

fn name(state: &State) -> String {
    let relaxed = if state.relaxed { ", relaxed" } else { "" };
    match (state.fault, &state.hint) {
        (Some(fault), _) => format!("fault {fault:?}"),
        (None, hint) => format!("{} {}{relaxed}", hint.as_deref().unwrap_or("-"), state.stage),
    }
}

fn looking() -> Selfie {
    Walk::new(|_| super::begin(false), super::told, name)
}

fn hint(hint: &str, stage: u8) -> Happens {
    Is(Told::CameraHint { hint: hint.into(), stage })
}

fn page(selfie: &Selfie) -> Page {
    checked(super::page(&selfie.state, selfie.kit.see(), Titles { page: "test-portrait", title: "otp-sending" }))
}

#[test]
fn a_portrait_is_held_and_not_in_the_state() {
    let mut selfie = looking();
    assert_eq!(selfie.is(Told::Portrait(PORTRAIT.into())), "done: success");
    assert_eq!(selfie.kit.held.portrait().map(|jpeg| jpeg.to_vec()), Some(PORTRAIT.to_vec()));
}

#[test]
fn what_is_no_jpeg_or_too_large_is_refused() {
    let sized = |bytes: usize| [PORTRAIT.as_slice(), &vec![0; bytes - PORTRAIT.len()]].concat();
    for (jpeg, wanted) in [
        (Vec::new(), "refused"),
        (vec![0xff, 0xd8], "refused"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "refused"),
        (sized((2 << 20) + 1), "refused"),
        (sized(2 << 20), "done: success"),
    ] {
        let bytes = jpeg.len();
        let mut selfie = looking();
        assert_eq!(selfie.is(Told::Portrait(jpeg)), wanted, "{bytes} bytes");
        assert_eq!(selfie.kit.held.portrait().is_some(), wanted != "refused");
    }
}

#[test]
fn a_refused_portrait_is_said() {
    let refused: Selfie = Walk::new(|_| super::begin(true), super::told, name);
    assert!(said(&page(&refused)).contains(&"selfie-refused-text".to_owned()));
    assert!(!said(&page(&looking())).contains(&"selfie-refused-text".to_owned()));
}

#[test]
fn hints_are_those_of_the_guide() {
    let mut selfie = looking();
    selfie.plays([
        (hint("too_dark", 0), "too_dark 0"),
        (hint("smile", 0), "refused"),
        (hint("good", 4), "refused"),
        (hint("good", 0), "good 0"),
    ]);
    for known in [
        "no_face",
        "wipe_lens",
        "only_you",
        "too_dark",
        "too_bright",
        "backlit",
        "come_closer",
        "move_back",
        "centre",
        "straighten",
        "look_straight",
        "hold_still",
        "glare",
        "uncover",
        "remove_sunglasses",
        "remove_glasses",
        "open_eyes",
        "even_light",
        "natural_light",
        "good",
    ] {
        assert_eq!(selfie.step(hint(known, 0)), format!("{known} 0"));
        assert_eq!(page(&selfie).announce.map(|said| said.id).as_deref(), hint_text(known));
    }
}

#[test]
fn ways_on_come_with_time_and_do_not_go_again() {
    let camera = |selfie: &Selfie| {
        page(selfie).parts.into_iter().find_map(|part| match part {
            Part::Camera { relaxed, light, .. } => Some((relaxed, light)),
            _ => None,
        })
    };
    let mut selfie = looking();
    for (stage, wanted, light) in [
        (0, ["help", "later"].as_slice(), false),
        (1, &["help", "later"], false),
        (2, &["take-now", "relax", "help", "later"], true),
        (3, &["take-now", "relax", "in-person", "help", "later"], true),
        (0, &["take-now", "relax", "in-person", "help", "later"], true),
    ] {
        selfie.step(hint("uncover", stage));
        assert_eq!(
            (actions(&page(&selfie)), camera(&selfie)),
            (wanted.iter().map(|id| (*id).to_owned()).collect(), Some((false, light)))
        );
    }
    selfie.plays([(Is(act(Act::TakeNow)), "uncover 3: take_now"), (Is(act(Act::Relax)), "uncover 3, relaxed: relax")]);
    assert_eq!(camera(&selfie), Some((true, true)));
    assert!(!actions(&page(&selfie)).contains(&"relax".to_owned()));
}

#[test]
fn a_camera_that_is_not_there_leaves_other_ways() {
    for (fault, wanted) in [
        (CameraFault::Denied, ["open-settings", "help", "try-again", "in-person", "later"].as_slice()),
        (CameraFault::Busy, &["try-again", "help", "in-person", "later"]),
        (CameraFault::Missing, &["try-again", "help", "in-person", "later"]),
    ] {
        let mut selfie = looking();
        assert_eq!(selfie.is(Told::CameraFault(fault)), format!("fault {fault:?}"));
        assert_eq!(actions(&page(&selfie)), wanted);
        assert_eq!(selfie.step(Kill), format!("fault {fault:?}"));
        assert_eq!(selfie.is(act(Act::TryAgain)), "- 0");
    }
    let mut selfie = looking();
    selfie.plays([
        (Is(Told::CameraFault(CameraFault::Denied)), "fault Denied"),
        (Is(act(Act::OpenSettings)), "- 0: open_settings"),
        (Is(Told::CameraFault(CameraFault::Denied)), "fault Denied"),
        (hint("good", 1), "good 1"),
    ]);
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let mut selfie = looking();
    selfie.plays([
        (Is(act(Act::Continue)), "refused"),
        (Is(Told::Card("x".into())), "refused"),
        (Reply(no(Code::Internal)), "stale"),
        (Is(Told::Tick), "- 0"),
        (Is(Told::Online), "- 0"),
        (Kill, "- 0"),
        (Is(Told::Back), "back"),
    ]);
}
