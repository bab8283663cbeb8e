//! Live frames through `nokhwa`.

use std::io::Cursor;
use std::sync::mpsc;

use anyhow::{Context, Result, bail, ensure};
use image::{DynamicImage, GrayImage, RgbImage};
use nokhwa::Camera;
use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, CameraInfo, FrameFormat, RequestedFormat, RequestedFormatType,
};

use super::picture::Picture;
use crate::console::tell;

/// Formats that [`Live::frame`] turns into a picture; luma of the first two comes without a decoder.
const FORMATS: [FrameFormat; 6] = [
    FrameFormat::YUYV,
    FrameFormat::NV12,
    FrameFormat::GRAY,
    FrameFormat::MJPEG,
    FrameFormat::RAWRGB,
    FrameFormat::RAWBGR,
];

/// What a phone's camera gives its preview, pixels and frames a second: cards are read from such frames.
const SIZE: [u32; 2] = [1280, 720];
const RATE: u32 = 30;

/// A second of damaged frames, one after the other, is no accident.
const MOST_DAMAGED: usize = 30;

pub(super) struct Live {
    camera: Camera,
}

/// Opens a camera, or says which there are and what to do.
pub(super) fn open(index: u32) -> Result<Live> {
    ask_permission()?;
    let found = nokhwa::query(ApiBackend::Auto).context("can't list this computer's cameras")?;
    if found.is_empty() {
        bail!(
            "no camera found (0 devices). Plug one in, or check that this user may open it (Linux: group `video`, \
             /dev/video*); or scan pictures: citizen scan FILE"
        );
    }
    let asked = CameraIndex::Index(index);
    if found.iter().all(|camera| *camera.index() != asked) {
        bail!("no camera {index}. Found:\n{}\nPass one of these numbers: --camera N", list(&found));
    }
    let mut camera = Camera::new(asked, RequestedFormat::with_formats(RequestedFormatType::None, &FORMATS))
        .with_context(|| format!("camera {index} can't be used. Found:\n{}", list(&found)))?;
    if let Err(error) = choose_format(&mut camera) {
        tell(format_args!("camera {index} keeps the format it has: {error:#}"));
    }
    camera.open_stream().with_context(|| format!("camera {index} does not start: is another program using it?"))?;
    tell(format_args!("camera {index}: {}, {}", camera.info().human_name(), camera.camera_format()));
    Ok(Live { camera })
}

/// macOS asks its user, and lists no camera before the answer; elsewhere the answer is yes at once.
fn ask_permission() -> Result<()> {
    let (answer, answered) = mpsc::channel();
    nokhwa::nokhwa_initialize(move |granted| {
        let _ = answer.send(granted);
    });
    ensure!(answered.recv() == Ok(true), "this program may not use the camera: allow it in the system's settings");
    Ok(())
}

/// `nokhwa`'s own `Closest` looks at one pixel format only, and finds a frame rate only where the size is met exactly.
fn choose_format(camera: &mut Camera) -> Result<()> {
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
    offered
        .iter()
        .filter_map(|offer| Some((rank(offer)?, *offer)))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, offer)| offer)
}

fn list(cameras: &[CameraInfo]) -> String {
    cameras.iter().map(|c| format!("  {}: {}", c.index(), c.human_name())).collect::<Vec<_>>().join("\n")
}

impl Live {
    /// Waits for the next frame that is whole.
    pub(super) fn frame(&mut self) -> Result<Picture> {
        first_whole(|| {
            let buffer = self.camera.frame().context("the camera stopped")?;
            let size = buffer.resolution();
            Ok(picture(buffer.buffer(), buffer.source_frame_format(), size.width(), size.height()))
        })
    }
}

/// `next`: the outer error is the camera's end, the inner one a damaged frame, which cheap cameras send now and then.
fn first_whole<T>(mut next: impl FnMut() -> Result<Result<T>>) -> Result<T> {
    for _ in 0..MOST_DAMAGED {
        match next()? {
            Ok(frame) => return Ok(frame),
            Err(error) => tell(format_args!("citizen: frame skipped: {error:#}")),
        }
    }
    bail!("the camera sent {MOST_DAMAGED} damaged frames in a row")
}

/// Luma where the format has it apart, else colour.
fn picture(bytes: &[u8], format: FrameFormat, width: u32, height: u32) -> Result<Picture> {
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

    #[test]
    fn the_format_closest_to_a_phones_preview_is_chosen() {
        let offer = |width, height, format, rate| CameraFormat::new_from(width, height, format, rate);
        let best = offer(1280, 720, FrameFormat::MJPEG, 30);
        let offers = [
            offer(640, 480, FrameFormat::YUYV, 120),
            offer(1280, 720, FrameFormat::YUYV, 10),
            best,
            offer(1920, 1080, FrameFormat::NV12, 30),
        ];
        assert_eq!(closest(&offers), Some(best));
        let plain = offer(1280, 720, FrameFormat::YUYV, 30);
        assert_eq!(closest(&[best, plain]), Some(plain), "luma without a decoder");
        assert_eq!(closest(&[]), None);
    }

    #[test]
    fn damaged_frames_are_skipped_until_there_are_too_many() {
        let run = |damaged: usize| {
            let mut left = damaged;
            first_whole(|| {
                let whole = left == 0;
                left = left.saturating_sub(1);
                Ok(if whole { Ok(()) } else { Err(anyhow::anyhow!("damaged")) })
            })
        };
        assert!(run(0).is_ok() && run(MOST_DAMAGED - 1).is_ok());
        assert!(run(MOST_DAMAGED).is_err());
        assert!(first_whole::<()>(|| bail!("the camera stopped")).is_err());
    }
}
