//! A picture as a frame: through the same buffers that a camera hands over.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use citizen_vision::{Frame, FrameError, FrameLayout, MAX_SIDE, PixelFormat};
use image::{DynamicImage, GrayImage, ImageDecoder, ImageReader, RgbaImage};

/// The most memory that a decoded picture may take: the largest frame of the core with four bytes a pixel, 1 GiB. A file of
/// a hundred bytes can announce any size, and memory that does not exist would end the whole run.
const MAX_BYTES: u64 = 4 * (MAX_SIDE as u64).pow(2);

/// Pixels in memory, upright.
pub(crate) enum Picture {
    Grey(GrayImage),
    Colour(RgbaImage),
}

impl Picture {
    /// Reads PNG, JPEG or PGM, told by content, turned as its EXIF data says.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        File::open(path)
            .map_err(anyhow::Error::from)
            .and_then(|file| Self::decode(BufReader::new(file)))
            .context("this picture can't be read")
    }

    /// [`Self::open`] for bytes that are already here.
    pub(crate) fn decode(bytes: impl BufRead + Seek) -> Result<Self> {
        let mut decoder = ImageReader::new(bytes).with_guessed_format()?.into_decoder()?;
        let ((width, height), size) = (decoder.dimensions(), decoder.total_bytes());
        ensure!(
            width.max(height) <= MAX_SIDE && size <= MAX_BYTES,
            "{width} x {height} pixels ({} MB) are too many: each side may have {MAX_SIDE}, the picture {} MB",
            size >> 20,
            MAX_BYTES >> 20
        );
        let orientation = decoder.orientation()?;
        let mut image = DynamicImage::from_decoder(decoder)?;
        image.apply_orientation(orientation);
        Ok(image.into())
    }

    /// As a frame in the core's own terms.
    pub(crate) fn frame(&self) -> Result<Frame<'_>, FrameError> {
        match self {
            Self::Grey(grey) => Frame::from_luma(grey, &FrameLayout::tight(grey.width(), grey.height())),
            Self::Colour(rgba) => {
                let rows = rgba.width().saturating_mul(4);
                let layout = FrameLayout { row_stride: rows, ..FrameLayout::tight(rgba.width(), rgba.height()) };
                Frame::from_buffer(rgba, PixelFormat::Rgba, &layout)
            }
        }
    }

    /// For drawing on.
    pub(crate) fn to_rgba(&self) -> RgbaImage {
        match self {
            Self::Grey(grey) => DynamicImage::from(grey.clone()).into_rgba8(),
            Self::Colour(rgba) => rgba.clone(),
        }
    }
}

impl From<DynamicImage> for Picture {
    fn from(image: DynamicImage) -> Self {
        match image {
            DynamicImage::ImageLuma8(grey) => Self::Grey(grey),
            other => Self::Colour(on_white(other.into_rgba8())),
        }
    }
}

/// What is transparent lies on white paper.
fn on_white(mut rgba: RgbaImage) -> RgbaImage {
    for pixel in rgba.pixels_mut() {
        let alpha = u16::from(pixel.0[3]);
        for value in &mut pixel.0[..3] {
            *value = ((u16::from(*value) * alpha + 255 * (255 - alpha)) / 255) as u8;
        }
        pixel.0[3] = 255;
    }
    rgba
}
