//! What a slip of the finger looks like.

use citizen_card::CalendarDate;

/// Letters that a slip adds, drops or changes.
const MOST_EDITS: usize = 2;

/// Equal but for case, punctuation and spacing.
pub(super) fn same_text(one: &str, other: &str) -> bool {
    words(one) == words(other)
}

/// Equal but for accents and a letter or two.
pub(super) fn near_text(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    one.len().abs_diff(other.len()) <= MOST_EDITS && distance(&one, &other) <= MOST_EDITS
}

/// One of day, month and year differs, or day and month changed places.
pub(super) fn near_day(one: CalendarDate, other: CalendarDate) -> bool {
    let (one, other) = (one.to_string(), other.to_string());
    let parts = |date: &str| date.split('-').map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (parts(&one), parts(&other));
    let differing = one.iter().zip(&other).filter(|(a, b)| a != b).count();
    let swapped = matches!((&one[..], &other[..]), ([y, m, d], [y2, m2, d2]) if y == y2 && m == d2 && d == m2);
    differing <= 1 || swapped
}

fn words(text: &str) -> String {
    let kept: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Vietnamese letters by the plain letter below their accents; in NFC, lower case.
const ACCENTED: [(char, &str); 7] = [
    ('a', "àáảãạăằắẳẵặâầấẩẫậ"),
    ('d', "đ"),
    ('e', "èéẻẽẹêềếểễệ"),
    ('i', "ìíỉĩị"),
    ('o', "òóỏõọôồốổỗộơờớởỡợ"),
    ('u', "ùúủũụưừứửữự"),
    ('y', "ỳýỷỹỵ"),
];

fn plain(text: &str) -> Vec<char> {
    let without = |c| ACCENTED.iter().find(|(_, accented)| accented.contains(c)).map_or(c, |(letter, _)| *letter);
    words(text).chars().map(without).collect()
}

/// Levenshtein's: single letters added, dropped or changed, row by row.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, b) in row.iter_mut().skip(1).zip(other) {
            let changed = diagonal + usize::from(a != b);
            diagonal = *cell;
            left = changed.min(left + 1).min(*cell + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_punctuation_make_no_difference() {
        assert!(same_text("NGUYỄN MẪU AN", "Nguyễn Mẫu An"));
        assert!(same_text("Số 1, Xã Mẫu,Hà Nội", "số 1 xã mẫu - hà nội"));
        assert!(!same_text("Nguyễn Mẫu An", "Nguyễn Mẫu Ân"));
    }

    #[test]
    fn missing_accents_and_two_letters_are_slips_and_another_word_is_not() {
        for near in ["Nguyen Mau An", "Nguyễn Mẫu Am", "Nguyễn Mẫ A", "Ngyuễn Mẫu An", "Đguyễn Mẫu An"]
        {
            assert!(near_text(near, "Nguyễn Mẫu An"), "{near}");
        }
        for far in ["Nguyễn Mẫu Tên Mới An", "Trần Mẫu An", "", "Nguyễn Mẫu Hương"] {
            assert!(!near_text(far, "Nguyễn Mẫu An"), "{far}");
        }
    }

    #[test]
    fn one_part_of_a_day_or_day_and_month_swapped_are_slips() {
        let day = |iso| CalendarDate::from_iso(iso).unwrap();
        for (near, is_near) in [
            ("1990-03-04", true),
            ("1990-03-05", true),
            ("1991-03-04", true),
            ("1990-04-03", true),
            ("1990-04-05", false),
            ("1991-04-03", false),
        ] {
            assert_eq!(near_day(day(near), day("1990-03-04")), is_near, "{near}");
        }
    }
}
