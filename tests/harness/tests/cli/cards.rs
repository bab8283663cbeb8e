//! What is printed of a card, and of what is none.

use citizen_card::CalendarDate;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{bytes, citizen, code, draw_bytes, draw_code, folder, json_lines, photo, stdout, texts};

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
    for key in ["hint", "suggestions", "outline"] {
        assert_eq!(line[key], Value::Null, "{key}");
    }
    assert!(line["ms"].as_f64().unwrap() > 0.0);
    assert_eq!(line.get("frames_used"), None);
}

#[test]
fn an_unread_symbol_is_told_with_its_place_and_what_the_app_may_do() {
    let folder = folder(&["blurred"]);
    let path = folder.path().join("blurred.pgm");
    let output = citizen(&["scan", "--json"], &[&path]);
    assert_eq!(code(&output), 1);
    let [line] = &json_lines(&output)[..] else { panic!("one line") };
    assert_eq!(line["hint"], json!("focus"));
    assert_eq!(line["corners"], json!([]));
    let outline: Vec<[f32; 2]> = serde_json::from_value(line["outline"].clone()).unwrap();
    let focus: [f32; 2] = serde_json::from_value(line["suggestions"]["focus"].clone()).unwrap();
    for axis in [0, 1] {
        let side = |corner: &[f32; 2]| corner[axis];
        let [least, most] =
            [outline.iter().map(side).fold(f32::MAX, f32::min), outline.iter().map(side).fold(f32::MIN, f32::max)];
        assert!(outline.len() == 4 && (least..most).contains(&focus[axis]), "{focus:?} in {outline:?}");
    }
    let rest = json!({ "zoom": null, "focus": focus, "torch": false, "type_by_hand": false });
    assert_eq!(line["suggestions"], rest);

    let table = stdout(&citizen(&["scan"], &[&path]));
    assert!(table.contains("lấy nét tại") && table.contains("focus at"), "{table}");
}

#[test]
fn the_keys_of_a_line_keep_their_order() {
    let folder = folder(&["dark"]);
    let text = stdout(&citizen(&["scan", "--json", "--burst"], &[folder.path()]));
    let keys = ["file", "text_hex", "card", "corners", "hint", "suggestions", "outline", "ms", "frames_used"];
    let places = keys.map(|key| text.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("no {key}: {text}")));
    assert!(places.is_sorted(), "{text}");
    assert_eq!(json_lines(&citizen(&["scan", "--json", "--burst"], &[folder.path()]))[0]["suggestions"]["torch"], true);
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

/// Shift-JIS as Japanese codes have it, and bytes of no encoding.
#[test]
fn japanese_text_becomes_utf8_and_what_is_no_text_stays_as_it_is() {
    let folder = TempDir::new().unwrap();
    let japanese = b"\x8a\xbf\x8e\x9a\x82\xcc\x83\x52\x81\x5b\x83\x68";
    let cases: [(&str, &[u8], &[u8]); 2] =
        [("a.png", japanese, "漢字のコード".as_bytes()), ("b.png", b"\xff\xfe\x00\x01", b"\xff\xfe\x00\x01")];
    for (name, held, expected) in cases {
        let path = draw_bytes(folder.path(), name, held);
        let output = citizen(&["scan", "--json", "--any"], &[&path]);
        assert_eq!(code(&output), 0, "{name}");
        let [line] = &json_lines(&output)[..] else { panic!("one line") };
        assert_eq!(bytes(line["text_hex"][0].as_str().unwrap()), expected, "{name}");
        assert_eq!(json_lines(&citizen(&["scan", "--json"], &[&path]))[0]["hint"], "wrong_code", "no card either way");
    }
    let shown = |name| stdout(&citizen(&["scan", "--any"], &[&folder.path().join(name)]));
    assert!(shown("a.png").ends_with("  漢字のコード\n") && shown("b.png").ends_with("  \\xff\\xfe\\x00\\x01\n"));
}

#[test]
fn a_code_cannot_steer_the_terminal() {
    let folder = TempDir::new().unwrap();
    let path = draw_code(folder.path(), "hostile.png", "a long enough text\u{1b}[2J\nb\u{202e}c");
    let output = citizen(&["scan", "--any"], &[&path]);
    assert!(stdout(&output).ends_with("  a long enough text\\u{1b}[2J\\u{a}b\\u{202e}c\n"), "{:?}", stdout(&output));
}
