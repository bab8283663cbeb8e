//! Packed colour to luma and chroma, BT.601 full range as in JPEG (ITU-T T.871, clause 7).

use super::plane::{Chroma, Extent, Plane, check_size};
use super::{FrameError, FrameLayout, FramePlane};
use crate::scratch::Scratch;

const BYTES_PER_PIXEL: u32 = 4;

#[derive(Clone, Copy)]
pub(super) enum Order {
    Bgra,
    Rgba,
}

impl Order {
    fn rgb(self, pixel: [u8; 4]) -> [i32; 3] {
        let [a, b, c, _] = pixel.map(i32::from);
        match self {
            Self::Bgra => [c, b, a],
            Self::Rgba => [a, b, c],
        }
    }
}

/// Y for every pixel; U and V for every 2 x 2 block, from its mean colour.
pub(super) fn to_planes(
    bytes: &[u8],
    order: Order,
    layout: &FrameLayout,
) -> Result<(Plane<'static>, Chroma<'static>), FrameError> {
    check_size(layout)?;
    let (width, height) = (layout.width as usize, layout.height as usize);
    let extent = Extent {
        width: layout.width,
        height: layout.height,
        row: layout.row_stride,
        pixel: BYTES_PER_PIXEL,
        sample: BYTES_PER_PIXEL,
    };
    extent.check(bytes, FramePlane::Packed)?;

    let chroma_width = width.div_ceil(2);
    let mut luma = Scratch::with_capacity(width * height);
    let mut u = Scratch::with_capacity(chroma_width * height.div_ceil(2));
    let mut v = Scratch::with_capacity(u.capacity());
    let mut blocks = Scratch::filled(Sum::default(), chroma_width);
    for (y, row) in bytes.chunks(layout.row_stride as usize).take(height).enumerate() {
        let (pixels, _) = row.as_chunks::<4>();
        for (pixel_pair, block) in pixels.get(..width).unwrap_or_default().chunks(2).zip(blocks.iter_mut()) {
            for pixel in pixel_pair {
                let rgb = order.rgb(*pixel);
                luma.push(luma_of(rgb));
                block.add(rgb);
            }
        }
        if y % 2 == 1 || y + 1 == height {
            for block in blocks.iter_mut() {
                let rgb = std::mem::take(block).mean();
                u.push(blue_difference(rgb));
                v.push(red_difference(rgb));
            }
        }
    }
    Ok((Plane::owned(luma, width, height), Chroma::owned(u, v, chroma_width, height.div_ceil(2))))
}

/// Colours of one block, added up.
#[derive(Clone, Copy, Default)]
struct Sum {
    rgb: [i32; 3],
    count: i32,
}

impl Sum {
    fn add(&mut self, rgb: [i32; 3]) {
        for (sum, value) in self.rgb.iter_mut().zip(rgb) {
            *sum += value;
        }
        self.count += 1;
    }

    fn mean(self) -> [i32; 3] {
        self.rgb.map(|sum| sum / self.count.max(1))
    }
}

fn luma_of([r, g, b]: [i32; 3]) -> u8 {
    ((299 * r + 587 * g + 114 * b + 500) / 1000) as u8
}

/// Weights in 1/65536; each row's sum is 0, so that grey stays grey.
const HALF: i32 = 1 << 15;

fn blue_difference([r, g, b]: [i32; 3]) -> u8 {
    (128 + ((-11_059 * r - 21_709 * g + 32_768 * b + HALF) >> 16)).clamp(0, 255) as u8
}

fn red_difference([r, g, b]: [i32; 3]) -> u8 {
    (128 + ((32_768 * r - 27_439 * g - 5_329 * b + HALF) >> 16)).clamp(0, 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_stays_grey_and_primaries_fall_where_the_standard_says() {
        for v in [0, 1, 127, 255] {
            assert_eq!((luma_of([v; 3]), blue_difference([v; 3]), red_difference([v; 3])), (v as u8, 128, 128));
        }
        // T.871: Y = .299 R + .587 G + .114 B; a full primary saturates its own difference.
        assert_eq!((luma_of([255, 0, 0]), red_difference([255, 0, 0])), (76, 255));
        assert_eq!((luma_of([0, 0, 255]), blue_difference([0, 0, 255])), (29, 255));
        assert_eq!(luma_of([0, 255, 0]), 150);
    }
}
