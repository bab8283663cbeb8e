//! Arithmetic in GF(256) with the polynomial of QR codes, x^8 + x^4 + x^3 + x^2 + 1 (clause 7.5.2).

#![expect(clippy::indexing_slicing, reason = "tables are made by the compiler, which checks their bounds")]

const POLYNOMIAL: u16 = 0x11D;

/// Powers of the generator 2, twice over, so that sums of two logarithms need no reduction.
static POWERS: [u8; 512] = powers();
/// Logarithms to base 2; that of 0 is never used.
static LOGARITHMS: [u8; 256] = logarithms();

const fn powers() -> [u8; 512] {
    let mut table = [0; 512];
    let mut value: u16 = 1;
    let mut i = 0;
    while i < 255 {
        table[i] = value as u8;
        table[i + 255] = value as u8;
        value <<= 1;
        if value & 0x100 != 0 {
            value ^= POLYNOMIAL;
        }
        i += 1;
    }
    table
}

const fn logarithms() -> [u8; 256] {
    let powers = powers();
    let mut table = [0; 256];
    let mut i = 0;
    while i < 255 {
        table[powers[i] as usize] = i as u8;
        i += 1;
    }
    table
}

/// 2 to the power of `exponent`, which may be any number.
pub(super) fn power(exponent: usize) -> u8 {
    POWERS.get(exponent % 255).copied().unwrap_or_default()
}

pub(super) fn times(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { power(logarithm(a) + logarithm(b)) }
}

/// `a / b`; 0 where `b` is 0.
pub(super) fn divided(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { power(logarithm(a) + 255 - logarithm(b)) }
}

fn logarithm(a: u8) -> usize {
    LOGARITHMS.get(usize::from(a)).copied().map(usize::from).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_undoes_multiplication() {
        for a in 0..=255 {
            for b in 1..=255 {
                assert_eq!(divided(times(a, b), b), a);
            }
        }
    }
}
