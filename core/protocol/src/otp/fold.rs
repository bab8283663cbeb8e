//! What each character of a typed or pasted code counts for.

/// One character of a code.
pub(crate) enum Folded {
    /// A digit, as ASCII.
    Digit(char),
    /// Between digits, and no part of the code.
    Dropped,
    /// Nothing that a code has.
    Other,
}

/// Zeros of the digits that keyboards in use here and abroad write: ASCII, Arabic-Indic, Persian, full-width.
const ZEROS: [char; 4] = ['0', '\u{660}', '\u{6f0}', '\u{ff10}'];

/// Full-width, Arabic-Indic and Persian digits count as ASCII; spaces, hyphens and what has no width are dropped.
pub(crate) fn fold(character: char) -> Folded {
    let value = |zero: char| u32::from(character).checked_sub(zero.into()).filter(|value| *value < 10);
    match ZEROS.into_iter().find_map(value).and_then(|value| char::from_digit(value, 10)) {
        Some(digit) => Folded::Digit(digit),
        None if is_dropped(character) => Folded::Dropped,
        None => Folded::Other,
    }
}

/// Spaces (but no line breaks: what they part are two things), hyphens and dashes, and marks without width. Marks that turn the
/// order of what follows are not among them: the digits would be others than those seen.
fn is_dropped(character: char) -> bool {
    let is_space =
        matches!(character, '\t' | ' ' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}');
    let is_hyphen = matches!(character, '-' | '\u{2010}'..='\u{2014}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}');
    let has_no_width = matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    is_space || is_hyphen || has_no_width
}
