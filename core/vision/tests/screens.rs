//! Codes on another phone's screen, photographed: at twenty angles, with the screen's pixels beating, mirrored light, near and far.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use citizen_scenes::{Card, Code, Level, Sheet, Shot, burst, photograph, planes};
use citizen_vision::{CodeScan, CodeScanner, Frame, FrameLayout, ScanHint};

/// What both phones' codes begin with (`docs/protocol.md`).
const PREFIX: &str = "EID1:";
const BASE45: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/// Characters of QR-A and QR-B behind the prefix.
const QR_A: usize = 156;
const QR_B: usize = 41;

const ANGLES: u16 = 20;
/// Every so many angles are looked at, unless `SCREENS=all`: all of them take minutes.
const USUAL_STEP: usize = 5;
const FRAMES: usize = 10;

fn screen(length: usize, seed: usize) -> Sheet {
    let letters = (0..length).map(|i| char::from(BASE45[(i * 7 + i * i * 13 + seed * 31) % 45]));
    let text: String = PREFIX.chars().chain(letters).collect();
    Sheet::screen(Code::short(text, Level::Medium).unwrap())
}

/// A scanner whose frames come 100 ms apart, however busy the machine is.
fn scanner() -> CodeScanner {
    let frames = Arc::new(AtomicU64::new(0));
    CodeScanner::with_clock(PREFIX.into(), move || Duration::from_millis(100 * frames.fetch_add(1, Ordering::Relaxed)))
}

fn look(scanner: &CodeScanner, image: &image::RgbImage) -> CodeScan {
    let luma = planes::luma(image);
    scanner.look(&Frame::from_luma(&luma, &FrameLayout::tight(luma.width(), luma.height())).unwrap())
}

fn text(scan: CodeScan) -> Option<String> {
    match scan {
        CodeScan::Code { text, .. } => Some(text),
        CodeScan::Hint { .. } => None,
    }
}

/// The text, if a burst's first frames lead to it.
fn read_within(sheet: &Sheet, shot: &Shot, frames: usize) -> Option<String> {
    let photos = burst(sheet, shot, frames, 1);
    assert!(photos[0].symbol_in_view(), "{shot:?}");
    let scanner = scanner();
    photos.iter().find_map(|photo| text(look(&scanner, &photo.image)))
}

/// A screen seen from one of twenty sides: up to 48 degrees aside, turned by up to 40. A display of 14 pixels a module, as a cheap phone's.
fn from_aside(angle: u16, module_px: f32) -> Shot {
    let part = f32::from(angle) / f32::from(ANGLES - 1);
    Shot {
        module_px,
        tilt: 48.0 * part,
        tilt_axis: 67.0 * f32::from(angle),
        roll: 40.0 * (2.0 * part - 1.0),
        screen: 0.5,
        screen_pitch: module_px / 14.0,
        ..Shot::default()
    }
}

/// A name, pixels a module, and what else the condition does to a shot.
type Condition = (&'static str, f32, fn(Shot) -> Shot);

const CONDITIONS: [Condition; 6] = [
    ("plain", 6.0, |shot| shot),
    ("moire", 8.5, |shot| Shot { screen: 0.9, screen_pitch: 1.07, moire: 0.15, defocus: 0.3, ..shot }),
    ("glare", 6.0, |shot| Shot { glare: 0.12, haze: 0.1, ..shot }),
    ("bright", 6.0, |shot| Shot { gain: 1.5, haze: 0.12, defocus: 1.2, ..shot }),
    ("near", 8.5, |shot| Shot { defocus: 1.5, ..shot }),
    ("far", 2.6, |shot| Shot { defocus: 0.6, ..shot }),
];

#[test]
fn photographed_screens_read_within_ten_frames() {
    let step = if std::env::var("SCREENS").is_ok_and(|which| which == "all") { 1 } else { USUAL_STEP };
    let (mut seen, mut missed) = (0, Vec::new());
    for (name, module_px, under) in CONDITIONS {
        for angle in (0..ANGLES).step_by(step) {
            seen += 1;
            let sheet = screen(QR_A, usize::from(angle));
            assert_eq!(sheet.code().side(), 45);
            let shot = under(from_aside(angle, module_px));
            match read_within(&sheet, &shot, 2).or_else(|| read_within(&sheet, &shot, FRAMES)) {
                Some(text) => assert_eq!(text, sheet.code().text(), "{name} {angle}"),
                None => missed.push(format!("{name} {angle}")),
            }
        }
    }
    println!("{} of {seen} read; missed: {missed:?}", seen - missed.len());
    assert!(missed.len() * 100 <= seen, "{missed:?}");
}

#[test]
fn the_short_code_of_the_new_phone_reads_too() {
    for angle in 0..ANGLES / 2 {
        let sheet = screen(QR_B, usize::from(angle));
        assert_eq!(sheet.code().side(), 29);
        let photo = photograph(&sheet, &from_aside(angle, 6.0), u64::from(angle));
        let scan = look(&scanner(), &photo.image);
        assert!(matches!(&scan, CodeScan::Code { text, .. } if text == sheet.code().text()), "{angle}: {scan:?}");
    }
}

#[test]
fn a_card_is_another_code_and_its_text_goes_nowhere() {
    let photo = photograph(&Card::invent(8), &Shot::default(), 1);
    let scan = look(&scanner(), &photo.image);
    assert!(matches!(&scan, CodeScan::Hint { hint: ScanHint::OtherCode, .. }), "{scan:?}");
    let read = CodeScan::Code { text: "EID1:SECRET".into(), corners: corners() };
    assert_eq!(format!("{read:?}"), "Code(11 bytes)");
}

fn corners() -> citizen_vision::Corners {
    let at = |x, y| citizen_vision::Point { x, y };
    citizen_vision::Corners {
        top_left: at(0.0, 0.0),
        top_right: at(1.0, 0.0),
        bottom_right: at(1.0, 1.0),
        bottom_left: at(0.0, 1.0),
    }
}
