//! What is printed of a card, and of what is none.

use citizen_card::CalendarDate;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{citizen, code, draw_code, folder, json_lines, photo, stdout, texts};

#[test]
fn a_card_is_printed_as_one_json_line() {
    let folder = folder(&["easy"]);
    let output = citizen(&["scan", "--json", "--today", "2026-11-22"], &[&folder.path().join("easy.pgm")]);
    assert_eq!(code(&output), 0);
    let [line] = &json_lines(&output)[..] else { panic!("one line") };

    let text = photo("easy").text;
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
fn the_table_shows_every_field() {
    let folder = folder(&["easy"]);
    let output = citizen(&["scan"], &[&folder.path().join("easy.pgm")]);
    let text = photo("easy").text;
    let fields: Vec<&str> = text.split('|').collect();
    for field in [fields[0], fields[2], fields[4], fields[5]] {
        assert!(stdout(&output).contains(field), "{field}");
    }
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
fn any_accepts_what_is_no_card() {
    let folder = TempDir::new().unwrap();
    let path = draw_code(folder.path(), "website.png", "https://example.vn/");

    let refused = citizen(&["scan", "--json"], &[&path]);
    assert_eq!((code(&refused), json_lines(&refused)[0]["hint"].as_str()), (1, Some("wrong_code")));
    let accepted = citizen(&["scan", "--json", "--any"], &[&path]);
    assert_eq!((code(&accepted), json_lines(&accepted)[0]["hint"].as_str()), (0, None));
    assert_eq!(texts(&json_lines(&accepted)[0]), ["https://example.vn/"]);
}

#[test]
fn a_code_cannot_steer_the_terminal() {
    let folder = TempDir::new().unwrap();
    let path = draw_code(folder.path(), "hostile.png", "a long enough text\u{1b}[2J\nb\u{202e}c");
    let output = citizen(&["scan", "--any"], &[&path]);
    assert!(stdout(&output).ends_with("  a long enough text\\u{1b}[2J\\u{a}b\\u{202e}c\n"), "{:?}", stdout(&output));
}
