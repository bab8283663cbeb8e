//! Text in lines of a width. Vietnamese letters are precomposed here: each takes one column.

/// Lines of at most `width` columns, broken at spaces; a word that is longer stands alone. A line feed begins a new one.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    text.lines().flat_map(|line| paragraph(line, width)).collect()
}

fn paragraph(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let needed = word.chars().count();
        let last = lines.len() - 1;
        if used > 0 && used + 1 + needed > width {
            lines.push(word.to_owned());
            used = needed;
        } else {
            if used > 0 {
                lines[last].push(' ');
                used += 1;
            }
            lines[last].push_str(word);
            used += needed;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_are_counted_in_letters() {
        assert_eq!(wrapped("Số điện thoại", 7), ["Số điện", "thoại"]);
        assert_eq!(wrapped("Số điện thoại", 6), ["Số", "điện", "thoại"]);
        assert_eq!(wrapped("aaaaaaaa bb", 4), ["aaaaaaaa", "bb"]);
    }

    #[test]
    fn paragraphs_stay_apart() {
        assert_eq!(wrapped("a\n\nb", 9), ["a", "", "b"]);
        assert_eq!(wrapped("", 9), [""; 0]);
    }
}
