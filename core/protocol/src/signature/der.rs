//! Key stores sign in DER, the profile wants r||s.

/// n, the order of P-256's group (SEC 2, 2.4.2).
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
    0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// r||s of an ECDSA-Sig-Value (RFC 3279, 2.2.3) for P-256; none unless it is its one DER: lengths and integers minimal and
/// positive, nothing behind, 0 < r, s < n.
#[must_use]
pub fn fixed_from_der(der: &[u8]) -> Option<[u8; 64]> {
    let (content, rest) = element(0x30, der)?;
    let (r, more) = integer(content)?;
    let (s, end) = integer(more)?;
    let mut fixed = [0; 64];
    let (head, tail) = fixed.split_at_mut(32);
    head.copy_from_slice(&r);
    tail.copy_from_slice(&s);
    (rest.is_empty() && end.is_empty()).then_some(fixed)
}

/// The content of an element with this tag, and what follows. A signature of P-256 has at most 72 bytes: one byte of length, below 128.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[found, length], rest) = der.split_first_chunk()?;
    (found == tag && length < 0x80).then_some(())?;
    rest.split_at_checked(length.into())
}

/// A scalar, and what follows.
fn integer(der: &[u8]) -> Option<([u8; 32], &[u8])> {
    let (content, rest) = element(0x02, der)?;
    let magnitude = match content {
        // A leading zero only where the number would be negative without it.
        [0, positive @ ..] => positive.first().filter(|&&first| first >= 0x80).and(Some(positive))?,
        [first, ..] if *first < 0x80 => content,
        _ => return None,
    };
    let mut scalar = [0; 32];
    scalar.get_mut(32_usize.checked_sub(magnitude.len())?..)?.copy_from_slice(magnitude);
    (scalar != [0; 32] && scalar < ORDER).then_some((scalar, rest))
}
