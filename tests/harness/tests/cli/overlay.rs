//! `--overlay`: the picture that is drawn, and where it goes.

use std::path::Path;

use image::{GrayImage, RgbImage};
use tempfile::TempDir;

use crate::{citizen, code, folder, json_lines, stderr};

/// The outline of a code that was read.
const READ: [u8; 3] = [0, 200, 83];

fn open(path: &Path) -> RgbImage {
    image::load_from_memory(&std::fs::read(path).unwrap()).unwrap().into_rgb8()
}

fn outline(picture: &RgbImage) -> usize {
    picture.pixels().filter(|pixel| pixel.0 == READ).count()
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
