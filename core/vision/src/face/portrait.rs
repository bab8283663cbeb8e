//! The portrait: cut out of a frame with the standard's margins, upright, the right way round, as JPEG.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageError};

use super::measures::{Eyes, TO_CHIN};
use crate::frame::upright::{self, Area};
use crate::{Frame, Plane, Rotation};

/// Margins about the face, as ISO/IEC 29794-5 measures them in OFIQ (`CropOfTheFaceImage.cpp`): from the eyes to the sides, inter-eye distances;
/// from the middle of the eyes up and down, distances from there to the chin. Each with a little to spare: boxes waver.
const SIDE: f32 = 0.9 + 0.3;
const ABOVE: f32 = 1.4 + 0.1;
const BELOW: f32 = 1.8 + 0.1;
/// JPEG quality: losses far below what a face comparison notices.
const QUALITY: u8 = 92;

/// An encoded portrait.
pub(super) struct Encoded {
    pub(super) jpeg: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// What of the upright frame the portrait shows: nothing is invented beyond its rim.
pub(super) fn area(eyes: Eyes, [width, height]: [f32; 2]) -> Area {
    let (half, up, down) = ((0.5 + SIDE) * eyes.apart, ABOVE * TO_CHIN * eyes.apart, BELOW * TO_CHIN * eyes.apart);
    let left = (eyes.middle.x - half).clamp(0.0, width - 1.0).floor();
    let top = (eyes.middle.y - up).clamp(0.0, height - 1.0).floor();
    let right = (eyes.middle.x + half).clamp(left + 1.0, width).ceil();
    let bottom = (eyes.middle.y + down).clamp(top + 1.0, height).ceil();
    Area { left, top, width: right - left, height: bottom - top }
}

/// Encodes that part of the frame. Only pixels: no place, time or device goes into the file.
///
/// # Errors
/// The encoder's.
pub(super) fn encode(frame: &Frame<'_>, rotation: Rotation, area: Area) -> Result<Encoded, ImageError> {
    let size = [area.width as usize, area.height as usize];
    let luma = upright::luma(frame, rotation, area, size);
    let colours = upright::chroma(frame, rotation, area, size);
    let rgb = rgb(&luma, colours.as_ref(), frame.mirrored());
    let [width, height] = size.map(|side| side as u32);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).write_image(&rgb, width, height, ExtendedColorType::Rgb8)?;
    Ok(Encoded { jpeg, width, height })
}

/// BT.601 in full range to RGB; a mirror image the right way round.
fn rgb(luma: &Plane<'_>, colours: Option<&[Plane<'static>; 2]>, mirrored: bool) -> Vec<u8> {
    let (width, height) = (luma.width(), luma.height());
    let mut rgb = Vec::with_capacity(3 * width * height);
    for y in 0..height {
        let at = |plane: &Plane<'_>, x: usize| f32::from(plane.row(y).get(x).copied().unwrap_or(128));
        for column in 0..width {
            let x = if mirrored { width - 1 - column } else { column };
            let level = at(luma, x);
            let [u, v] = colours.map_or([0.0; 2], |[u, v]| [at(u, x) - 128.0, at(v, x) - 128.0]);
            let pixel = [level + 1.402 * v, level - 0.344_136 * u - 0.714_136 * v, level + 1.772 * u];
            rgb.extend(pixel.map(|value| (value + 0.5) as u8));
        }
    }
    rgb
}
