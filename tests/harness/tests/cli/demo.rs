//! `citizen demo`: a citizen gets an account, in either language; nothing but the ending says whether she did.

use std::io::Write;
use std::process::{Output, Stdio};

use citizen_scenes::selfie::astronaut_file;
use tempfile::TempDir;

use crate::{citizen, code, command, stderr, stdout};

/// Titles of the pages in the order in which they came.
fn titles(output: &Output) -> Vec<String> {
    let text = stdout(output);
    let titles =
        text.lines().filter_map(|line| line.strip_prefix("═══ ")).map(|line| line.trim_end_matches(['═', ' ']));
    titles.map(str::to_owned).collect()
}

/// Whether they came in this order, others between them.
fn in_order(found: &[String], wanted: &[&str]) -> bool {
    let mut found = found.iter();
    wanted.iter().all(|wanted| found.any(|title| title == wanted))
}

/// A portrait that was taken before: drawing frames of a face takes longer than all the rest.
fn portrait(folder: &TempDir) -> String {
    let path = folder.path().join("portrait.jpg");
    let picture = image::open(astronaut_file()).expect("the portrait: run `cargo xtask portraits` once");
    picture.into_rgb8().save(&path).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_citizen_gets_from_her_card_to_her_account_in_vietnamese_with_a_report() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    let output = citizen(&["demo", "--out"], &[&out]);
    assert_eq!(code(&output), 0, "{}\n{}", stdout(&output), stderr(&output));
    let titles = titles(&output);
    let wanted = [
        "Định danh điện tử",
        "Bạn có đồng ý không?",
        "Quét mã QR trên thẻ căn cước",
        "Kiểm tra thông tin thẻ",
        "Nhập mã để đăng ký",
        "Chụp chân dung của bạn",
        "Chọn mật khẩu",
        "Đã nộp hồ sơ",
        "Hồ sơ đang được xét",
        "Đã có tài khoản",
        "Đăng nhập",
        "Tài khoản của bạn",
    ];
    assert!(in_order(&titles, &wanted), "{titles:?}");
    let text = stdout(&output);
    assert!(text.contains("Tối quá") && text.contains("••••••••") && text.contains("Đã đăng nhập: rồi"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 84), "{text}");

    let page = std::fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("<html lang=\"vi\">") && page.contains("outcome whole"));
    assert!(page.matches("<section class=\"step\"").count() >= wanted.len());
    assert!(!page.contains("<script") && !page.contains("src=\"http") && !page.contains("<link"));
    assert!(out.join("card.jpg").exists() && out.join("seen-01.jpg").exists());
}

#[test]
fn the_same_in_english_with_a_portrait_of_one_s_own() {
    let folder = TempDir::new().unwrap();
    let output = citizen(&["demo", "--lang", "en", "--citizen", "1", "--portrait", &portrait(&folder)], &[]);
    assert_eq!(code(&output), 0, "{}\n{}", stdout(&output), stderr(&output));
    let titles = titles(&output);
    let wanted = ["Do you agree?", "Scan the QR code on your ID card", "Take your portrait", "Sign in", "Your account"];
    assert!(in_order(&titles, &wanted), "{titles:?}");
    let text = stdout(&output);
    assert!(text.contains("The officer: approved.") && text.contains("Phones at the service: 1"), "{text}");
}

#[test]
fn whom_the_officer_refuses_is_told_why_and_has_no_account() {
    let folder = TempDir::new().unwrap();
    let output = citizen(&["demo", "--lang", "en", "--rejected", "--portrait", &portrait(&folder)], &[]);
    assert_eq!(code(&output), 1, "{}\n{}", stdout(&output), stderr(&output));
    assert!(!titles(&output).contains(&"Your account".to_owned()));
    let text = stdout(&output);
    assert!(text.contains("Support code: ") && text.contains("Signed in: no"), "{text}");
}

#[test]
fn a_person_drives_and_may_leave_at_any_time() {
    let folder = TempDir::new().unwrap();
    let mut command = command(&["demo", "--step", "--portrait", &portrait(&folder)], &[]);
    let mut demo = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    // Registers; reads about the consent, goes back, leaves.
    demo.stdin.take().unwrap().write_all(b"1\nx\n0\nq\n").unwrap();
    let output = demo.wait_with_output().unwrap();
    assert_eq!(code(&output), 1);
    let titles = titles(&output);
    assert!(in_order(&titles, &["Định danh điện tử", "Bạn có đồng ý không?", "Định danh điện tử"]), "{titles:?}");
}

#[test]
fn frames_that_are_not_there_are_named_before_anything_starts() {
    let output = citizen(&["demo", "--selfies", "no-such-folder"], &[]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no-such-folder") && stdout(&output).is_empty());
    assert_eq!(code(&citizen(&["demo", "--selfies", "a", "--portrait", "b"], &[])), 2);
}
