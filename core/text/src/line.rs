//! Values that others wrote, like names and masked addresses: made safe to stand inside a sentence.

/// The most characters that a [`crate::Value::Text`] shows; a longer one ends in `…`.
pub const MAX_VALUE_CHARS: usize = 200;

/// One line: white space and line breaks become single spaces; what can't be seen or reorders what can is dropped, for
/// with it a value could read as a part of our sentence.
pub(crate) fn one_line(text: &str) -> String {
    let spaced = text.split_whitespace().flat_map(|word| std::iter::once(' ').chain(word.chars())).skip(1);
    let mut visible = spaced.filter(|c| !is_hidden(*c));
    let mut line: String = visible.by_ref().take(MAX_VALUE_CHARS).collect();
    if visible.next().is_some() {
        line.pop();
        line.push('…');
    }
    line
}

/// Controls, marks and overrides of direction, zero widths, tags.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_become_spaces() {
        assert_eq!(one_line(" Nguyễn\r\nVăn\u{2028}Mẫu\t\n"), "Nguyễn Văn Mẫu");
    }

    #[test]
    fn what_reorders_text_is_dropped() {
        assert_eq!(one_line("a\u{202e}b\u{2066}c\u{200f}d\u{61c}e"), "abcde");
    }

    #[test]
    fn a_long_value_ends_in_an_ellipsis() {
        let exact = "ă".repeat(MAX_VALUE_CHARS);
        assert_eq!(one_line(&exact), exact);
        let cut = one_line(&format!("{exact}ă"));
        assert_eq!(cut.chars().count(), MAX_VALUE_CHARS);
        assert!(cut.ends_with("ă…"));
    }
}
