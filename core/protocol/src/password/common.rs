//! The passwords that are tried first.

/// One a line; comments begin with `#`. Its head says where it comes from.
const LIST: &str = include_str!("common.txt");

/// As many digits or signs behind a common password as people add to please a rule: `2024!!`.
const MAX_SUFFIX_CHARS: usize = 6;

/// Whether it is in the list, as it is or without a short end of digits and signs.
pub(super) fn is_common(plain: &str) -> bool {
    let base = plain.trim_end_matches(|character: char| !character.is_alphabetic());
    let suffix = plain.chars().count() - base.chars().count();
    is_listed(plain) || (suffix <= MAX_SUFFIX_CHARS && is_listed(base))
}

fn entries() -> impl Iterator<Item = &'static str> {
    LIST.lines().filter(|line| !line.starts_with('#'))
}

fn is_listed(text: &str) -> bool {
    entries().any(|entry| entry == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::password::fold::folded;

    #[test]
    fn the_list_is_sorted_folded_and_has_nothing_twice() {
        let list: Vec<_> = entries().collect();
        assert!(list.is_sorted_by(|one, next| one < next));
        for entry in &list {
            assert_eq!(*folded(entry), *entry, "not in the form that is compared");
        }
        assert!(list.len() > 700, "several hundred: {}", list.len());
    }

    #[test]
    fn no_entry_is_there_that_the_rules_without_it_would_refuse() {
        for entry in entries() {
            let base = entry.trim_end_matches(|character: char| !character.is_alphabetic());
            let is_covered = base != entry && entry.len() - base.len() <= MAX_SUFFIX_CHARS && is_listed(base);
            assert!(!is_covered, "{entry}: its word is listed");
        }
    }
}
