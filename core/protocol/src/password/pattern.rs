//! Rows and repetitions: `aaaaaaaa`, `12345678`, `hgfedcba`, `abcabcabc`.

use zeroize::Zeroizing;

/// The longest piece whose repetition counts, in characters.
const MAX_PERIOD: usize = 4;
/// The fewest characters that must not follow from the two before them.
const MIN_UNFORESEEN: usize = 6;

/// Whether few characters say all of it. Only for what is long enough to show it.
pub(super) fn is_repetitive(plain: &str) -> bool {
    let mut codes = Zeroizing::new(Vec::with_capacity(plain.len()));
    codes.extend(plain.chars().map(|character| i64::from(u32::from(character))));
    codes.len() > MAX_PERIOD && ((1..=MAX_PERIOD).any(|period| repeats(&codes, period)) || goes_on(&codes))
}

/// Whether a piece of `period` characters makes it all.
fn repeats(codes: &[i64], period: usize) -> bool {
    codes.iter().zip(codes.iter().skip(period)).all(|(before, here)| before == here)
}

/// Whether most characters continue a row: the same again, or the next of the alphabet, up or down.
fn goes_on(codes: &[i64]) -> bool {
    let continues = |[first, second, third]: [i64; 3]| {
        let step = second - first;
        step.abs() <= 1 && third - second == step
    };
    let foreseen = codes.array_windows().filter(|three| continues(**three)).count();
    foreseen > 0 && codes.len() - foreseen < MIN_UNFORESEEN
}
