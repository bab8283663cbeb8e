//! Folders, odd files and broken ones.

use std::path::Path;

use image::{GrayAlphaImage, ImageBuffer, Luma, LumaA, Rgba, RgbaImage};
use tempfile::TempDir;

use crate::{citizen, code, folder, json_lines, luma, photo, stderr, stdout};

/// A PNG up to where its pixels would begin: 60000 x 60000, 8 bits, RGB.
const BOMB: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0\x0f\xb0\xe2\x15\
                      \0\0\0\0IDAT\x35\xaf\x06\x1e";

#[test]
fn a_folder_is_read_in_name_order_and_summed_up() {
    let folder = folder(&["easy", "blank", "dark"]);
    let output = citizen(&["scan", "--json", "--dir"], &[folder.path()]);
    assert_eq!(code(&output), 0);
    let lines = json_lines(&output);
    let found: Vec<_> = lines.iter().map(|line| (line["file"].as_str().unwrap(), line["hint"].as_str())).collect();
    let expected = [("blank.pgm", Some("nothing_found")), ("dark.pgm", Some("too_dark")), ("easy.pgm", None)];
    assert_eq!(found, expected);
    assert!(stderr(&output).contains("1 of 3 pictures read, 0 unusable"));
}

#[test]
fn a_folder_that_is_named_like_a_picture_is_passed_over() {
    let folder = folder(&["easy"]);
    std::fs::create_dir(folder.path().join("x.png")).unwrap();
    let output = citizen(&["scan", "--json", "--dir"], &[folder.path()]);
    assert_eq!((code(&output), json_lines(&output).len()), (0, 1));
}

#[test]
fn pictures_of_every_depth_read() {
    let folder = TempDir::new().unwrap();
    let easy = luma("easy");
    let (width, height) = easy.dimensions();
    let deep = ImageBuffer::from_fn(width, height, |x, y| Luma([u16::from(easy.get_pixel(x, y).0[0]) * 257]));
    deep.save(folder.path().join("sixteen-bits.png")).unwrap();
    let with_alpha = GrayAlphaImage::from_fn(width, height, |x, y| LumaA([easy.get_pixel(x, y).0[0], 255]));
    with_alpha.save(folder.path().join("grey-and-alpha.png")).unwrap();
    // Netpbm's own words: two bytes a sample where the largest value is above 255, the most significant first.
    let mut pgm = format!("P5\n{width} {height}\n65535\n").into_bytes();
    pgm.extend(deep.iter().flat_map(|sample| sample.to_be_bytes()));
    std::fs::write(folder.path().join("sixteen-bits.pgm"), pgm).unwrap();

    let output = citizen(&["scan", "--json", "--dir"], &[folder.path()]);
    assert_eq!(code(&output), 0);
    assert!(stderr(&output).contains("3 of 3 pictures read"), "{}", stdout(&output));
}

#[test]
fn a_picture_with_a_transparent_ground_lies_on_white() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("transparent.png");
    let luma = luma("easy");
    let ink = |x, y| Rgba([0, 0, 0, 255 - luma.get_pixel(x, y).0[0]]);
    RgbaImage::from_fn(luma.width(), luma.height(), ink).save(&path).unwrap();
    assert_eq!(code(&citizen(&["scan"], &[&path])), 0);
}

#[test]
fn one_broken_file_does_not_hide_the_others() {
    let folder = folder(&["easy"]);
    let broken = ["bomb.png", "not-a-picture.png", "too-wide.png", "truncated.png"];
    let path = |name| folder.path().join(name);
    std::fs::write(path("bomb.png"), BOMB).unwrap();
    std::fs::write(path("not-a-picture.png"), b"not a picture").unwrap();
    image::GrayImage::new(16_385, 1).save(path("too-wide.png")).unwrap();
    photo("easy").save(path("truncated.png")).unwrap();
    let whole = std::fs::read(path("truncated.png")).unwrap();
    std::fs::write(path("truncated.png"), &whole[..whole.len() / 2]).unwrap();

    let output = citizen(&["scan", "--json", "--dir"], &[folder.path()]);
    assert_eq!(code(&output), 2);
    assert_eq!(json_lines(&output).len(), 1);
    for name in broken {
        assert!(stderr(&output).contains(name), "{name}");
    }
    assert!(stderr(&output).contains("1 of 5 pictures read, 4 unusable"), "{}", stderr(&output));
}

#[test]
fn a_picture_that_announces_more_than_memory_holds_is_refused_before_it_is_decoded() {
    let folder = TempDir::new().unwrap();
    let pgm: &[u8] = b"P5\n60000 60000\n255\n";
    for (name, bytes) in [("bomb.png", BOMB), ("bomb.pgm", pgm)] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let output = citizen(&["scan"], &[&path]);
        assert_eq!(code(&output), 2, "{name}");
        assert!(stderr(&output).contains("60000 x 60000 pixels"), "{}", stderr(&output));
    }
}

#[test]
fn a_file_that_is_missing_is_named() {
    let output = citizen(&["scan"], &[Path::new("no/such/file.png")]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no/such/file.png"));
}
