//! Grey levels of a picture, counted; and a dim picture stretched to all of them.

use crate::Plane;
use crate::scratch::Scratch;

/// How many pixels have each level.
#[derive(Debug, Clone)]
pub(crate) struct Levels {
    counts: [u32; 256],
    total: u32,
}

impl FromIterator<u8> for Levels {
    fn from_iter<I: IntoIterator<Item = u8>>(values: I) -> Self {
        let mut counts = [0; 256];
        for value in values {
            if let Some(count) = counts.get_mut(usize::from(value)) {
                *count += 1;
            }
        }
        Self { total: counts.iter().sum(), counts }
    }
}

impl Levels {
    pub(crate) fn of<'a>(values: impl IntoIterator<Item = &'a u8>) -> Self {
        values.into_iter().copied().collect()
    }

    /// The least level that, with all below it, more than this share of the pixels has; 0 without pixels.
    pub(crate) fn dark_end(&self, share: f32) -> u8 {
        let least = self.part(share);
        let mut sum = 0;
        let found = self.counts.iter().position(|count| {
            sum += count;
            sum > least
        });
        found.unwrap_or_default() as u8
    }

    /// The greatest level that, with all above it, more than this share of the pixels has; 0 without pixels.
    pub(crate) fn light_end(&self, share: f32) -> u8 {
        let least = self.part(share);
        let mut sum = 0;
        let found = self.counts.iter().rposition(|count| {
            sum += count;
            sum > least
        });
        found.unwrap_or_default() as u8
    }

    /// Mean level; 0 without pixels.
    pub(crate) fn mean(&self) -> f32 {
        self.shares().zip(0..=u8::MAX).map(|(share, level)| share * f32::from(level)).sum()
    }

    /// Share of the pixels at `level` and above, 0 to 1.
    pub(crate) fn share_from(&self, level: u8) -> f32 {
        self.shares().skip(level.into()).sum()
    }

    /// Shannon's entropy, bits, 0 to 8.
    pub(crate) fn entropy(&self) -> f32 {
        -self.shares().filter(|share| *share > 0.0).map(|share| share * share.log2()).sum::<f32>()
    }

    /// What two pictures' shares have in common, 0 to 1: the sum of the lesser share of each level.
    pub(crate) fn in_common(&self, other: &Self) -> f32 {
        self.shares().zip(other.shares()).map(|(a, b)| a.min(b)).sum()
    }

    /// Of each level.
    fn shares(&self) -> impl Iterator<Item = f32> {
        let total = self.total.max(1) as f32;
        self.counts.iter().map(move |&count| count as f32 / total)
    }

    fn part(&self, share: f32) -> u32 {
        (self.total as f32 * share) as u32
    }
}

/// Grey levels of a dim picture: less between its darkest and its lightest hundredth is stretched to the full range.
const DIM: u8 = 80;

/// Every so many rows are enough to tell how dim a picture is.
const ROW_STEP: usize = 8;

/// The picture in its full range; `None` where it has that already.
pub(crate) fn stretched(plane: &Plane<'_>) -> Option<Plane<'static>> {
    let levels = Levels::of(plane.rows().step_by(ROW_STEP).flatten());
    let (darkest, lightest) = (levels.dark_end(0.01), levels.light_end(0.01));
    let range = lightest.saturating_sub(darkest);
    if range >= DIM || range == 0 {
        return None;
    }
    let stretch = |value: u8| (u32::from(value.saturating_sub(darkest)) * 255 / u32::from(range)).min(255) as u8;
    let bytes: Scratch<u8> = plane.rows().flatten().map(|&value| stretch(value)).collect();
    Some(Plane::owned(bytes, plane.width(), plane.height()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(values: impl IntoIterator<Item = u8>) -> Plane<'static> {
        let bytes: Scratch<u8> = values.into_iter().collect();
        let width = bytes.len();
        Plane::owned(bytes, width, 1)
    }

    #[test]
    fn a_dim_picture_is_stretched_and_a_bright_one_left() {
        let stretched_row = |values: Plane<'static>| Some(stretched(&values)?.row(0).to_vec());
        assert_eq!(stretched_row(row(0..=50)).unwrap()[25], 127);
        assert!(stretched_row(row(0..=200)).is_none() && stretched_row(row([9; 9])).is_none());
    }

    #[test]
    fn shares_are_counted_from_both_ends() {
        let levels = Levels::of(&[1, 1, 2, 3, 250, 250, 250, 250, 251, 252]);
        assert_eq!([levels.dark_end(0.0), levels.dark_end(0.2), levels.dark_end(0.5)], [1, 2, 250]);
        assert_eq!([levels.light_end(0.0), levels.light_end(0.1), levels.light_end(0.6)], [252, 251, 3]);
        assert_eq!(Levels::of(&[]).dark_end(0.5), 0);
    }

    #[test]
    fn means_shares_entropy_and_what_is_in_common() {
        let levels = Levels::of(&[0, 0, 255, 255]);
        assert_eq!((levels.mean(), levels.share_from(255), levels.entropy()), (127.5, 0.5, 1.0));
        assert_eq!(levels.in_common(&Levels::of(&[0, 7, 8, 9])), 0.25);
        assert_eq!(Levels::of(&[]).mean(), 0.0);
    }
}
