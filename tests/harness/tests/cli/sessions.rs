//! `--burst` and `--camera`: many frames, one answer.

use std::path::Path;

use citizen_scenes::{Card, burst, scene};
use serde_json::{Value, json};

use crate::{citizen, code, draw_code, folder, json_lines, stderr, texts};

#[test]
fn a_burst_is_one_session_and_one_line() {
    let easy = scene("easy").unwrap();
    let folder = folder(&["blank"]);
    std::fs::rename(folder.path().join("blank.pgm"), folder.path().join("0.pgm")).unwrap();
    let card = Card::invent(easy.card);
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
fn a_code_seen_on_any_frame_is_told_at_the_end() {
    let folder = folder(&["blank"]);
    draw_code(folder.path(), "a-website.png", "https://example.vn/");
    let output = citizen(&["scan", "--json", "--burst"], &[folder.path()]);
    assert_eq!(code(&output), 1);
    let [line] = &json_lines(&output)[..] else { panic!("one line") };
    assert_eq!(texts(line), ["https://example.vn/"]);
    assert_eq!(line["hint"], json!("wrong_code"));
    assert_eq!(line["corners"].as_array().unwrap().len(), 4);
    assert_eq!(line["card"], Value::Null);
    assert_eq!(line["frames_used"], json!(2));
}

/// Frames are 100 ms apart, however fast they are read from the disk: a hint stays for 0.8 s at least.
#[test]
fn the_hint_of_a_burst_is_the_one_that_settled() {
    let folder = folder(&["blank", "dark"]);
    let last_hint = |scenes: &[(&str, usize)]| {
        let burst = tempfile::TempDir::new().unwrap();
        let frames = scenes.iter().flat_map(|&(scene, count)| std::iter::repeat_n(scene, count));
        for (number, scene) in frames.enumerate() {
            let picture = folder.path().join(scene).with_extension("pgm");
            std::fs::copy(picture, burst.path().join(format!("{number:02}.pgm"))).unwrap();
        }
        json_lines(&citizen(&["scan", "--json", "--burst"], &[burst.path()]))[0]["hint"].clone()
    };
    assert_eq!(last_hint(&[("dark", 3), ("blank", 12)]), "nothing_found");
    assert_eq!(last_hint(&[("blank", 3), ("dark", 4)]), "nothing_found");
}

#[test]
fn a_broken_frame_is_named_and_the_others_still_count() {
    let folder = folder(&["easy"]);
    std::fs::write(folder.path().join("broken.png"), b"not a picture").unwrap();
    let output = citizen(&["scan", "--json", "--burst"], &[folder.path()]);
    assert_eq!(code(&output), 2);
    assert!(json_lines(&output)[0]["card"].is_object());
    assert!(stderr(&output).contains("broken.png"));
}

/// Where this machine has no camera, the message is the whole feature.
#[test]
fn without_a_camera_the_error_says_what_was_found_and_what_to_do() {
    if Path::new("/dev/video0").exists() {
        return;
    }
    let output = citizen(&["scan", "--camera"], &[]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("no camera found (0 devices)") && stderr(&output).contains("give pictures instead")
    );
}
