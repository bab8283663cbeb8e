//! `--overlay`: the picture that is drawn, and where it goes.

use std::path::Path;

use image::{GrayImage, Luma, RgbImage, imageops};
use tempfile::TempDir;

use crate::{citizen, code, draw_code, folder, json_lines, photo, stderr};

/// The outline of a code that was read, and of one that was seen only.
const READ: [u8; 3] = [0, 200, 83];
const UNREAD: [u8; 3] = [255, 145, 0];
/// An unsure module.
const UNSURE: [u8; 3] = [229, 20, 60];

fn open(path: &Path) -> RgbImage {
    image::load_from_memory(&std::fs::read(path).unwrap()).unwrap().into_rgb8()
}

fn outline(picture: &RgbImage) -> usize {
    count(picture, READ)
}

fn count(picture: &RgbImage, colour: [u8; 3]) -> usize {
    picture.pixels().filter(|pixel| pixel.0 == colour).count()
}

/// The overlay of one picture.
fn overlay_of(folder: &TempDir, picture: &Path) -> RgbImage {
    let out = folder.path().join("overlay.png");
    citizen(&["scan", "--any", "--overlay"], &[&out, picture]);
    open(&out)
}

/// Below the picture.
fn panel(overlay: &RgbImage, top: u32) -> RgbImage {
    imageops::crop_imm(overlay, 0, top, overlay.width(), overlay.height() - top).to_image()
}

#[test]
fn the_overlay_is_the_picture_with_a_panel_below() {
    let folder = folder(&["easy"]);
    let out = folder.path().join("overlay.out");
    let output = citizen(&["scan", "--overlay"], &[&out, &folder.path().join("easy.pgm")]);
    assert_eq!(code(&output), 0);
    let overlay = open(&out);
    assert_eq!(overlay.width(), 1280);
    assert!(overlay.height() > 720);
    assert!(outline(&overlay) > 500, "{} pixels of outline", outline(&overlay));
}

/// Modules of the scene take 3 pixels.
#[test]
fn a_small_symbol_is_shown_enlarged_in_the_panel_and_its_print_stays() {
    let folder = folder(&["easy"]);
    let overlay = overlay_of(&folder, &folder.path().join("easy.pgm"));
    let photo = photo("easy");
    let middle = photo.corners.iter().fold([0.0; 2], |sum, at| [sum[0] + at[0] / 4.0, sum[1] + at[1] / 4.0]);
    for (dx, dy) in [(0, 0), (-20, 10), (30, 30)] {
        let [x, y] = [middle[0] as i32 + dx, middle[1] as i32 + dy].map(i32::cast_unsigned);
        assert_eq!(overlay.get_pixel(x, y).0, [crate::luma("easy").get_pixel(x, y).0[0]; 3], "{x}, {y}");
    }
    let panel = panel(&overlay, 720);
    assert!(panel.height() > 500, "{}", panel.height());
    assert!(count(&panel, READ) > 2000, "{} pixels of outline about the enlarged symbol", count(&panel, READ));
}

#[test]
fn a_large_symbol_gets_its_grid_and_its_modules_on_the_picture() {
    let folder = TempDir::new().unwrap();
    let path = draw_code(folder.path(), "website.png", "https://example.vn/");
    let plain = image::open(&path).unwrap().into_luma8();
    let overlay = overlay_of(&folder, &path);
    let factor = overlay.width() / plain.width();
    // The dark core of the first finder: modules of 6 pixels, behind a quiet zone of four.
    let core = imageops::crop_imm(&overlay, 6 * 6 * factor, 6 * 6 * factor, 3 * 6 * factor, 3 * 6 * factor).to_image();
    let is_mostly = |[r, g, b]: [u8; 3], [most, others @ ..]: [usize; 3]| {
        let channels = [r, g, b].map(i32::from);
        others.into_iter().all(|other| channels[most] > channels[other] + 20)
    };
    let share = |order| {
        core.pixels().filter(|pixel| is_mostly(pixel.0, order)).count() as f32 / (core.width() * core.height()) as f32
    };
    let [green, blue] = [[1, 0, 2], [2, 0, 1]].map(share);
    assert!((0.02..0.2).contains(&green), "dots of sure modules: {green}");
    assert!((0.02..0.2).contains(&blue), "lines between modules: {blue}");
    assert!(panel(&overlay, plain.height() * factor).height() < 100, "no enlarged symbol");
}

#[test]
fn modules_that_are_not_seen_stand_out_in_red_on_a_symbol_that_does_not_read() {
    let folder = TempDir::new().unwrap();
    let path = draw_code(folder.path(), "smudged.png", "https://example.vn/a/text/of/some/length/for/a/larger/symbol");
    let mut picture = image::open(&path).unwrap().into_luma8();
    // Of 41 modules with the quiet zone, a band between the finders, over the symbol's whole width.
    let [width, height] = [33 * 6, 17 * 6];
    assert_eq!(picture.width(), 41 * 6);
    imageops::replace(&mut picture, &GrayImage::from_pixel(width, height, Luma([128])), 4 * 6, 12 * 6);
    picture.save(&path).unwrap();

    let overlay = overlay_of(&folder, &path);
    let factor = overlay.width() / picture.width();
    assert!(count(&overlay, UNREAD) > 500 && outline(&overlay) < 200, "amber");
    let rows = |from: u32, count: u32| {
        imageops::crop_imm(&overlay, 0, from * 6 * factor, overlay.width(), count * 6 * factor).to_image()
    };
    let [smudged, clean] = [rows(12, 17), rows(4, 8)].map(|rows| count(&rows, UNSURE));
    assert!(smudged > 10_000 && smudged > 10 * clean, "{smudged} and {clean} red pixels");
}

#[test]
fn colours_are_explained_only_where_there_are_any() {
    let folder = folder(&["easy"]);
    GrayImage::from_pixel(640, 480, Luma([128])).save(folder.path().join("paper.png")).unwrap();
    let legend = |name: &str, top| count(&panel(&overlay_of(&folder, &folder.path().join(name)), top), UNSURE);
    assert!(legend("easy.pgm", 720) > 50);
    assert_eq!(legend("paper.png", 480), 0);
}

#[test]
fn a_long_strip_gets_an_overlay_that_memory_holds() {
    let folder = TempDir::new().unwrap();
    let (strip, out) = (folder.path().join("strip.png"), folder.path().join("out.png"));
    GrayImage::new(1, 16_384).save(&strip).unwrap();
    let output = citizen(&["scan", "--overlay"], &[&out, &strip]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let (width, height) = open(&out).dimensions();
    assert!(width == 640 && (16_384..17_000).contains(&height), "{width} x {height}");
}

#[test]
fn a_folder_gets_a_folder_of_overlays_each_with_its_own_name() {
    let folder = folder(&["blank"]);
    std::fs::copy(folder.path().join("blank.pgm"), folder.path().join("blank.png")).unwrap();
    let out = folder.path().join("made/here");
    let output = citizen(&["scan", "--overlay"], &[&out, Path::new("--dir"), folder.path()]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(out.join("blank.pgm.png").is_file() && out.join("blank.png.png").is_file());
}

#[test]
fn a_folder_with_one_picture_gets_a_folder_too() {
    let folder = folder(&["blank"]);
    let out = folder.path().join("overlays");
    citizen(&["scan", "--overlay"], &[&out, Path::new("--dir"), folder.path()]);
    assert!(out.join("blank.pgm.png").is_file());
}

#[test]
fn pictures_of_one_name_are_refused_because_their_overlays_would_be_one_file() {
    let [one, two] = [folder(&["blank"]), folder(&["blank"])].map(|folder| (folder.path().join("blank.pgm"), folder));
    let out = one.1.path().join("overlays");
    let output = citizen(&["scan", "--overlay"], &[&out, &one.0, &two.0]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("blank.pgm.png") && !out.exists(), "{}", stderr(&output));
}

#[test]
fn an_overlay_never_overwrites_a_picture_that_is_scanned() {
    let folder = folder(&["blank"]);
    let dir = folder.path();
    let picture = dir.join("blank.pgm");
    std::fs::copy(&picture, dir.join("blank.pgm.png")).unwrap();
    let before = std::fs::read(&picture).unwrap();
    // Another way to write the same path.
    let detour = dir.join("..").join(dir.file_name().unwrap()).join("blank.pgm");
    let cases: [(&str, &[&Path]); 3] = [
        ("a file", &[&detour, &picture]),
        ("a folder", &[dir, Path::new("--dir"), dir]),
        ("a frame", &[&detour, Path::new("--burst"), dir]),
    ];
    for (case, paths) in cases {
        let output = citizen(&["scan", "--overlay"], paths);
        assert_eq!(code(&output), 2, "{case}");
        assert!(stderr(&output).contains("would be overwritten"), "{case}: {}", stderr(&output));
    }
    assert_eq!(std::fs::read(&picture).unwrap(), before);
    assert_eq!(std::fs::read(dir.join("blank.pgm.png")).unwrap(), before);
}

#[test]
fn an_overlay_that_can_not_be_written_does_not_hide_the_other_pictures() {
    let folder = folder(&["blank", "dark", "easy"]);
    let out = folder.path().join("overlays");
    // In the way of the first picture's overlay.
    std::fs::create_dir_all(out.join("blank.pgm.png")).unwrap();
    let output = citizen(&["scan", "--json", "--overlay"], &[&out, Path::new("--dir"), folder.path()]);
    assert_eq!(code(&output), 2);
    assert_eq!(json_lines(&output).len(), 3);
    assert!(stderr(&output).contains("blank.pgm: --overlay: can't write"), "{}", stderr(&output));
    assert!(stderr(&output).contains("1 of 3 pictures read, 1 unusable"), "{}", stderr(&output));
    assert!(out.join("easy.pgm.png").is_file());
}

/// The frame that read is neither the first nor the last of its folder.
#[test]
fn a_burst_gets_the_picture_of_the_frame_that_read() {
    let folder = folder(&["blank", "easy"]);
    std::fs::copy(folder.path().join("blank.pgm"), folder.path().join("z.pgm")).unwrap();
    let out = folder.path().join("out.png");
    let output = citizen(&["scan", "--overlay"], &[&out, Path::new("--burst"), folder.path()]);
    assert_eq!(code(&output), 0);
    let easy = image::open(folder.path().join("easy.pgm")).unwrap().into_rgb8();
    let overlay = open(&out);
    // A corner of the frame, where nothing is drawn.
    for at in [(0, 0), (1279, 0), (0, 719), (40, 40)] {
        assert_eq!(overlay.get_pixel(at.0, at.1), easy.get_pixel(at.0, at.1), "{at:?}");
    }
    assert!(outline(&overlay) > 500);
}
