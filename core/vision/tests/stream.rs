//! Streams of frames: what no frame shows by itself, and what must not be mixed.

use std::time::Duration;

use citizen_card::CalendarDate;
use citizen_scenes::{Card, Code, HardBurst, Level, Scene, Shot, photograph, planes, scene};
use citizen_vision::{CardScanner, Frame, FrameLayout, Look, Scan, ScanHint};
use proptest::prelude::*;

const FRAME: Duration = Duration::from_millis(100);

/// A clock that stands still: no deadline cuts a test short on a busy machine.
fn scanner() -> CardScanner {
    CardScanner::with_clock(CalendarDate::new(2026, 11, 22).unwrap(), || Duration::ZERO)
}

fn frame(luma: &image::GrayImage) -> Frame<'_> {
    Frame::from_luma(luma, &FrameLayout::tight(luma.width(), luma.height())).unwrap()
}

/// All frames in one session, 100 ms apart.
fn stream(scanner: &CardScanner, frames: &[image::GrayImage]) -> Vec<Look> {
    let looks = frames.iter().zip(1..).map(|(luma, number)| scanner.look_at(&frame(luma), FRAME * number));
    looks.collect()
}

fn text(look: &Look) -> Option<String> {
    match &look.scan {
        Scan::Card { reading, .. } => Some(reading.card.to_payload()),
        Scan::Hint { .. } => None,
    }
}

fn hint(look: &Look) -> Option<ScanHint> {
    match &look.scan {
        Scan::Card { .. } => None,
        Scan::Hint { hint, .. } => Some(hint.clone()),
    }
}

fn burst(burst: HardBurst, card: &Card) -> Vec<image::GrayImage> {
    burst.photograph(card, 10).iter().map(|photo| planes::luma(&photo.image)).collect()
}

/// Bursts of which no frame reads by itself.
const HARD: [u32; 2] = [5, 8];

#[test]
fn frames_that_do_not_read_by_themselves_read_together() {
    for number in HARD {
        let burst_of = HardBurst(number);
        let card = burst_of.card();
        let frames = burst(burst_of, &card);
        let alone = frames.iter().filter(|luma| text(&scanner().look_still(&frame(luma))).is_some()).count();
        assert_eq!(alone, 0, "burst {number}");
        let read: Vec<String> = stream(&scanner(), &frames).iter().filter_map(text).collect();
        assert_eq!(read.first().map(String::as_str), Some(card.code().text()), "burst {number}");
    }
}

#[test]
fn another_card_in_the_same_place_starts_anew() {
    let burst_of = HardBurst(HARD[0]);
    let (first, second) = (burst_of.card(), HardBurst(HARD[0] + 16).card());
    // Four frames are not enough to read the first; then the second lies where it lay.
    let mut frames = burst(burst_of, &first);
    frames.truncate(2);
    frames.extend(burst(burst_of, &second));
    let read: Vec<String> = stream(&scanner(), &frames).iter().filter_map(text).collect();
    assert!(!read.is_empty() && read.iter().all(|text| *text == second.code().text()), "{read:?}");
}

#[test]
fn a_moving_hand_loses_nothing() {
    let burst_of = HardBurst(HARD[0]);
    let card = burst_of.card();
    let shot = burst_of.shot();
    // Eight pixels a frame: four modules, more than a third of the symbol over the burst.
    let moved =
        |i: u32| Shot { shift: [shot.shift[0] + 8.0 * i as f32, shot.shift[1] - 5.0 * i as f32], ..shot.clone() };
    let frames: Vec<_> =
        (0..12).map(|i| planes::luma(&photograph(&card, &moved(i), 40 + u64::from(i)).image)).collect();
    let read = stream(&scanner(), &frames).iter().find_map(text);
    assert_eq!(read.as_deref(), Some(card.code().text()));
}

#[test]
fn a_card_is_found_beside_a_website_that_reads_in_every_frame() {
    let easy = scene("easy").unwrap();
    let blurred = Scene { shot: Shot { defocus: 1.6, noise: 12.0, ..easy.shot.clone() }, ..easy };
    let card = planes::luma(&blurred.photograph().image);
    let website = Code::new("https://example.vn/", Level::Medium).unwrap().draw(5);
    let mut both = image::GrayImage::from_pixel(card.width() + website.width(), card.height(), image::Luma([200]));
    image::imageops::replace(&mut both, &website, 0, 100);
    image::imageops::replace(&mut both, &card, i64::from(website.width()), 0);
    let looks = stream(&scanner(), &vec![both; 12]);
    assert!(looks.iter().any(|look| text(look).is_some()), "{:?}", looks.iter().map(hint).collect::<Vec<_>>());
}

#[test]
fn a_hint_outlives_a_frame_that_shows_nothing_and_typing_is_offered_in_the_end() {
    let blurred = planes::luma(&scene("blurred").unwrap().photograph().image);
    let blank = planes::luma(&scene("blank").unwrap().photograph().image);
    let mut frames = vec![blurred.clone(); 8];
    frames.push(blank);
    frames.extend(vec![blurred; 4]);
    let looks = stream(&scanner(), &frames);
    assert!(
        looks.iter().skip(4).all(|look| hint(look) == Some(ScanHint::Focus)),
        "{:?}",
        looks.iter().map(hint).collect::<Vec<_>>()
    );
    let offers = |look: &Look| matches!(&look.scan, Scan::Hint { suggestions, .. } if suggestions.type_by_hand);
    assert!(!looks.iter().any(offers));
    let scanner = scanner();
    let late = (0..25).map(|second| scanner.look_at(&frame(&frames[0]), Duration::from_secs(second)));
    let late: Vec<bool> = late.map(|look| offers(&look)).collect();
    assert_eq!(late.iter().position(|offers| *offers), Some(20));
}

#[test]
fn a_deadline_that_is_over_at_once_still_gives_an_answer() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let hours = AtomicU64::new(0);
    let clock = move || Duration::from_secs(3600 * hours.fetch_add(1, Ordering::Relaxed));
    let hurried = CardScanner::with_clock(CalendarDate::new(2026, 11, 22).unwrap(), clock);
    let easy = planes::luma(&scene("easy").unwrap().photograph().image);
    for _ in 0..3 {
        assert!(hint(&hurried.look(&frame(&easy))).is_some());
        assert!(hint(&hurried.look_still(&frame(&easy))).is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Frames of any size, one after the other, in one session: a phone that turns, a camera that is changed.
    #[test]
    fn sizes_and_contents_may_change_from_frame_to_frame(
        sizes in prop::collection::vec((1..300_u32, 1..300_u32, any::<u64>()), 1..8),
    ) {
        let scanner = scanner();
        let card = Code::new("A", Level::Low).unwrap().draw(4);
        for (width, height, seed) in sizes {
            let noise = |x: u32, y: u32| (seed.wrapping_mul(u64::from(x * 7919 + y * 104_729 + 1)) >> 56) as u8;
            let mut luma = image::GrayImage::from_fn(width, height, |x, y| image::Luma([noise(x, y) / 4 + 150]));
            image::imageops::replace(&mut luma, &card, i64::from((seed % 40) as u32), i64::from((seed % 30) as u32));
            let look = scanner.look(&frame(&luma));
            prop_assert!(look.codes.iter().all(|code| code.text() == Some("A")));
        }
    }
}
