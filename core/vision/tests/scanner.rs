//! The card scanner on drawn scenes, where the truth is known.

use citizen_card::{CalendarDate, CardError, CardField, Expected, FieldError};
use citizen_scenes::{Card, Code, Level, Photo, Scene, Shot, Specimen, catalogue, photograph, planes, scene};
use citizen_vision::{CardScanner, Corners, Frame, FrameLayout, PixelFormat, Rotation, Scan, ScanHint, ScannerError};
use proptest::prelude::*;

fn scanner() -> CardScanner {
    CardScanner::on(CalendarDate::new(2026, 11, 22).unwrap())
}

fn scan_luma(luma: &image::GrayImage, rotation: Rotation) -> Scan {
    let layout = FrameLayout { rotation, ..FrameLayout::tight(luma.width(), luma.height()) };
    scanner().scan_still(luma, layout).unwrap()
}

fn scan(photo: &Photo) -> Scan {
    scan_luma(&planes::luma(&photo.image), Rotation::Upright)
}

fn hint(scan: Scan) -> ScanHint {
    match scan {
        Scan::Hint { hint, .. } => hint,
        Scan::Card { .. } => panic!("a card was read"),
    }
}

fn payload_and_corners(scan: Scan) -> (String, Corners) {
    match scan {
        Scan::Card { reading, corners } => (reading.card.to_payload(), corners),
        Scan::Hint { hint, .. } => panic!("no card: {hint:?}"),
    }
}

fn named(name: &str) -> Photo {
    scene(name).unwrap().photograph()
}

/// Dark modules on white, `scale` pixels each.
fn drawn(text: &str, scale: u32) -> image::GrayImage {
    Code::new(text, Level::Medium).unwrap().draw(scale)
}

#[test]
fn every_readable_scene_gives_its_card_at_its_place() {
    for scene in catalogue().into_iter().filter(|scene| scene.readable) {
        let photo = scene.photograph();
        let (payload, corners) = payload_and_corners(scan(&photo));
        assert_eq!(payload, photo.text, "{}", scene.name);
        let distance = farthest(corners, photo.corners);
        assert!(distance < 0.4 * scene.shot.module_px, "{}: {distance} px", scene.name);
    }
}

/// The largest distance of a corner from the truth, pixels.
fn farthest(found: Corners, truth: [[f32; 2]; 4]) -> f32 {
    let distances = found.to_array().into_iter().zip(truth).map(|(p, [x, y])| (p.x - x).hypot(p.y - y));
    distances.fold(0.0, f32::max)
}

#[test]
fn a_desk_a_dark_room_and_a_blurred_card_each_get_their_hint() {
    assert_eq!(hint(scan(&named("blank"))), ScanHint::NothingFound);
    assert_eq!(hint(scan(&named("dark"))), ScanHint::TooDark);
    assert_eq!(hint(scan(&named("blurred"))), ScanHint::Focus);
}

#[test]
fn the_buffer_may_be_turned_and_the_corners_are_upright() {
    let luma = planes::luma(&named("easy").image);
    let (payload, upright) = payload_and_corners(scan_luma(&luma, Rotation::Upright));
    // The picture turned counter-clockwise is what a camera delivers that must be turned clockwise.
    let turned = image::imageops::rotate270(&luma);
    let (turned_payload, corners) = payload_and_corners(scan_luma(&turned, Rotation::Clockwise));
    assert_eq!(turned_payload, payload);
    for (a, b) in corners.to_array().into_iter().zip(upright.to_array()) {
        assert!((a.x - b.x).hypot(a.y - b.y) < 3.0, "{a:?} {b:?}");
    }
}

#[test]
fn a_mirrored_frame_reads_and_its_corners_keep_the_symbols_names() {
    let photo = named("easy");
    let width = photo.image.width() as f32;
    let mirrored = image::imageops::flip_horizontal(&planes::luma(&photo.image));
    let (payload, corners) = payload_and_corners(scan_luma(&mirrored, Rotation::Upright));
    assert_eq!(payload, photo.text);
    let distance = farthest(corners, photo.corners.map(|[x, y]| [width - x, y]));
    assert!(distance < 1.4, "{distance} px, a module has 3.4");
}

#[test]
fn light_modules_on_dark_ground_read() {
    let photo = named("easy");
    let mut negative = planes::luma(&photo.image);
    image::imageops::invert(&mut negative);
    assert_eq!(payload_and_corners(scan_luma(&negative, Rotation::Upright)).0, photo.text);
}

/// Thousands of finders in view, and no symbol: what blocks a reader that tries every group of them.
#[test]
fn a_frame_full_of_finders_ends() {
    let tile = |v: u32| v % 10;
    let frame = image::GrayImage::from_fn(1280, 720, |x, y| {
        let ring = tile(x).abs_diff(3).max(tile(y).abs_diff(3));
        image::Luma([if ring == 2 || ring > 3 { 230 } else { 20 }])
    });
    assert!(matches!(scan_luma(&frame, Rotation::Upright), Scan::Hint { .. }));
}

#[test]
fn small_and_large_symbols_read() {
    for length in [1, 12, 30, 60, 150, 300, 600, 1200] {
        let text = "x".repeat(length);
        let luma = drawn(&text, 4);
        let look =
            scanner().look_still(&Frame::from_luma(&luma, &FrameLayout::tight(luma.width(), luma.height())).unwrap());
        assert_eq!(look.codes.first().map(|code| code.text()), Some(Some(text.as_str())), "{length} letters");
    }
}

#[test]
fn a_code_that_holds_no_text_is_a_wrong_code() {
    let segment = qrcodegen::QrSegment::make_bytes(&[0xFF, 0xFE, 0x80, 0x41]);
    let code = qrcodegen::QrCode::encode_segments(&[segment], qrcodegen::QrCodeEcc::Medium).unwrap();
    let luma = image::GrayImage::from_fn(200, 200, |x, y| {
        let dark = code.get_module(x.cast_signed() / 6 - 4, y.cast_signed() / 6 - 4);
        image::Luma([if dark { 20 } else { 230 }])
    });
    assert_eq!(hint(scan_luma(&luma, Rotation::Upright)), ScanHint::WrongCode { why: CardError::NotText });
}

#[test]
fn packed_colour_reads_like_luma() {
    let photo = named("easy");
    let (width, height) = photo.image.dimensions();
    let stride = width as usize * 4 + 12;
    let layout = FrameLayout { row_stride: stride as u32, ..FrameLayout::tight(width, height) };
    let pixels = planes::bgra(&photo.image, stride);
    assert_eq!(scanner().scan_still_buffer(&pixels, PixelFormat::Bgra, layout).unwrap(), scan(&photo));
}

#[test]
fn another_code_is_named_as_such() {
    let website = scan_luma(&drawn("https://example.vn/", 6), Rotation::Upright);
    assert_eq!(hint(website), ScanHint::WrongCode { why: CardError::NotACard { fields: 1 } });
}

#[test]
fn a_card_whose_field_does_not_hold_says_which() {
    let specimen = Specimen { issue_date: "31022022".into(), ..Specimen::invent(3) };
    let card = Card::print(specimen, Level::Medium).unwrap();
    let problem = FieldError { field: CardField::IssueDate, expected: Expected::DayMonthYear };
    assert_eq!(hint(scan(&photograph(&card, &Shot::default(), 3))), ScanHint::WrongField { problem });
}

#[test]
fn later_cards_with_further_fields_read() {
    let specimen =
        Specimen { extra: vec![String::new(), "Trần Thử".into(), "Phạm Mẫu".into()], ..Specimen::invent(4) };
    let card = Card::print(specimen, Level::Low).unwrap();
    let photo = photograph(&card, &Shot { module_px: 4.0, ..Shot::default() }, 4);
    assert_eq!(payload_and_corners(scan(&photo)).0, photo.text);
}

#[test]
fn a_card_beside_another_code_wins() {
    let easy = planes::luma(&named("easy").image);
    let website = drawn("https://example.vn/", 5);
    let mut both = image::GrayImage::from_pixel(easy.width() + website.width(), easy.height(), image::Luma([200]));
    image::imageops::replace(&mut both, &website, 0, 100);
    image::imageops::replace(&mut both, &easy, i64::from(website.width()), 0);
    let layout = FrameLayout::tight(both.width(), both.height());
    let look = scanner().look_still(&Frame::from_luma(&both, &layout).unwrap());
    assert_eq!(look.codes.len(), 2);
    assert!(matches!(look.scan, Scan::Card { .. }));
}

#[test]
fn a_small_code_never_asks_for_light() {
    let easy = scene("easy").unwrap();
    let far = Scene { shot: Shot { module_px: 0.9, ..easy.shot.clone() }, ..easy };
    assert!(matches!(hint(scan(&far.photograph())), ScanHint::ComeCloser | ScanHint::NothingFound));
}

#[test]
fn a_wrong_day_is_a_typed_error() {
    for text in ["", "22.11.2026", "2026-02-30", "2026-11-22T00:00"] {
        assert_eq!(CardScanner::new(text).unwrap_err(), ScannerError::NotADay, "{text}");
    }
    assert!(CardScanner::new("2026-11-22").is_ok());
}

#[test]
fn corners_keep_their_names_when_the_card_lies_on_its_head() {
    let (_, Corners { top_left, bottom_right, .. }) = payload_and_corners(scan(&named("upside-down")));
    assert!(top_left.x > bottom_right.x && top_left.y > bottom_right.y);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn noise_never_breaks_the_scanner_and_never_reads(
        (width, height) in (1..80_u32, 1..80_u32), bytes in prop::collection::vec(any::<u8>(), 80 * 80),
    ) {
        let scan = scanner().scan(&bytes, FrameLayout::tight(width, height)).unwrap();
        let is_hint = matches!(scan, Scan::Hint { .. });
        prop_assert!(is_hint);
    }
}

#[test]
fn wild_corners_have_no_modules_and_no_panic() {
    let white = image::GrayImage::from_pixel(5000, 5000, image::Luma([255]));
    let frame = Frame::from_luma(&white, &FrameLayout::tight(5000, 5000)).unwrap();
    let square = |reach: f32| {
        let corner = |x: f32, y: f32| citizen_vision::Point { x: x * reach, y: y * reach };
        Corners {
            top_left: corner(-1.0, -1.0),
            top_right: corner(1.0, -1.0),
            bottom_right: corner(1.0, 1.0),
            bottom_left: corner(-1.0, 1.0),
        }
    };
    for reach in [0.0, 1e-9, 100.0, 130_000.0, 1e30, f32::INFINITY, f32::NAN] {
        for modules in [0, 20, 21, 177, 178, usize::MAX] {
            let darkness = citizen_vision::module_darkness(&frame, &square(reach), modules);
            assert!(darkness.is_none_or(|values| values.iter().all(|value| value.is_finite())), "{reach} {modules}");
        }
    }
}
