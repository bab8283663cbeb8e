//! The command `citizen`, as a user calls it: what it prints and how it exits.

use std::path::Path;
use std::process::{Command, Output};

use citizen_card::CalendarDate;
use citizen_scenes::{burst, scene};
use serde_json::{Value, json};
use tempfile::TempDir;

fn citizen(arguments: &[&str], paths: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_citizen"));
    command.args(arguments).args(paths).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json_lines(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The texts of a line, out of their hexadecimal UTF-8.
fn texts(line: &Value) -> Vec<String> {
    let byte = |hex: &[u8]| u8::from_str_radix(std::str::from_utf8(hex).unwrap(), 16).unwrap();
    let text = |hex: &str| String::from_utf8(hex.as_bytes().chunks(2).map(byte).collect()).unwrap();
    line["text_hex"].as_array().unwrap().iter().map(|hex| text(hex.as_str().unwrap())).collect()
}

/// A folder with these scenes as PGM.
fn folder(names: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in names {
        let path = folder.path().join(name).with_extension("pgm");
        scene(name).unwrap().photograph().save(path).unwrap();
    }
    folder
}

#[test]
fn a_card_is_printed_as_one_json_line() {
    let folder = folder(&["easy"]);
    let output = citizen(&["scan", "--json", "--today", "2026-11-22"], &[&folder.path().join("easy.pgm")]);
    assert_eq!(code(&output), 0);
    let [line] = &json_lines(&output)[..] else { panic!("one line") };

    let text = scene("easy").unwrap().photograph().text;
    let reading = citizen_card::parse(&text, CalendarDate::new(2026, 11, 22).unwrap()).unwrap();
    assert_eq!(line["card"], serde_json::to_value(&reading).unwrap());
    assert_eq!(line["card"]["number"], json!(reading.card.number().to_string()));
    assert_eq!(line["card"]["birth_date"], json!(reading.card.birth_date().to_string()));
    assert_eq!(line["card"]["findings"], json!([{ "finding": "unknown_province", "code": "000" }]));
    assert_eq!(texts(line), [text]);
    assert_eq!(line["corners"].as_array().unwrap().len(), 4);
    assert_eq!(line["hint"], Value::Null);
    assert!(line["ms"].as_f64().unwrap() > 0.0);
    assert_eq!(line.get("frames_used"), None);
}

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
fn a_burst_is_one_session_and_one_line() {
    let easy = scene("easy").unwrap();
    let folder = folder(&["blank"]);
    std::fs::rename(folder.path().join("blank.pgm"), folder.path().join("0.pgm")).unwrap();
    let card = citizen_scenes::Card::invent(easy.card);
    for (number, photo) in burst(&card, &easy.shot, 3, 7).iter().enumerate() {
        photo.save(folder.path().join(format!("{}.pgm", number + 1))).unwrap();
    }
    let output = citizen(&["scan", "--json", "--burst"], &[folder.path()]);
    assert_eq!(code(&output), 0);
    let [line] = &json_lines(&output)[..] else { panic!("one line") };
    assert!(line["card"].is_object());
    assert_eq!(line["frames_used"], json!(2), "the desk, then the first frame with the card");
}

#[test]
fn nothing_read_exits_with_1_and_says_what_to_change() {
    let folder = folder(&["blank"]);
    let output = citizen(&["scan"], &[&folder.path().join("blank.pgm")]);
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains("Không thấy mã QR"), "Vietnamese");
    assert!(stdout(&output).contains("No QR code in view"), "English");
}

#[test]
fn the_table_shows_every_field() {
    let folder = folder(&["easy"]);
    let output = citizen(&["scan"], &[&folder.path().join("easy.pgm")]);
    let text = scene("easy").unwrap().photograph().text;
    let fields: Vec<&str> = text.split('|').collect();
    for field in [fields[0], fields[2], fields[4], fields[5]] {
        assert!(stdout(&output).contains(field), "{field}");
    }
}

#[test]
fn any_accepts_what_is_no_card() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("website.png");
    let symbol = citizen_scenes::Code::new("https://example.vn/", citizen_scenes::Level::Medium).unwrap();
    let dark = |v: u32| (v / 6).checked_sub(4).map(|v| v as usize).filter(|v| *v < symbol.side());
    let side = (symbol.side() as u32 + 8) * 6;
    image::GrayImage::from_fn(side, side, |x, y| {
        let dark = dark(x).zip(dark(y)).is_some_and(|(column, row)| symbol.is_dark(column, row));
        image::Luma([if dark { 0 } else { 255 }])
    })
    .save(&path)
    .unwrap();

    let refused = citizen(&["scan", "--json"], &[&path]);
    assert_eq!((code(&refused), json_lines(&refused)[0]["hint"].as_str()), (1, Some("wrong_code")));
    let accepted = citizen(&["scan", "--json", "--any"], &[&path]);
    assert_eq!((code(&accepted), json_lines(&accepted)[0]["hint"].as_str()), (0, None));
    assert_eq!(texts(&json_lines(&accepted)[0]), ["https://example.vn/"]);
}

#[test]
fn bad_usage_and_unusable_files_exit_with_2() {
    let folder = folder(&["easy"]);
    let easy = folder.path().join("easy.pgm");
    let broken = folder.path().join("broken.png");
    std::fs::write(&broken, b"\x89PNG\r\n\x1a\nnot a picture").unwrap();
    let cases: [(&[&str], &[&Path]); 7] = [
        (&["scan"], &[]),
        (&["scan", "--dir", "a", "--burst", "b"], &[]),
        (&["scan", "--today", "2026-02-30"], &[&easy]),
        (&["scan"], &[&broken]),
        (&["scan"], &[Path::new("no/such/file.png")]),
        (&["scan", "--dir"], &[Path::new("no/such/folder")]),
        (&["scan", "--dir"], &[&easy]),
    ];
    for (arguments, paths) in cases {
        let output = citizen(arguments, paths);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(!stderr(&output).is_empty() && !stderr(&output).contains("panicked"), "{arguments:?}");
    }
}

#[test]
fn one_broken_file_does_not_hide_the_others() {
    let folder = folder(&["easy"]);
    std::fs::write(folder.path().join("broken.png"), b"not a picture").unwrap();
    let output = citizen(&["scan", "--json", "--dir"], &[folder.path()]);
    assert_eq!(code(&output), 2);
    assert_eq!(json_lines(&output).len(), 1);
    assert!(stderr(&output).contains("broken.png"));
    assert!(stderr(&output).contains("1 of 2 pictures read, 1 unusable"));
}

#[test]
fn the_overlay_is_the_picture_with_a_panel_below() {
    let folder = folder(&["easy"]);
    let out = folder.path().join("overlay.out");
    let output = citizen(&["scan", "--overlay"], &[&out, &folder.path().join("easy.pgm")]);
    assert_eq!(code(&output), 0);
    let overlay = image::load_from_memory(&std::fs::read(&out).unwrap()).unwrap().into_rgb8();
    assert_eq!(overlay.width(), 1280);
    assert!(overlay.height() > 720);
    let outline = overlay.pixels().filter(|pixel| pixel.0 == [0, 200, 83]).count();
    assert!(outline > 500, "{outline} pixels of outline");
}

#[test]
fn a_picture_with_a_transparent_ground_lies_on_white() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("transparent.png");
    let luma = citizen_scenes::planes::luma(&scene("easy").unwrap().photograph().image);
    let ink = |x, y| image::Rgba([0, 0, 0, 255 - luma.get_pixel(x, y).0[0]]);
    image::RgbaImage::from_fn(luma.width(), luma.height(), ink).save(&path).unwrap();
    assert_eq!(code(&citizen(&["scan"], &[&path])), 0);
}

/// Where this machine has no camera, the message is the whole feature.
#[test]
fn without_a_camera_the_error_says_what_was_found_and_what_to_do() {
    if Path::new("/dev/video0").exists() {
        return;
    }
    let output = citizen(&["scan", "--camera"], &[]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no camera found (0 devices)") && stderr(&output).contains("citizen scan FILE"));
}
