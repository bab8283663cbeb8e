//! Which of a camera's formats is asked for: one like the preview of a phone, from which cards are read.

use anyhow::{Context, Result};
use nokhwa::Camera;
use nokhwa::utils::{CameraFormat, FrameFormat, RequestedFormat, RequestedFormatType};

/// All that [`picture`](super::pixels::picture) takes, the cheapest first: luma of the first three comes without a decoder.
pub(super) const FORMATS: [FrameFormat; 6] = [
    FrameFormat::YUYV,
    FrameFormat::NV12,
    FrameFormat::GRAY,
    FrameFormat::MJPEG,
    FrameFormat::RAWRGB,
    FrameFormat::RAWBGR,
];

/// Width and height, pixels.
const SIZE: [u32; 2] = [1280, 720];
/// Frames a second.
const RATE: u32 = 30;

/// What a camera is opened with, before it can say what it offers.
pub(super) fn any() -> RequestedFormat<'static> {
    RequestedFormat::with_formats(RequestedFormatType::None, &FORMATS)
}

/// `nokhwa`'s own `Closest` looks at one pixel format only, and finds a frame rate only where the size is met exactly.
pub(super) fn choose(camera: &mut Camera) -> Result<()> {
    let offered = camera.compatible_camera_formats()?;
    let best = closest(&offered).context("it offers none that is known here")?;
    camera.set_camera_requset(RequestedFormat::with_formats(RequestedFormatType::Exact(best), &FORMATS))?;
    Ok(())
}

/// First by size, then by rate, then by the order of [`FORMATS`].
fn closest(offered: &[CameraFormat]) -> Option<CameraFormat> {
    let rank = |offer: &CameraFormat| {
        let order = FORMATS.iter().position(|format| *format == offer.format())?;
        let size = offer.width().abs_diff(SIZE[0]) + offer.height().abs_diff(SIZE[1]);
        Some((size, offer.frame_rate().abs_diff(RATE), order))
    };
    offered.iter().filter(|offer| rank(offer).is_some()).min_by_key(|offer| rank(offer)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_closest_to_a_phones_preview_is_chosen() {
        let best = CameraFormat::new_from(1280, 720, FrameFormat::MJPEG, 30);
        let offers = [
            CameraFormat::new_from(640, 480, FrameFormat::YUYV, 120),
            CameraFormat::new_from(1280, 720, FrameFormat::YUYV, 10),
            best,
            CameraFormat::new_from(1920, 1080, FrameFormat::NV12, 30),
        ];
        assert_eq!(closest(&offers), Some(best));
        assert_eq!(closest(&[]), None);
    }

    #[test]
    fn of_equal_formats_the_one_without_a_decoder_is_chosen() {
        let [plain, packed] =
            [FrameFormat::YUYV, FrameFormat::MJPEG].map(|format| CameraFormat::new_from(1280, 720, format, 30));
        assert_eq!(closest(&[packed, plain]), Some(plain));
    }
}
