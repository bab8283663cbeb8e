//! Left-overs: a text that was not translated, or translated into something else.

use std::collections::BTreeSet;

use citizen_text::Language;

use crate::folder::{Folder, expect_none, folder, texts};
use crate::tree;

/// English words that are no Vietnamese syllable, even without its marks.
const ENGLISH: &[&str] = &[
    "account", "again", "and", "are", "back", "cancel", "code", "continue", "have", "if", "is", "it", "number", "of",
    "open", "password", "phone", "please", "sign", "that", "the", "this", "try", "was", "we", "when", "will", "with",
    "you", "your",
];

/// From here on a text without a letter that only Vietnamese has is no Vietnamese: in words. Our choice.
const WORDS_WITH_MARKS: usize = 4;

fn pairs() -> Vec<(String, String, String)> {
    let (vi, en) = (folder(Language::Vi), folder(Language::En));
    let both = vi.messages.keys().filter(|id| en.messages.contains_key(*id));
    both.flat_map(|id| {
        shown_and_spoken(&vi, id).into_iter().zip(shown_and_spoken(&en, id)).map(|(v, e)| (id.clone(), v, e))
    })
    .collect()
}

fn shown_and_spoken(folder: &Folder, id: &str) -> Vec<String> {
    folder.patterns().filter(|(of, _)| *of == id).map(|(_, pattern)| tree::text(pattern)).collect()
}

/// Ids that may be alike, one a line; `#` begins a comment.
fn alike() -> BTreeSet<String> {
    let list = std::fs::read_to_string(texts().join("alike.txt")).unwrap();
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Numbers of four digits and more: telephone numbers, years, laws.
fn long_numbers(text: &str) -> BTreeSet<String> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() >= 4);
    digits.map(str::to_owned).collect()
}

#[test]
fn no_text_is_the_same_in_both_languages() {
    let alike = alike();
    let same = pairs().into_iter().filter(|(id, vi, en)| {
        let says_something = vi.chars().any(char::is_alphabetic);
        says_something && words(vi) == words(en) && !alike.contains(id)
    });
    expect_none(
        &same.map(|(id, vi, _)| format!("{id}: {vi}; if it must be, list it in texts/alike.txt")).collect::<Vec<_>>(),
    );
}

#[test]
fn only_messages_that_are_alike_are_listed_so() {
    let same: BTreeSet<String> =
        pairs().into_iter().filter(|(_, vi, en)| words(vi) == words(en)).map(|p| p.0).collect();
    expect_none(&alike().difference(&same).map(|id| format!("texts/alike.txt: {id} is not alike")).collect::<Vec<_>>());
}

#[test]
fn no_english_is_left_in_vietnamese() {
    let mut findings = Vec::new();
    for (id, vi, _) in pairs().into_iter().filter(|(id, ..)| !alike().contains(id)) {
        let words = words(&vi);
        findings.extend(
            words.iter().filter(|word| ENGLISH.contains(&word.as_str())).map(|word| format!("{id}: `{word}` in: {vi}")),
        );
        if words.len() >= WORDS_WITH_MARKS && vi.is_ascii() {
            findings.push(format!("{id}: no Vietnamese letter in: {vi}"));
        }
    }
    expect_none(&findings);
}

#[test]
fn no_vietnamese_is_left_in_english() {
    // Letters of the Vietnamese alphabet, each of which English lacks.
    let is_vietnamese = |c: char| matches!(c, 'ă' | 'â' | 'đ' | 'ê' | 'ô' | 'ơ' | 'ư' | 'Đ' | '\u{1ea0}'..='\u{1ef9}');
    let left = pairs().into_iter().filter(|(id, _, en)| en.contains(is_vietnamese) && !alike().contains(id));
    expect_none(&left.map(|(id, _, en)| format!("{id}: {en}")).collect::<Vec<_>>());
}

#[test]
fn both_languages_name_the_same_long_numbers() {
    let apart = pairs().into_iter().filter(|(_, vi, en)| long_numbers(vi) != long_numbers(en));
    expect_none(
        &apart
            .map(|(id, vi, en)| format!("{id}: {:?}, {:?}", long_numbers(&vi), long_numbers(&en)))
            .collect::<Vec<_>>(),
    );
}
