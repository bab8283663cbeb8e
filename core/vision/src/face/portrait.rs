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
/// Longest side, pixels. A passport's portrait has 531 at 300 dots an inch (35 x 45 mm); what a still has beyond four times that is memory.
const LONGEST: f32 = 2048.0;
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
    let scale = (LONGEST / area.width.max(area.height)).min(1.0);
    let size = [area.width, area.height].map(|side| ((side * scale) as usize).max(1));
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
    const GREY: u8 = 128;
    let mut rgb = vec![0; 3 * luma.pixels()];
    for (y, line) in rgb.chunks_exact_mut(3 * luma.width().max(1)).enumerate() {
        let [u, v] = colours.map_or([[].as_slice(); 2], |[u, v]| [u.row(y), v.row(y)]);
        let [u, v] = [u, v].map(|row| row.iter().chain(std::iter::repeat(&GREY)));
        for (x, ((&level, &u), &v)) in luma.row(y).iter().zip(u).zip(v).enumerate() {
            let x = if mirrored { luma.width() - 1 - x } else { x };
            if let Some(pixel) = line.get_mut(3 * x..3 * x + 3) {
                pixel.copy_from_slice(&to_rgb(level, u, v));
            }
        }
    }
    rgb
}

/// The matrix in 16.16 fixed point.
fn to_rgb(level: u8, u: u8, v: u8) -> [u8; 3] {
    const HALF: i32 = 1 << 15;
    let (y, u, v) = (i32::from(level) << 16, i32::from(u) - 128, i32::from(v) - 128);
    [y + 91_881 * v, y - 22_554 * u - 46_802 * v, y + 116_130 * u]
        .map(|value| u8::try_from(((value + HALF) >> 16).clamp(0, 255)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_of_bt_601() {
        // Y, U and V of black, white, mid grey and the three primaries in full range.
        let cases = [
            ([0, 128, 128], [0, 0, 0]),
            ([255, 128, 128], [255, 255, 255]),
            ([127, 128, 128], [127, 127, 127]),
            ([76, 85, 255], [254, 0, 0]),
            ([150, 44, 21], [0, 255, 1]),
            ([29, 255, 107], [0, 0, 254]),
        ];
        for ([y, u, v], expected) in cases {
            assert_eq!(to_rgb(y, u, v), expected);
        }
    }

    #[test]
    fn a_mirror_image_is_turned_the_right_way_round_and_grey_stays_grey() {
        let luma = Plane::owned([10, 20, 30, 40].into_iter().collect(), 2, 2);
        assert_eq!(rgb(&luma, None, false), [10, 10, 10, 20, 20, 20, 30, 30, 30, 40, 40, 40]);
        assert_eq!(rgb(&luma, None, true), [20, 20, 20, 10, 10, 10, 40, 40, 40, 30, 30, 30]);
    }

    #[test]
    fn the_portrait_has_the_standards_margins_and_ends_where_the_frame_does() {
        let eyes = Eyes { middle: crate::Point { x: 240.0, y: 260.0 }, apart: 60.0 };
        let area = area(eyes, [480.0, 640.0]);
        assert_eq!([area.left, area.width], [138.0, 204.0]);
        assert!(260.0 - area.top >= 1.4 * TO_CHIN * 60.0 && area.top + area.height - 260.0 >= 1.8 * TO_CHIN * 60.0);
        let near = super::area(Eyes { apart: 400.0, ..eyes }, [480.0, 640.0]);
        assert_eq!(near, Area { left: 0.0, top: 0.0, width: 480.0, height: 640.0 });
    }
}
