//! `citizen selfie` and `citizen selfies`.

use std::path::Path;

use citizen_scenes::selfie::{Trouble, astronaut, faceless, photograph};
use image::RgbImage;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{citizen, code, json_lines, stderr, stdout};

/// A folder with these pictures.
fn folder(pictures: &[(&str, RgbImage)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, picture) in pictures {
        picture.save(folder.path().join(name)).unwrap();
    }
    folder
}

fn shown(trouble: Trouble) -> RgbImage {
    let sitter = astronaut().expect("the portrait: run `cargo xtask portraits` once");
    photograph(&sitter, &trouble.shot(0.6, 5), 5)
}

fn size(picture: &Path) -> [u32; 2] {
    let picture = image::load_from_memory(&std::fs::read(picture).unwrap()).unwrap();
    [picture.width(), picture.height()]
}

/// A session with all its frames: one thing after another goes wrong, then all is well.
fn session() -> TempDir {
    let folder = TempDir::new().unwrap();
    assert_eq!(code(&citizen(&["selfies", "--session"], &[folder.path()])), 0);
    folder
}

#[test]
fn a_still_that_would_be_taken_is_good_and_others_say_why_not() {
    let folder =
        folder(&[("a.png", shown(Trouble::Clean)), ("b.png", shown(Trouble::Sunglasses)), ("c.png", faceless(2))]);
    let output = citizen(&["selfie", "--json", "--dir"], &[folder.path()]);
    assert_eq!(code(&output), 0);
    let [clean, dark, none] = &json_lines(&output)[..] else { panic!("three lines") };
    assert_eq!(
        [&clean["file"], &clean["hint"], &dark["hint"]],
        [&json!("a.png"), &json!("good"), &json!("remove_sunglasses")]
    );
    let side = |line: &Value, i: usize| line["face"][i].as_f64().unwrap();
    assert!((0..4).all(|i| side(clean, i) > 0.0) && side(clean, 0) + side(clean, 2) < 480.0);
    assert!(clean["measures"]["sharpness"].as_f64().unwrap() > 0.08 && clean["ms"].as_f64().unwrap() > 0.0);
    assert_eq!(clean["measures"]["yaw"], Value::Null);
    assert_eq!([&none["face"], &none["measures"]], [&Value::Null; 2]);
    assert!(stderr(&output).contains("1 of 3 pictures good, 0 unusable"));
    let keys: Vec<_> = clean.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys.len(), 5, "{keys:?}");
}

#[test]
fn text_is_vietnamese_first_and_nothing_good_is_exit_1() {
    let folder = folder(&[("none.png", faceless(1))]);
    let output = citizen(&["selfie"], &[&folder.path().join("none.png")]);
    assert_eq!(code(&output), 1);
    let text = stdout(&output);
    assert!(text.find("khuôn mặt").unwrap() < text.find("face").unwrap(), "{text}");
}

#[test]
fn a_broken_picture_is_named_and_the_others_still_count() {
    let folder = folder(&[("b.png", shown(Trouble::Clean))]);
    std::fs::write(folder.path().join("a.png"), b"not a picture").unwrap();
    let output = citizen(&["selfie", "--json", "--dir"], &[folder.path()]);
    assert_eq!((code(&output), json_lines(&output).len()), (2, 1));
    assert!(stderr(&output).contains("a.png"));
}

#[test]
fn overlays_go_beside_each_other_and_never_over_a_picture() {
    let folder = folder(&[("a.png", shown(Trouble::Far))]);
    let (picture, out) = (folder.path().join("a.png"), folder.path().join("out.png"));
    assert_eq!(code(&citizen(&["selfie", "--overlay"], &[&out, &picture])), 1);
    assert!(size(&out)[0] >= 480);
    assert_eq!(code(&citizen(&["selfie", "--overlay"], &[&picture, &picture])), 2);
    assert_eq!(size(&picture), [480, 640]);
}

#[test]
fn a_session_ends_with_its_portrait_and_a_page() {
    let (frames, out) = (session(), TempDir::new().unwrap());
    let [page, portrait, overlay] = ["page.html", "me.jpg", "last.png"].map(|name| out.path().join(name));
    let files = [("--report", &page), ("--portrait", &portrait), ("--overlay", &overlay)];
    let files: Vec<&str> = files.iter().flat_map(|(option, file)| [*option, file.to_str().unwrap()]).collect();
    let output = citizen(&[&["selfie", "--json"], &files[..], &["--burst"]].concat(), &[frames.path()]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let lines = json_lines(&output);
    let last = lines.last().unwrap();
    assert_eq!([&last["captured"], &last["hint"]], [&json!(true), &json!("good")]);
    assert!(lines[..lines.len() - 1].iter().all(|line| line["captured"] == json!(false)));
    let told: Vec<_> = lines.iter().map(|line| line["hint"].as_str().unwrap()).collect();
    for hint in ["come_closer", "too_dark", "centre", "remove_sunglasses"] {
        assert!(told.contains(&hint), "{hint} in {told:?}");
    }
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("<svg") && page.contains("data:image/jpeg;base64,") && page.contains("lang=\"vi\""));
    let [width, height] = size(&portrait);
    assert!(width > 150 && height > width && size(&overlay)[1] >= 640);
}

/// For people only what changes is told, with the time.
#[test]
fn a_session_in_words_tells_each_thing_once() {
    let frames = session();
    let output = citizen(&["selfie", "--burst"], &[frames.path()]);
    let text = stdout(&output);
    let lines: Vec<_> = text.lines().collect();
    assert!(lines.last().unwrap().ends_with("Đã chụp / Taken"), "{text}");
    assert!(lines.windows(2).all(|pair| pair[0].split("  ").last() != pair[1].split("  ").last()), "{text}");
}

#[test]
fn two_outputs_are_two_files() {
    let folder = folder(&[("0.png", faceless(2))]);
    let out = folder.path().join("out").to_str().unwrap().to_owned();
    let output = citizen(&["selfie", "--report", &out, "--portrait", &out, "--burst"], &[folder.path()]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("two outputs") && !Path::new(&out).exists());
}

/// After 8 seconds it is said by how much.
#[test]
fn what_fails_for_long_is_named_with_its_value() {
    let dark: Vec<_> = (0..3).map(|i| (format!("{i}.png"), shown(Trouble::Dark))).collect();
    let folder = folder(&dark.iter().map(|(name, picture)| (name.as_str(), picture.clone())).collect::<Vec<_>>());
    let output = citizen(&["selfie", "--json", "--fps", "1", "--burst"], &[folder.path()]);
    assert!(json_lines(&output).iter().all(|line| line["failing"] == Value::Null));
    for i in 3..12 {
        std::fs::copy(folder.path().join("0.png"), folder.path().join(format!("{i:02}.png"))).unwrap();
    }
    let output = citizen(&["selfie", "--json", "--fps", "1", "--burst"], &[folder.path()]);
    let last = json_lines(&output).pop().unwrap();
    assert_eq!(last["failing"]["compared"], json!("light"));
    assert!(last["failing"]["value"].as_f64() < last["failing"]["limit"].as_f64());
}

#[test]
fn a_session_without_an_end_says_so() {
    let folder = folder(&[("0.png", faceless(2)), ("1.png", faceless(2))]);
    let output = citizen(&["selfie", "--burst"], &[folder.path()]);
    assert_eq!(code(&output), 1);
}

#[test]
fn a_report_needs_a_burst_and_a_source_is_asked_for() {
    let usage = |arguments: &[&str]| code(&citizen(arguments, &[]));
    assert_eq!(usage(&["selfie"]), 2);
    assert_eq!(usage(&["selfie", "a.png", "--report", "x.html"]), 2);
    assert_eq!(usage(&["selfie", "--burst", "x", "--fps", "0"]), 2);
    assert_eq!(usage(&["selfie", "a.png", "--portrait", "x.jpg"]), 2);
    assert_eq!(usage(&["selfie", "a.png", "--fps", "5"]), 2);
    assert_eq!(usage(&["selfies", "x", "--kind", "moustache"]), 2);
}

#[test]
fn a_set_has_each_trouble_with_what_must_be_said_of_it() {
    let folder = TempDir::new().unwrap();
    let output = citizen(&["selfies", "--each", "2", "--kind", "dark", "--kind", "two-faces"], &[folder.path()]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let manifest = std::fs::read_to_string(folder.path().join("manifest.tsv")).unwrap();
    let rows: Vec<Vec<_>> = manifest.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0], ["path", "set", "severity", "seed", "hints", "faces"]);
    assert_eq!([rows[1][0], rows[1][4]], ["dark/000.png", "too_dark"]);
    assert_eq!((rows.len(), rows[4][5].split(' ').count()), (5, 2));
    assert_eq!(size(&folder.path().join("two-faces/001.png")), [480, 640]);
}

#[test]
fn another_portrait_needs_its_landmarks_and_may_be_missing() {
    let folder = TempDir::new().unwrap();
    let call = |arguments: &[&str]| citizen(arguments, &[folder.path()]);
    assert_eq!(code(&call(&["selfies", "--portrait", "me.jpg"])), 2);
    let missing = call(&["selfies", "--portrait", "me.jpg", "--landmarks", "1,2,3,4,5,6,7,8"]);
    assert_eq!(code(&missing), 2);
    assert!(stderr(&missing).contains("me.jpg"));
}
