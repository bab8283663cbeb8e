//! A camera's buffer as a picture.

use std::io::Cursor;

use anyhow::{Context, Result};
use image::{DynamicImage, GrayImage, RgbImage};
use nokhwa::utils::FrameFormat;

use crate::scan::picture::Picture;

/// Luma where the format has it apart, else colour.
pub(super) fn picture(bytes: &[u8], format: FrameFormat, width: u32, height: u32) -> Result<Picture> {
    let pixels = width as usize * height as usize;
    let short = || format!("the camera sent {} bytes for {width} x {height} {format}", bytes.len());
    let grey = |luma: Vec<u8>| GrayImage::from_raw(width, height, luma).map(Picture::Grey).with_context(short);
    match format {
        FrameFormat::GRAY | FrameFormat::NV12 => grey(bytes.iter().copied().take(pixels).collect()),
        FrameFormat::YUYV => grey(bytes.iter().copied().step_by(2).take(pixels).collect()),
        FrameFormat::MJPEG => Picture::decode(Cursor::new(bytes)).context("not a whole JPEG"),
        FrameFormat::RAWRGB => colour(bytes.to_vec(), width, height).with_context(short),
        FrameFormat::RAWBGR => {
            let rgb = bytes.chunks_exact(3).flat_map(|bgr| [bgr[2], bgr[1], bgr[0]]).collect();
            colour(rgb, width, height).with_context(short)
        }
    }
}

fn colour(rgb: Vec<u8>, width: u32, height: u32) -> Option<Picture> {
    Some(DynamicImage::from(RgbImage::from_raw(width, height, rgb)?).into())
}

#[cfg(test)]
mod tests {
    use super::super::format::FORMATS;
    use super::*;

    fn luma(bytes: &[u8], format: FrameFormat) -> Vec<u8> {
        match picture(bytes, format, 2, 2).unwrap() {
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
    fn a_short_or_damaged_frame_is_an_error() {
        for format in FORMATS {
            assert!(picture(&[1, 2, 3], format, 2, 2).is_err(), "{format}");
        }
    }
}
