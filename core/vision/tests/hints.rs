//! Each trouble gets the hint that takes it away.

use citizen_card::CalendarDate;
use citizen_scenes::{Card, Ladder, Level, Shot, Specimen, photograph, planes, scene};
use citizen_vision::{CardScanner, Frame, FrameLayout, Look, Scan, ScanHint, Suggestions};

fn look(luma: &image::GrayImage) -> Look {
    let frame = Frame::from_luma(luma, &FrameLayout::tight(luma.width(), luma.height())).unwrap();
    CardScanner::on(CalendarDate::new(2026, 11, 22).unwrap()).look_still(&frame)
}

/// The hint for a card under chosen conditions; `None` where it reads.
fn hint(shot: &Shot) -> Option<(ScanHint, Suggestions)> {
    let card = Card::print(Specimen::invent(9), Level::Medium).unwrap();
    match look(&planes::luma(&photograph(&card, shot, 9).image)).scan {
        Scan::Card { .. } => None,
        Scan::Hint { hint, suggestions, .. } => Some((hint, suggestions)),
    }
}

fn easy() -> Shot {
    scene("easy").unwrap().shot
}

#[test]
fn unread_frames_of_a_ladder_name_its_cause() {
    use Ladder::{Defocus, Distance, Glare, Lowlight, Motion, Tilt};
    let causes: [(Ladder, &[&str]); 6] = [
        (Distance, &["come_closer"]),
        (Tilt, &["tilted"]),
        (Defocus, &["focus"]),
        (Motion, &["hold_still", "focus"]),
        (Lowlight, &["too_dark"]),
        (Glare, &["glare"]),
    ];
    let (mut unread, mut right) = (0, Vec::new());
    for (ladder, hints) in causes {
        for seed in 0..2 {
            let card = ladder.card(seed);
            for severity in 5..8 {
                let photo = ladder.photograph(&card, severity, seed);
                if let Scan::Hint { hint, .. } = look(&planes::luma(&photo.image)).scan {
                    unread += 1;
                    right.push((ladder, severity, seed, hint.id(), hints.contains(&hint.id())));
                }
            }
        }
    }
    let wrong: Vec<_> = right.iter().filter(|row| !row.4).collect();
    assert!(unread >= 16 && 10 * wrong.len() <= unread, "{} of {unread} wrong: {wrong:?}", wrong.len());
}

#[test]
fn a_code_larger_than_the_frame_asks_to_move_back() {
    let (hint, _) = hint(&Shot { module_px: 17.0, defocus: 9.0, ..easy() }).unwrap();
    assert_eq!(hint, ScanHint::MoveBack);
}

#[test]
fn a_code_that_leaves_the_frame_is_cut_off() {
    let (hint, _) = hint(&Shot { module_px: 6.0, shift: [0.0, -330.0], ..easy() }).unwrap();
    assert_eq!(hint, ScanHint::CutOff);
}

#[test]
fn a_code_that_is_scratched_beyond_repair_is_damaged() {
    let mut luma = planes::luma(&scene("easy").unwrap().photograph().image);
    let Scan::Card { corners, .. } = look(&luma).scan else { panic!("the scene reads") };
    let [a, _, c, _] = corners.to_array();
    // Grey strokes between the finders, over a third of the modules.
    for step in 0..60 {
        let at = |from: f32, to: f32, part: f32| (from + (to - from) * part) as u32;
        let part = 0.3 + 0.5 * (step as f32 / 60.0);
        let (x, y) = (at(a.x, c.x, part), at(a.y, c.y, part));
        for (dx, dy) in (0..30).flat_map(|dx| (0..3).map(move |dy| (dx, dy))) {
            luma.put_pixel(x + dx, y + dy, image::Luma([130]));
            luma.put_pixel(x.saturating_sub(dx), y + dy, image::Luma([130]));
        }
    }
    let Scan::Hint { hint, .. } = look(&luma).scan else { panic!("it reads") };
    assert_eq!(hint, ScanHint::Damaged);
}

#[test]
fn suggestions_follow_the_hint() {
    let (dark, suggested) = hint(&Shot { gain: 0.02, ..easy() }).unwrap();
    assert_eq!((dark, suggested.torch), (ScanHint::TooDark, true));
    let (far, suggested) = hint(&Shot { module_px: 0.9, ..easy() }).unwrap();
    assert_eq!(far, ScanHint::ComeCloser);
    assert!(suggested.zoom.is_some_and(|zoom| zoom > 1.5) && suggested.focus.is_some() && !suggested.torch);
}
