//! The same picture smaller, softer, or as its negative.

use crate::Plane;
use crate::scratch::Scratch;

/// Each pixel the mean of four; an odd last column or row is dropped. `None` below two pixels a side.
pub(in crate::qr) fn halved(plane: &Plane<'_>) -> Option<Plane<'static>> {
    let (width, height) = (plane.width() / 2, plane.height() / 2);
    if width == 0 || height == 0 {
        return None;
    }
    let mut bytes = Scratch::with_capacity(width * height);
    for y in 0..height {
        let (upper, _) = plane.row(2 * y).as_chunks::<2>();
        let (lower, _) = plane.row(2 * y + 1).as_chunks::<2>();
        bytes.extend(
            upper
                .iter()
                .zip(lower)
                .map(|(&[a, b], &[c, d])| ((u16::from(a) + u16::from(b) + u16::from(c) + u16::from(d) + 2) / 4) as u8),
        );
    }
    Some(Plane::owned(bytes, width, height))
}

/// Weights 1, 2, 1 each way: takes the grain off before runs are measured.
pub(in crate::qr) fn smoothed(plane: &Plane<'_>) -> Plane<'static> {
    let (width, height) = (plane.width(), plane.height());
    let mut bytes = Scratch::with_capacity(width * height);
    let mut columns = Scratch::filled(0_u16, width);
    for y in 0..height {
        let (above, here, below) = (plane.row(y.saturating_sub(1)), plane.row(y), plane.row((y + 1).min(height - 1)));
        for (sum, ((&a, &b), &c)) in columns.iter_mut().zip(above.iter().zip(here).zip(below)) {
            *sum = u16::from(a) + 2 * u16::from(b) + u16::from(c);
        }
        let first = columns.first().copied().unwrap_or_default();
        let last = columns.last().copied().unwrap_or_default();
        let left = std::iter::once(first).chain(columns.iter().copied());
        let right = columns.iter().copied().skip(1).chain(std::iter::once(last));
        bytes.extend(left.zip(columns.iter()).zip(right).map(|((a, &b), c)| ((a + 2 * b + c + 8) / 16) as u8));
    }
    Plane::owned(bytes, width, height)
}

/// Light for dark: symbols that are printed light on dark.
pub(in crate::qr) fn inverted(plane: &Plane<'_>) -> Plane<'static> {
    let bytes = plane.rows().flatten().map(|&v| 255 - v).collect();
    Plane::owned(bytes, plane.width(), plane.height())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(rows: &[&[u8]]) -> Plane<'static> {
        Plane::owned(rows.concat().into_iter().collect(), rows[0].len(), rows.len())
    }

    fn bytes(plane: &Plane<'_>) -> Vec<u8> {
        plane.rows().flatten().copied().collect()
    }

    #[test]
    fn a_half_is_the_mean_of_four() {
        let half = halved(&plane(&[&[0, 4, 9], &[8, 12, 9], &[9, 9, 9]])).unwrap();
        assert_eq!((half.width(), half.height(), bytes(&half)), (1, 1, vec![6]));
        assert!(halved(&plane(&[&[1]])).is_none());
    }

    #[test]
    fn smoothing_keeps_what_is_flat_and_spreads_a_point() {
        assert_eq!(bytes(&smoothed(&plane(&[[7; 3].as_slice(); 3]))), [7; 9]);
        let point = plane(&[&[0, 0, 0], &[0, 160, 0], &[0, 0, 0]]);
        assert_eq!(bytes(&smoothed(&point)), [10, 20, 10, 20, 40, 20, 10, 20, 10]);
    }
}
