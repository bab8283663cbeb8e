//! Names and addresses: one form of each text, so that equal means equal.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The most characters a name or an address may have. Our choice: far more than fits on a printed
/// card, and short enough to store and draw anything that passes.
pub const MAX_TEXT_CHARS: usize = 500;

/// One line of visible text: NFC, single spaces, not empty, no `|`.
#[derive(Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CardText(String);

impl CardText {
    /// `None` where no letter or digit is in it, it is too long, or a character can't be seen or is the separator.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = normalise(text);
        let fits = (1..=MAX_TEXT_CHARS).contains(&text.chars().count());
        let says_something = text.contains(char::is_alphanumeric);
        (fits && says_something && !text.contains(is_hidden) && !text.contains('|')).then_some(Self(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CardText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name is personal data: it does not show in logs.
impl fmt::Debug for CardText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CardText({} chars)", self.0.chars().count())
    }
}

#[cfg(feature = "uniffi")]
uniffi::custom_type!(CardText, String, {
    lower: |text| text.0,
    try_lift: |text| CardText::parse(&text).ok_or_else(|| uniffi::deps::anyhow::anyhow!("not one line of text")),
});

/// Unicode NFC (UAX 15), white space to single spaces, none at the ends. Vietnamese letters have several encodings;
/// phones differ in which one they type.
pub(crate) fn normalise(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What can't be seen, or reorders what can: with it a name could read as another one. Controls, Unicode's
/// `Default_Ignorable_Code_Point` (UAX 44) and its blank letters, line separators, annotations, private use and
/// noncharacters.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || u32::from(c) & 0xFFFE == 0xFFFE
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_letters_become_composed_ones() {
        assert_eq!(normalise("Nguye\u{302}\u{303}n"), "Nguyễn");
    }

    #[test]
    fn white_space_is_folded() {
        assert_eq!(normalise("  Phạm \t Văn\u{a0}Mẫu\n"), "Phạm Văn Mẫu");
    }

    #[test]
    fn text_that_hides_or_reorders_is_refused() {
        for text in [
            "",
            " \n",
            "a\u{202e}b",
            "a\u{200b}b",
            "a\u{0}b",
            "a|b",
            "\u{301}",
            "a\u{ad}b",
            "a\u{61c}b",
            "\u{3164}",
            "a\u{e0041}b",
            "a\u{fe0f}",
            "a\u{e000}",
            "...",
            &"x".repeat(MAX_TEXT_CHARS + 1),
        ] {
            assert_eq!(CardText::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_name_does_not_show_in_debug_output() {
        let name = CardText::parse("Nguyễn Mẫu").unwrap();
        assert_eq!(format!("{name:?}"), "CardText(10 chars)");
    }
}
