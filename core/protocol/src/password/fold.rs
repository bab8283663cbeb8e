//! One form of each password to hash, and a coarser one to compare.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

use crate::wire::Secret;

/// A password as it is sent and hashed: NFC (UAX 15), as SP 800-63B-4, 3.1.1.2 has it. Phones differ in how they encode Vietnamese
/// letters, and NFC makes them one; NFKC would also make different characters equal.
#[must_use]
pub fn normalised(password: &str) -> Secret {
    Secret::new(collected(|| password.nfc()))
}

/// For comparing: lower case, no accents, compatibility forms as plain letters.
pub(super) fn folded(text: &str) -> Zeroizing<String> {
    let letters = || {
        let plain = text.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase);
        plain.map(|character| if character == 'đ' { 'd' } else { character })
    };
    Zeroizing::new(collected(letters))
}

/// Measured first: a string that grows leaves copies behind that nobody erases.
fn collected<I: Iterator<Item = char>>(characters: impl Fn() -> I) -> String {
    let mut text = String::with_capacity(characters().map(char::len_utf8).sum());
    text.extend(characters());
    text
}
