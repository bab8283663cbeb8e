//! The guide over a stream: what it says when, and the portrait that comes of it.

mod common;

use std::sync::LazyLock;
use std::time::Duration;

use citizen_scenes::selfie::{SelfieShot, Trouble, faceless, photograph};
use citizen_vision::{
    FaceLandmarks, Frame, FrameLayout, Point, Portrait, Rotation, Selfie, SelfieGuide, SelfieHint, SelfieLook,
    SelfieProfile, Still,
};
use common::{Planes, SITTER, Session, guide, held, still};
use image::{RgbImage, imageops};
use proptest::prelude::*;

/// Frames of a session with what is shown, until the picture is taken or they end.
struct Shown {
    at: Vec<Duration>,
    told: Vec<SelfieHint>,
    due: Vec<SelfieHint>,
    portrait: Option<Portrait>,
}

fn show(session: &mut Session, frames: impl IntoIterator<Item = RgbImage>) -> Shown {
    let mut shown = Shown { at: vec![], told: vec![], due: vec![], portrait: None };
    for frame in frames {
        let look = session.show(&frame);
        shown.at.push(session.now);
        shown.due.push(look.due);
        match look.selfie {
            Selfie::Guide { guidance } => shown.told.push(guidance.hint),
            Selfie::Captured { portrait } => {
                shown.told.push(SelfieHint::Good);
                shown.portrait = Some(portrait);
                break;
            }
        }
    }
    shown
}

/// The conditions of a trouble for so many seconds at so many frames a second.
fn seconds(trouble: Trouble, seconds: u32, fps: u32) -> Vec<RgbImage> {
    let frames = held(&trouble.shot(0.6, 5), 5);
    frames.iter().cycle().take((seconds * fps) as usize).cloned().collect()
}

fn good() -> Vec<RgbImage> {
    held(&SelfieShot::default(), 1)
}

#[test]
fn one_trouble_after_another_is_told_within_0_6_s_and_the_picture_comes_within_1_s_of_the_last() {
    let script = [
        (Trouble::Far, SelfieHint::ComeCloser),
        (Trouble::Dark, SelfieHint::TooDark),
        (Trouble::OffCentre, SelfieHint::Centre),
        (Trouble::Sunglasses, SelfieHint::RemoveSunglasses),
    ];
    for fps in [10, 15] {
        let mut session = Session::new(guide(), fps);
        let mut changes = vec![];
        for (trouble, hint) in script {
            let began = session.now;
            let shown = show(&mut session, seconds(trouble, 2, fps));
            let first = shown.told.iter().position(|told| *told == hint).unwrap_or_else(|| panic!("{hint:?} at {fps}"));
            assert!(
                shown.at[first].saturating_sub(began) <= Duration::from_millis(600),
                "{hint:?} at {fps}: {:?}",
                shown.at[first].saturating_sub(began)
            );
            assert!(shown.told[first..].iter().all(|told| *told == hint), "{hint:?} at {fps}: {:?}", shown.told);
            changes.push(shown.at[first]);
        }
        assert!(
            changes.windows(2).all(|pair| pair[1].saturating_sub(pair[0]) >= Duration::from_secs(1)),
            "{changes:?}"
        );

        let began = session.now;
        let shown = show(&mut session, seconds(Trouble::Clean, 2, fps));
        let portrait = shown.portrait.expect("a picture");
        assert!(
            session.now.saturating_sub(began) <= Duration::from_secs(1),
            "{:?} at {fps}",
            session.now.saturating_sub(began)
        );
        let failed: Vec<_> = portrait.failed.iter().map(|failed| (failed.check, failed.seconds)).collect();
        for (_, hint) in script {
            assert!(failed.iter().any(|(check, seconds)| *check == hint && (1.5..2.6).contains(seconds)), "{failed:?}");
        }
    }
}

#[test]
fn hints_never_change_more_than_once_a_second_whatever_the_frames_show() {
    let kinds = [Trouble::Far, Trouble::Dark, Trouble::Mask, Trouble::TwoFaces];
    let frames: Vec<_> = kinds.iter().map(|kind| common::take(*kind, 0.8, 3)).chain([faceless(1)]).collect();
    let mut session = Session::new(guide(), 10);
    // An order without a pattern: squares modulo a prime.
    let shown = show(&mut session, (0..120_usize).map(|i| frames[i * i % 23 % 5].clone()));
    let changes: Vec<_> =
        (1..shown.told.len()).filter(|i| shown.told[*i] != shown.told[i - 1]).map(|i| shown.at[i]).collect();
    assert!(changes.windows(2).all(|pair| pair[1].saturating_sub(pair[0]) >= Duration::from_secs(1)), "{changes:?}");
}

#[test]
fn a_face_that_leaves_is_missed_within_0_6_s() {
    let mut session = Session::new(guide(), 10);
    show(&mut session, seconds(Trouble::Far, 2, 10));
    let began = session.now;
    let shown = show(&mut session, std::iter::repeat_n(faceless(0), 10));
    let first = shown.told.iter().position(|told| *told != SelfieHint::ComeCloser).unwrap();
    assert!(shown.at[first].saturating_sub(began) <= Duration::from_millis(600));
    assert!(matches!(shown.told[first], SelfieHint::NoFace | SelfieHint::WipeLens), "{:?}", shown.told);
}

/// On a cheap phone too: what covers a face is told as long as it does.
#[test]
fn a_covered_face_is_told_without_a_break_at_five_frames_a_second() {
    for (trouble, seed) in [(Trouble::Covered, 4), (Trouble::Covered, 10), (Trouble::Mask, 1), (Trouble::Mask, 6)] {
        let frame = common::take(trouble, seed as f32 / 39.0, seed);
        let mut session = Session::new(guide(), 5);
        let shown = show(&mut session, std::iter::repeat_n(frame, 50));
        let first = shown.told.iter().position(|told| *told == SelfieHint::Uncover);
        let first = first.unwrap_or_else(|| panic!("{trouble:?} {seed}: {:?}", shown.told));
        assert!(first <= 15, "{trouble:?} {seed}");
        assert!(
            shown.told[first..].iter().all(|told| *told == SelfieHint::Uncover),
            "{trouble:?} {seed}: {:?}",
            shown.told
        );
    }
}

#[test]
fn a_covered_face_that_leaves_is_missed_within_a_second() {
    let frame = common::take(Trouble::Mask, 1.0 / 39.0, 1);
    let mut session = Session::new(guide(), 10);
    show(&mut session, std::iter::repeat_n(frame, 30));
    let began = session.now;
    let shown = show(&mut session, std::iter::repeat_n(faceless(1), 15));
    let first = shown.told.iter().position(|told| *told != SelfieHint::Uncover).unwrap();
    assert!(shown.at[first].saturating_sub(began) <= Duration::from_secs(1), "{:?}", shown.told);
}

/// What was amiss before is not on the picture, however sharp those frames were.
#[test]
fn who_takes_the_glasses_off_is_shown_without_them() {
    for seed in [0, 4, 8] {
        let mut session = Session::new(guide(), 10);
        show(&mut session, held(&Trouble::Glasses.shot(seed as f32 / 39.0, seed), seed).into_iter().cycle().take(20));
        let shown = show(&mut session, held(&Trouble::Clean.shot(0.0, seed), seed).into_iter().cycle().take(20));
        let measures = shown.portrait.unwrap_or_else(|| panic!("{seed}: {:?}", shown.due)).measures;
        assert!(measures.glasses < 0.4, "{seed}: {}", measures.glasses);
    }
}

/// The next person may not be let in with the picture of the one before.
#[test]
fn the_button_takes_who_is_there_not_who_left() {
    let mut session = Session::new(guide(), 10);
    show(&mut session, good());
    show(&mut session, std::iter::repeat_n(faceless(1), 8));
    show(&mut session, held(&Trouble::Sunglasses.shot(0.6, 5), 5));
    let portrait = session.guide.take_now().unwrap();
    assert!(portrait.measures.sunglasses > 0.42, "{:?}", portrait.measures);
}

#[test]
fn after_a_picture_the_hint_stays_what_it_was() {
    let mut session = Session::new(guide(), 10);
    let frames = good();
    assert!(show(&mut session, frames.iter().cycle().take(20).cloned()).portrait.is_some());
    let Selfie::Guide { guidance } = session.show(&frames[0]).selfie else { panic!("two pictures at once") };
    assert_eq!(guidance.hint, SelfieHint::Good);
}

#[test]
fn within_25_seconds_of_any_trouble_a_way_on_is_offered() {
    for frame in [faceless(2), common::take(Trouble::Sunglasses, 0.7, 1), common::take(Trouble::Dark, 1.0, 1)] {
        let mut session = Session::new(guide(), 2);
        let mut offered = None;
        // The first frame is the beginning: 51 of them take 25 seconds.
        for _ in 0..51 {
            if let Selfie::Guide { guidance } = session.show(&frame).selfie {
                offered = Some(guidance.ways_on);
            }
        }
        let ways = offered.unwrap();
        assert!(ways.elsewhere && ways.relax && ways.screen_light);
    }
}

#[test]
fn the_button_takes_the_best_picture_so_far_and_needs_a_face() {
    let guide = guide();
    assert_eq!(guide.take_now(), None);
    let look = |image: &RgbImage, ms: u64| guide.look_at(&Planes::of(image).frame(), None, Duration::from_millis(ms));
    look(&common::take(Trouble::Sunglasses, 0.7, 1), 0);
    let blurred = common::take(Trouble::Blur, 0.7, 1);
    look(&blurred, 100);
    let portrait = guide.take_now().unwrap();
    assert!(portrait.by_hand && portrait.measures.sharpness > 0.08);
    assert_eq!(guide.take_now(), None);
}

#[test]
fn relaxing_lets_a_picture_pass_that_was_too_dark() {
    let frames = held(&SelfieShot { gain: 0.33, ..SelfieShot::default() }, 1);
    let mut session = Session::new(guide(), 10);
    assert!(show(&mut session, frames.iter().cycle().take(20).cloned()).portrait.is_none());
    let relaxed = SelfieGuide::new(SelfieProfile::Normal, false);
    relaxed.relax();
    let mut session = Session::new(relaxed, 10);
    assert!(show(&mut session, frames.iter().cycle().take(20).cloned()).portrait.is_some());
}

#[test]
fn the_step_come_closer_asks_for_a_larger_face_and_keeps_the_first_portrait() {
    let mut session = Session::new(SelfieGuide::new(SelfieProfile::Normal, true), 10);
    let first = show(&mut session, held(&SelfieShot::default(), 1).into_iter().cycle().take(20));
    assert!(first.portrait.is_none());
    assert_eq!(first.told.last(), Some(&SelfieHint::ComeCloser));
    let closer = held(&SelfieShot { eyes_apart: 0.37, eyes_at: [0.5, 0.40], ..SelfieShot::default() }, 2);
    let portrait = show(&mut session, closer.into_iter().cycle().take(20)).portrait.expect("a picture");
    assert!(portrait.measures.eyes_apart < 0.30, "{}", portrait.measures.eyes_apart);
}

fn captured(mut frames: impl Iterator<Item = Planes>) -> (Portrait, SelfieLook) {
    let mut session = Session::new(guide(), 10);
    for _ in 0..120 {
        let look = session.show_planes(&frames.next().unwrap());
        if let Selfie::Captured { portrait } = &look.selfie {
            return (portrait.clone(), look);
        }
    }
    panic!("no picture")
}

fn decoded(portrait: &Portrait) -> RgbImage {
    image::load_from_memory(&portrait.jpeg).unwrap().into_rgb8()
}

/// Mean absolute difference of two pictures of one size, grey levels.
fn difference(a: &RgbImage, b: &RgbImage) -> f32 {
    let sum: u32 = a.iter().zip(b.iter()).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
    sum as f32 / a.len() as f32
}

type Turn = fn(&RgbImage) -> RgbImage;

#[test]
fn turned_and_mirrored_buffers_give_the_same_upright_portrait() {
    let frames = good();
    let (upright, _) = captured(frames.iter().cycle().map(Planes::of));
    let expected = decoded(&upright);
    let turned: [(Rotation, Turn); 3] = [
        (Rotation::Clockwise, imageops::rotate270),
        (Rotation::UpsideDown, imageops::rotate180),
        (Rotation::CounterClockwise, imageops::rotate90),
    ];
    for (rotation, turn) in turned {
        let (portrait, look) = captured(frames.iter().cycle().map(|frame| Planes::turned(&turn(frame), rotation)));
        assert_eq!((portrait.width, portrait.height), (upright.width, upright.height), "{rotation:?}");
        assert!(difference(&decoded(&portrait), &expected) < 2.0, "{rotation:?}");
        assert!((look.face.unwrap().x - 120.0).abs() < 60.0, "{rotation:?}");
    }
    let mirrored = frames.iter().cycle().map(|frame| {
        let mut planes = Planes::of(&imageops::flip_horizontal(frame));
        planes.layout.mirrored = true;
        planes
    });
    let (portrait, _) = captured(mirrored);
    // Boxes of a mirrored face differ a little.
    let same = imageops::resize(&decoded(&portrait), upright.width, upright.height, imageops::FilterType::Triangle);
    let flipped = imageops::flip_horizontal(&same);
    assert!(difference(&same, &expected) < difference(&flipped, &expected));
}

/// A camera that is built in another way up: its buffer does not say so.
#[test]
fn a_camera_the_wrong_way_up_is_found_out() {
    let built: [(Rotation, Turn); 3] = [
        (Rotation::UpsideDown, imageops::rotate180),
        (Rotation::Clockwise, imageops::rotate270),
        (Rotation::CounterClockwise, imageops::rotate90),
    ];
    for (way, turn) in built {
        let wrong: Vec<_> = good().iter().map(turn).collect();
        let mut session = Session::new(guide(), 10);
        let shown = show(&mut session, wrong.iter().cycle().take(40).cloned());
        let portrait = shown.portrait.unwrap_or_else(|| panic!("{way:?}: {:?}", shown.told));
        assert_eq!(still(&padded(&decoded(&portrait))), SelfieHint::Good, "{way:?}");

        // Another frame, and a still of full resolution.
        let Selfie::Guide { guidance } = session.show(&wrong[0]).selfie else { panic!("two pictures at once") };
        assert_eq!(guidance.turn, way);
        let planes = Planes::of(&wrong[0]);
        let [y, u, v] = planes.planes();
        let accepted = |guide: &SelfieGuide| match guide.accept_still(y, u, v, planes.layout).unwrap() {
            Still::Accepted { portrait } => portrait,
            Still::Refused { hint } => panic!("{way:?}: {hint:?}"),
        };
        for guide in [&session.guide, &guide()] {
            assert_eq!(still(&padded(&decoded(&accepted(guide)))), SelfieHint::Good, "{way:?}");
        }
        // The box is where the preview shows the face.
        if way == Rotation::UpsideDown {
            let face = guidance.face.unwrap();
            assert!(face.y + face.height / 2.0 > 325.0, "{face:?}");
        }
    }
}

/// A portrait in a frame again, as large as a frame's.
fn padded(portrait: &RgbImage) -> RgbImage {
    let mut frame = RgbImage::from_pixel(480, 640, image::Rgb([150, 140, 135]));
    let (width, height) = portrait.dimensions();
    imageops::replace(&mut frame, portrait, ((480 - width) / 2).into(), ((640 - height) / 2).into());
    frame
}

#[test]
fn a_portrait_has_the_standards_margins_and_no_metadata() {
    let (portrait, _) = captured(good().iter().cycle().map(Planes::of));
    let picture = decoded(&portrait);
    assert_eq!((portrait.width, portrait.height), picture.dimensions());
    let measures = portrait.measures;
    // Eyes to sides 0.9 IED and more; above 1.4, below 1.8 distances to the chin: about 1.53 IED.
    let (width, height) =
        (portrait.width as f32 / measures.inter_eye_distance, portrait.height as f32 / measures.inter_eye_distance);
    assert!(width >= 1.0 + 2.0 * 0.9 && height >= (1.4 + 1.8) * 1.53, "{width} {height}");
    // Markers of a JPEG file: JFIF's own APP0 alone, no other APPn, no comment.
    let markers: Vec<u8> = segments(&portrait.jpeg);
    assert_eq!(
        markers.iter().filter(|marker| (0xe0..=0xef).contains(*marker) || **marker == 0xfe).count(),
        1,
        "{markers:x?}"
    );
}

/// The markers before the picture's data (ITU-T T.81, B.1.1.4).
fn segments(jpeg: &[u8]) -> Vec<u8> {
    let (mut at, mut markers) = (2, vec![]);
    while jpeg[at] == 0xff && jpeg[at + 1] != 0xda {
        markers.push(jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    markers
}

#[test]
fn a_still_of_full_resolution_is_judged_and_cut() {
    let guide = guide();
    let large = photograph(&SITTER, &SelfieShot { frame: [1200, 1600], ..SelfieShot::default() }, 1);
    let planes = Planes::of(&large);
    let [y, u, v] = planes.planes();
    let Still::Accepted { portrait } = guide.accept_still(y, u, v, planes.layout).unwrap() else { panic!("refused") };
    assert!(portrait.width >= 720 && !portrait.by_hand, "{portrait:?}");

    let masked = Planes::of(&common::take(Trouble::Mask, 0.5, 2));
    let [y, u, v] = masked.planes();
    assert_eq!(guide.accept_still(y, u, v, masked.layout).unwrap(), Still::Refused { hint: SelfieHint::Uncover });
}

#[test]
fn a_frame_without_colour_is_guided_too() {
    let grey = |image: &RgbImage| citizen_scenes::planes::luma(image);
    let guide = guide();
    let luma = grey(&good()[0]);
    let frame = Frame::from_luma(&luma, &FrameLayout::tight(luma.width(), luma.height())).unwrap();
    let (face, measures, hint) = guide.look_still(&frame);
    assert!(face.is_some() && measures.unwrap().natural_colour.is_none());
    assert_eq!(hint, SelfieHint::Good);
}

#[test]
fn landmarks_sharpen_pose_and_eyes_and_those_that_do_not_fit_are_left_alone() {
    let image = &good()[0];
    let planes = Planes::of(image);
    let look = |landmarks: FaceLandmarks| {
        let guide = guide();
        guide.look_at(&planes.frame(), Some(&landmarks), Duration::ZERO).measures.unwrap()
    };
    let at = |x: f32, y: f32| Point { x, y };
    // The eyes of the default shot: 125 pixels apart about (240, 262).
    let eyes = FaceLandmarks {
        left_eye: at(178.0, 262.0),
        right_eye: at(302.0, 262.0),
        mouth: None,
        nose: Some(at(240.0 + 124.0 * 0.25, 340.0)),
        eye_opening: Some(0.1),
    };
    let measures = look(eyes);
    assert!((measures.yaw.unwrap() - 30.0).abs() < 1.0 && measures.roll.abs() < 0.1, "{measures:?}");
    assert!((measures.inter_eye_distance - 124.0).abs() < 0.1 && measures.eyes_open < 7.1);
    let elsewhere = [at(f32::NAN, 0.0), at(0.0, 0.0), at(f32::MAX, f32::MIN)];
    for left_eye in elsewhere {
        let measures = look(FaceLandmarks { left_eye, ..eyes });
        assert!(measures.yaw.is_none() && measures.eyes_open > 8.0, "{left_eye:?}");
    }
}

/// Half of the frames' size: a look takes a quarter of the time.
fn small(image: &RgbImage) -> Planes {
    Planes::of(&imageops::thumbnail(image, 240, 320))
}

static SMALL: LazyLock<Vec<Planes>> = LazyLock::new(|| {
    let kinds = [Trouble::Clean, Trouble::Dark, Trouble::Mask, Trouble::TwoFaces, Trouble::Glasses, Trouble::Far];
    let faces = kinds.iter().map(|kind| common::take(*kind, 0.5, 7));
    faces.chain([faceless(1), RgbImage::new(480, 640)]).map(|image| small(&image)).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The guide alone is held to this over 10,000 scripts; here with frames, and all that looks at them.
    #[test]
    fn any_frames_lead_to_a_picture_or_a_way_on_and_hints_are_steady(
        frames in prop::collection::vec((0..8_usize, 10_u64..3000), 1..40),
        come_closer: bool,
    ) {
        let guide = SelfieGuide::new(SelfieProfile::Normal, come_closer);
        let (mut now, mut passed) = (Duration::ZERO, Duration::ZERO);
        let (mut shown, mut changed) = (SelfieHint::NoFace, None);
        for (number, (which, ms)) in frames.into_iter().enumerate() {
            let step = Duration::from_millis(ms);
            now += step;
            passed += if number == 0 { Duration::ZERO } else { step };
            match guide.look_at(&SMALL[which].frame(), None, now).selfie {
                Selfie::Captured { .. } => passed = Duration::ZERO,
                Selfie::Guide { guidance } => {
                    prop_assert!((0.0..=1.0).contains(&guidance.progress));
                    prop_assert_eq!(guidance.ways_on.elsewhere, passed >= Duration::from_secs(25));
                    if guidance.hint != shown {
                        let since = changed.map_or(Duration::MAX, |then| now.saturating_sub(then));
                        prop_assert!(since >= Duration::from_secs(1), "{:?} after {:?}", guidance.hint, since);
                        (shown, changed) = (guidance.hint, Some(now));
                    }
                }
            }
        }
    }
}
