//! What both QR codes share: text `EID1:` and base45, which a QR code's alphanumeric mode holds, and a fixed length.

use super::base45;

const PREFIX: &str = "EID1:";

/// The text of a QR code.
pub(super) fn write(bytes: &[u8]) -> String {
    format!("{PREFIX}{}", base45::encode(bytes))
}

/// The bytes of a QR code's text, if it has the prefix and they are `N`. Longer text is not looked at.
pub(super) fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let encoded = text.strip_prefix(PREFIX)?;
    (encoded.len() == N / 2 * 3 + N % 2 * 2).then_some(())?;
    base45::decode(encoded)?.try_into().ok()
}
