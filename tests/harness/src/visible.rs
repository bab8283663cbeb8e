//! Text from a code, safe to show. Anybody can print a code: raw on a terminal, its text could move the cursor, forge lines
//! of the table or turn what stands around it.

/// The text with controls, ends of lines, and what hides or reorders letters as escapes: `\u{1b}`.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if hides(character) { shown.extend(character.escape_unicode()) } else { shown.push(character) }
    }
    shown
}

/// Controls, and of Unicode's format characters and separators those that hide or reorder text in any script.
fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_or_hides_is_shown_as_its_escape() {
        assert_eq!(visible("a\u{1b}[2Jb\r\nc"), r"a\u{1b}[2Jb\u{d}\u{a}c");
        assert_eq!(
            visible("\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\u{9b}"),
            r"\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\u{9b}"
        );
    }

    #[test]
    fn letters_of_any_script_stay_as_they_are() {
        for text in ["Nguyễn Thử Nghiệm|01021990", "https://example.vn/?a=b", "ひらがな 𠀀 🙂"] {
            assert_eq!(visible(text), text);
        }
    }
}
