//! What a photo says of itself is so.

use citizen_scenes::planes::luma;
use citizen_scenes::{Card, Photo, Shot, photograph};
use image::GrayImage;

/// A small frame, to be quick; a module of 3 px or more is sampled without doubt.
fn small() -> Shot {
    Shot { frame: [640, 480], ..Shot::flawless() }
}

/// How many module centres, reached through the photo's corners, have another tone than the symbol's module. For a card
/// without tilt: then the corners span a parallelogram.
fn wrong_modules(card: &Card, photo: &Photo) -> usize {
    /// Between the printed tones of 38 and 228.
    const THRESHOLD: u8 = 133;
    let luma = luma(&photo.image);
    let side = card.code().side();
    let [origin, right, _, down] = photo.corners;
    let wrong = (0..side * side).filter(|i| {
        let (column, row) = (i % side, i / side);
        let part = |index: usize| (index as f32 + 0.5) / side as f32;
        let [x, y]: [f32; 2] = std::array::from_fn(|axis| {
            origin[axis] + (right[axis] - origin[axis]) * part(column) + (down[axis] - origin[axis]) * part(row)
        });
        (luma.get_pixel(x as u32, y as u32).0[0] < THRESHOLD) != card.code().is_dark(column, row)
    });
    wrong.count()
}

#[test]
fn module_centres_reached_through_the_corners_have_the_symbols_tones() {
    for seed in 0..4 {
        let card = Card::invent(seed);
        for roll in [0.0, 90.0, 180.0, 203.0] {
            let photo = photograph(&card, &Shot { roll, ..small() }, seed);
            assert!(photo.symbol_in_view());
            assert_eq!(wrong_modules(&card, &photo), 0, "card {seed}, roll {roll}");
        }
    }
}

/// All module centres of a row are moved by as much as the bow is wide there.
#[test]
fn a_bend_moves_rows_of_modules_and_leaves_the_corners() {
    let card = Card::invent(2);
    let flat = photograph(&card, &small(), 1);
    for curl in [-3.0, 2.0] {
        let bent = photograph(&card, &Shot { curl, ..small() }, 1);
        assert_eq!(bent.corners, flat.corners);
        let [left, top] = flat.corners[0];
        let (flat, bent) = (luma(&flat.image), luma(&bent.image));
        let module_px = small().module_px;
        let side = card.code().side();
        for row in 0..side {
            let part = (row as f32 + 0.5) / side as f32;
            let moved = curl * (std::f32::consts::PI * part).sin() * module_px;
            for column in 4..side - 4 {
                let [x, y] = [column, row].map(|index| (index as f32 + 0.5) * module_px);
                let tone = |image: &GrayImage, x: f32| image.get_pixel(x as u32, (top + y) as u32).0[0] < 133;
                assert_eq!(tone(&bent, left + x + moved), tone(&flat, left + x), "curl {curl}: {column}, {row}");
            }
        }
    }
}

#[test]
fn a_module_has_the_asked_side() {
    let card = Card::invent(1);
    let [[left, _], [right, _], ..] = photograph(&card, &Shot { module_px: 4.0, ..small() }, 1).corners;
    assert!((right - left - 4.0 * card.code().side() as f32).abs() < 0.01);
}

#[test]
fn the_text_is_the_payload() {
    let card = Card::invent(5);
    assert_eq!(photograph(&card, &small(), 1).text, card.specimen().payload());
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let shot = Shot { frame: [320, 180], ..Shot::default() };
    let photo = |card, seed| photograph(&Card::invent(card), &shot, seed);
    assert_eq!(photo(1, 7), photo(1, 7));
    assert_ne!(photo(1, 7).image, photo(1, 8).image);
    assert_ne!(photo(1, 7).text, photo(2, 7).text);
}

#[test]
fn a_card_out_of_frame_leaves_the_desk() {
    let photo = photograph(&Card::invent(1), &Shot { shift: [9000.0, 0.0], ..small() }, 1);
    assert!(!photo.symbol_in_view());
    // The desk's patches are near 105 (deviation 16), the card's print is at 200 and more.
    assert!(luma(&photo.image).pixels().all(|pixel| (10..200).contains(&pixel.0[0])));
}

#[test]
fn senseless_conditions_do_not_panic() {
    let card = Card::invent(1);
    let tiny = Shot { frame: [40, 30], ..Shot::default() };
    let senseless = [
        Shot { frame: [0, 0], ..tiny.clone() },
        Shot { module_px: -1.0, ..tiny.clone() },
        Shot { module_px: 1e9, ..tiny.clone() },
        Shot { tilt: 90.0, ..tiny.clone() },
        Shot { tilt: 170.0, module_px: 9.0, ..tiny.clone() },
        Shot { defocus: f32::INFINITY, motion: 1e9, jpeg: 255, ..tiny.clone() },
        Shot { moire: f32::INFINITY, moire_period: -1.0, screen: 9.0, screen_pitch: 0.0, curl: 1e9, ..tiny.clone() },
        Shot { moire: 1.0, moire_period: f32::NAN, screen: f32::NAN, curl: f32::NAN, ..tiny.clone() },
        Shot { defocus: f32::NAN, motion: f32::NAN, module_px: f32::NAN, tilt: f32::NAN, ..tiny.clone() },
        Shot { shift: [f32::NAN, f32::INFINITY], photons: 0.0, gain: f32::NAN, glare: f32::NAN, ..tiny },
    ];
    for shot in senseless {
        let _ = photograph(&card, &shot, 1);
    }
    for texels_per_mm in [f32::NAN, f32::NEG_INFINITY, 0.0] {
        let _ = card.face(texels_per_mm);
    }
}
