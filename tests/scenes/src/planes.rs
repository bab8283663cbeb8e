//! What cameras deliver, made from an RGB image: to test code that takes camera buffers.
//!
//! YUV is BT.601 in full range, as Android's cameras give it:
//! `Y = 0.299 R + 0.587 G + 0.114 B`, `U = 128 + (B - Y) / 1.772`, `V = 128 + (R - Y) / 1.402`, each rounded and cut to
//! 0..=255. Chroma is the mean of a block of 2 x 2 pixels; at an odd right or lower rim, of those that exist, so there are
//! (width + 1) / 2 by (height + 1) / 2 of them. Bytes that pad a row are [`PADDING`].

use image::{GrayImage, Luma, Rgb, RgbImage};

/// Fills the bytes behind a row's pixels: no sample should be taken for it, and a reader that ignores strides shows.
pub const PADDING: u8 = 0xa5;

/// Weights of red, green and blue in luma, thousandths: BT.601.
const LUMA_WEIGHTS: [u32; 3] = [299, 587, 114];

/// A YUV 4:2:0 frame in one buffer, which starts with the luma rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yuv {
    /// Luma, then chroma; each row is padded to its full stride, the last ones too.
    pub bytes: Vec<u8>,
    /// From one luma row to the next, bytes.
    pub stride: usize,
    /// Where the first U sample is, bytes.
    pub u_at: usize,
    /// Where the first V sample is, bytes.
    pub v_at: usize,
    /// From one chroma row to the next, bytes.
    pub chroma_stride: usize,
    /// From one U (or V) sample to the next in a row, bytes: 2 where they alternate, else 1.
    pub chroma_step: usize,
}

/// Luma, then rows of V and U in turn: what Android calls NV21. `stride` is at least the width, else the width is taken;
/// a chroma row is as long, rounded up to pairs.
#[must_use]
pub fn nv21(image: &RgbImage, stride: usize) -> Yuv {
    let at = luma_size(image, stride);
    let chroma_stride = usable_stride(image, stride, 1).next_multiple_of(2);
    yuv(image, stride, &Chroma { u_at: at + 1, v_at: at, stride: chroma_stride, step: 2, planes: 1 })
}

/// Luma, then rows of U and V in turn: what iPhones deliver. Strides as in [`nv21`].
#[must_use]
pub fn nv12(image: &RgbImage, stride: usize) -> Yuv {
    let at = luma_size(image, stride);
    let chroma_stride = usable_stride(image, stride, 1).next_multiple_of(2);
    yuv(image, stride, &Chroma { u_at: at, v_at: at + 1, stride: chroma_stride, step: 2, planes: 1 })
}

/// Luma, then all U, then all V. `stride` is at least the width, else the width is taken; a chroma row is half as long,
/// rounded up.
#[must_use]
pub fn i420(image: &RgbImage, stride: usize) -> Yuv {
    let at = luma_size(image, stride);
    let chroma_stride = usable_stride(image, stride, 1).div_ceil(2);
    let plane = chroma_stride * image.height().div_ceil(2) as usize;
    yuv(image, stride, &Chroma { u_at: at, v_at: at + plane, stride: chroma_stride, step: 1, planes: 2 })
}

/// Four bytes a pixel: blue, green, red, 255. `stride` in bytes; at least four times the width, else that is taken.
#[must_use]
pub fn bgra(image: &RgbImage, stride: usize) -> Vec<u8> {
    packed(image, stride, |Rgb([r, g, b])| [*b, *g, *r, 255])
}

/// Four bytes a pixel: red, green, blue, 255. `stride` as in [`bgra`].
#[must_use]
pub fn rgba(image: &RgbImage, stride: usize) -> Vec<u8> {
    packed(image, stride, |Rgb([r, g, b])| [*r, *g, *b, 255])
}

/// `round(0.299 R + 0.587 G + 0.114 B)`, exact (in integers, halves up), rows without padding.
#[must_use]
pub fn luma(image: &RgbImage) -> GrayImage {
    let mut luma = GrayImage::new(image.width(), image.height());
    for (to, from) in luma.pixels_mut().zip(image.pixels()) {
        *to = Luma([luma_of(*from)]);
    }
    luma
}

fn luma_of(Rgb(channels): Rgb<u8>) -> u8 {
    let thousandths: u32 = channels.iter().zip(LUMA_WEIGHTS).map(|(&value, weight)| u32::from(value) * weight).sum();
    ((thousandths + 500) / 1000) as u8
}

/// How the chroma of a frame lies in memory.
struct Chroma {
    u_at: usize,
    v_at: usize,
    stride: usize,
    step: usize,
    /// 1 if U and V share rows.
    planes: usize,
}

fn yuv(image: &RgbImage, stride: usize, chroma: &Chroma) -> Yuv {
    let stride = usable_stride(image, stride, 1);
    let luma_end = luma_size(image, stride);
    let [columns, rows] = [image.width(), image.height()].map(|side| side.div_ceil(2));
    let mut bytes = vec![PADDING; luma_end + chroma.planes * chroma.stride * rows as usize];
    let width = image.width() as usize;
    if width > 0 {
        for (to, from) in bytes.chunks_mut(stride).zip(luma(image).chunks_exact(width)) {
            to[..width].copy_from_slice(from);
        }
    }
    for row in 0..rows {
        for column in 0..columns {
            let [u, v] = chroma_of(image, column, row);
            let offset = row as usize * chroma.stride + column as usize * chroma.step;
            bytes[chroma.u_at + offset] = u;
            bytes[chroma.v_at + offset] = v;
        }
    }
    let &Chroma { u_at, v_at, stride: chroma_stride, step: chroma_step, .. } = chroma;
    Yuv { bytes, stride, u_at, v_at, chroma_stride, chroma_step }
}

/// U and V of a block of 2 x 2 pixels, or what exists of it.
fn chroma_of(image: &RgbImage, column: u32, row: u32) -> [u8; 2] {
    let (mut sum, mut count) = ([0.0; 3], 0.0);
    for [dx, dy] in [[0, 0], [1, 0], [0, 1], [1, 1]] {
        if let Some(Rgb(channels)) = image.get_pixel_checked(2 * column + dx, 2 * row + dy) {
            sum = std::array::from_fn(|channel| sum[channel] + f32::from(channels[channel]));
            count += 1.0;
        }
    }
    let [r, g, b] = sum.map(|channel: f32| channel / count);
    let y = 0.299 * r + 0.587 * g + 0.114 * b;
    [(b - y) / 1.772, (r - y) / 1.402].map(|difference| (128.0 + difference).round() as u8)
}

fn packed(image: &RgbImage, stride: usize, order: impl Fn(&Rgb<u8>) -> [u8; 4]) -> Vec<u8> {
    let stride = usable_stride(image, stride, 4);
    let mut bytes = vec![PADDING; stride * image.height() as usize];
    for (x, y, pixel) in image.enumerate_pixels() {
        let start = y as usize * stride + 4 * x as usize;
        bytes[start..start + 4].copy_from_slice(&order(pixel));
    }
    bytes
}

/// The asked stride, or a row without padding if that is longer.
fn usable_stride(image: &RgbImage, stride: usize, bytes_per_pixel: usize) -> usize {
    stride.max(image.width() as usize * bytes_per_pixel)
}

fn luma_size(image: &RgbImage, stride: usize) -> usize {
    usable_stride(image, stride, 1) * image.height() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each pixel another colour.
    fn colours(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([(40 * x) as u8, (60 * y) as u8, (15 * x + 20 * y) as u8]))
    }

    #[test]
    fn even_frames_have_the_usual_sizes() {
        let image = colours(6, 4);
        let (nv21, i420) = (nv21(&image, 6), i420(&image, 6));
        assert_eq!([nv21.bytes.len(), i420.bytes.len()], [36, 36]);
        assert_eq!([nv21.v_at, nv21.u_at, nv21.chroma_stride], [24, 25, 6]);
        assert_eq!([i420.u_at, i420.v_at, i420.chroma_stride], [24, 30, 3]);
    }

    #[test]
    fn odd_frames_round_chroma_up() {
        let image = colours(5, 3);
        let (nv12, i420) = (nv12(&image, 0), i420(&image, 0));
        assert_eq!([nv12.bytes.len(), nv12.stride, nv12.chroma_stride], [15 + 2 * 6, 5, 6]);
        assert_eq!([i420.bytes.len(), i420.v_at], [15 + 2 * 2 * 3, 15 + 2 * 3]);
    }

    #[test]
    fn every_layout_holds_the_same_samples() {
        let image = colours(5, 3);
        let (luma, layouts) = (luma(&image), [nv21(&image, 8), nv12(&image, 9), i420(&image, 11)]);
        for yuv in layouts {
            for (x, y, Luma([expected])) in luma.enumerate_pixels() {
                assert_eq!(yuv.bytes[y as usize * yuv.stride + x as usize], *expected);
            }
            for (column, row) in [(0, 0), (2, 0), (1, 1), (2, 1)] {
                let offset = row as usize * yuv.chroma_stride + column as usize * yuv.chroma_step;
                let samples = [yuv.bytes[yuv.u_at + offset], yuv.bytes[yuv.v_at + offset]];
                assert_eq!(samples, chroma_of(&image, column, row));
            }
        }
    }

    #[test]
    fn known_colours_have_their_known_yuv() {
        // Full-range BT.601 of pure red: Y 76, U 85, V 255 (255.5 cut).
        let red = RgbImage::from_pixel(2, 2, Rgb([255, 0, 0]));
        assert_eq!(i420(&red, 2).bytes, [76, 76, 76, 76, 85, 255]);
        let grey = RgbImage::from_pixel(2, 2, Rgb([90, 90, 90]));
        assert_eq!(nv21(&grey, 2).bytes, [90, 90, 90, 90, 128, 128]);
    }

    #[test]
    fn padding_is_not_a_pixel() {
        let image = RgbImage::from_pixel(1, 2, Rgb([1, 2, 3]));
        assert_eq!(rgba(&image, 5), [1, 2, 3, 255, PADDING, 1, 2, 3, 255, PADDING]);
        assert_eq!(bgra(&image, 0), [3, 2, 1, 255, 3, 2, 1, 255]);
    }

    #[test]
    fn an_empty_frame_is_empty() {
        assert!(nv21(&RgbImage::new(0, 0), 0).bytes.is_empty());
    }
}
