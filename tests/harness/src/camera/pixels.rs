//! A camera's buffer as a picture.

use std::io::Cursor;

use anyhow::{Context, Result};
use image::{DynamicImage, GrayImage, RgbImage};
use nokhwa::utils::FrameFormat;

use super::Wanted;
use crate::picture::Picture;

/// Luma where that is enough and the format has it apart, else colour.
pub(super) fn picture(bytes: &[u8], format: FrameFormat, [width, height]: [u32; 2], wanted: Wanted) -> Result<Picture> {
    let pixels = width as usize * height as usize;
    let short = || format!("the camera sent {} bytes for {width} x {height} {format}", bytes.len());
    let grey = |luma: Vec<u8>| GrayImage::from_raw(width, height, luma).map(Picture::Grey).with_context(short);
    let colour = |rgb: Vec<u8>| colour(rgb, width, height).with_context(short);
    match (format, wanted) {
        (FrameFormat::GRAY, _) | (FrameFormat::NV12, Wanted::Luma) => {
            grey(bytes.iter().copied().take(pixels).collect())
        }
        (FrameFormat::YUYV, Wanted::Luma) => grey(bytes.iter().copied().step_by(2).take(pixels).collect()),
        (FrameFormat::NV12, Wanted::Colour) => {
            colour(nv12(bytes, width as usize, height as usize).with_context(short)?)
        }
        (FrameFormat::YUYV, Wanted::Colour) => {
            let (pairs, _) = bytes.as_chunks::<4>();
            colour(
                pairs
                    .iter()
                    .flat_map(|&[a, u, b, v]| [rgb(a, u, v), rgb(b, u, v)])
                    .flatten()
                    .take(3 * pixels)
                    .collect(),
            )
        }
        (FrameFormat::MJPEG, _) => Picture::decode(Cursor::new(bytes)).context("not a whole JPEG"),
        (FrameFormat::RAWRGB, _) => colour(bytes.to_vec()),
        (FrameFormat::RAWBGR, _) => colour(bytes.chunks_exact(3).flat_map(|bgr| [bgr[2], bgr[1], bgr[0]]).collect()),
    }
}

/// Luma, then rows of U and V in turn, half size each way.
fn nv12(bytes: &[u8], width: usize, height: usize) -> Option<Vec<u8>> {
    let (luma, chroma) = bytes.split_at_checked(width * height)?;
    let row = 2 * width.div_ceil(2);
    let mut pixels = Vec::with_capacity(3 * luma.len());
    for (at, y) in luma.iter().enumerate() {
        let pair = at / width / 2 * row + at % width / 2 * 2;
        pixels.extend(rgb(*y, *chroma.get(pair)?, *chroma.get(pair + 1)?));
    }
    Some(pixels)
}

/// BT.601 in full range.
fn rgb(y: u8, u: u8, v: u8) -> [u8; 3] {
    let (y, u, v) = (f32::from(y), f32::from(u) - 128.0, f32::from(v) - 128.0);
    [y + 1.402 * v, y - 0.344_136 * u - 0.714_136 * v, y + 1.772 * u].map(|value| (value + 0.5) as u8)
}

fn colour(rgb: Vec<u8>, width: u32, height: u32) -> Option<Picture> {
    Some(DynamicImage::from(RgbImage::from_raw(width, height, rgb)?).into())
}

#[cfg(test)]
mod tests {
    use super::super::format::FORMATS;
    use super::*;

    fn luma(bytes: &[u8], format: FrameFormat) -> Vec<u8> {
        match picture(bytes, format, [2, 2], Wanted::Luma).unwrap() {
            Picture::Grey(grey) => grey.into_raw(),
            Picture::Colour(_) => panic!("{format} has luma apart"),
        }
    }

    #[test]
    fn luma_is_taken_out_of_each_format() {
        assert_eq!(luma(&[1, 2, 3, 4], FrameFormat::GRAY), [1, 2, 3, 4]);
        assert_eq!(luma(&[1, 2, 3, 4, 128, 128], FrameFormat::NV12), [1, 2, 3, 4]);
        assert_eq!(luma(&[1, 128, 2, 128, 3, 128, 4, 128], FrameFormat::YUYV), [1, 2, 3, 4]);
    }

    #[test]
    fn colour_is_taken_out_of_each_format_that_has_it() {
        let red =
            [(FrameFormat::NV12, vec![76, 76, 76, 76, 85, 255]), (FrameFormat::YUYV, [76, 85, 76, 255].repeat(2))];
        for (format, bytes) in red {
            let Picture::Colour(rgba) = picture(&bytes, format, [2, 2], Wanted::Colour).unwrap() else {
                panic!("{format}")
            };
            assert!(rgba.pixels().all(|pixel| pixel.0[0] > 250 && pixel.0[1] < 5 && pixel.0[2] < 5), "{format}");
        }
    }

    #[test]
    fn a_short_or_damaged_frame_is_an_error() {
        for format in FORMATS {
            for wanted in [Wanted::Luma, Wanted::Colour] {
                assert!(picture(&[1, 2, 3], format, [2, 2], wanted).is_err(), "{format}");
            }
        }
    }
}
