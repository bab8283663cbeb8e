//! Live frames through `nokhwa`.

use anyhow::{Context, Result, bail};
use image::{DynamicImage, GrayImage, RgbImage};
use nokhwa::Camera;
use nokhwa::utils::{ApiBackend, CameraIndex, CameraInfo, FrameFormat, RequestedFormat, RequestedFormatType};

use super::picture::Picture;

/// Formats that [`Live::frame`] turns into a picture; luma of the first two comes without a decoder.
const FORMATS: [FrameFormat; 6] = [
    FrameFormat::YUYV,
    FrameFormat::NV12,
    FrameFormat::GRAY,
    FrameFormat::MJPEG,
    FrameFormat::RAWRGB,
    FrameFormat::RAWBGR,
];

pub(super) struct Live {
    camera: Camera,
}

/// Opens a camera, or says which there are and what to do.
pub(super) fn open(index: u32) -> Result<Live> {
    let found = nokhwa::query(ApiBackend::Auto).unwrap_or_default();
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
    let format = RequestedFormat::with_formats(RequestedFormatType::AbsoluteHighestFrameRate, &FORMATS);
    let mut camera = Camera::new(asked, format)
        .with_context(|| format!("camera {index} can't be used. Found:\n{}", list(&found)))?;
    camera.open_stream().with_context(|| format!("camera {index} does not start: is another program using it?"))?;
    eprintln!("camera {index}: {}, {}", camera.info().human_name(), camera.camera_format());
    Ok(Live { camera })
}

fn list(cameras: &[CameraInfo]) -> String {
    cameras.iter().map(|c| format!("  {}: {}", c.index(), c.human_name())).collect::<Vec<_>>().join("\n")
}

impl Live {
    /// Waits for the next frame.
    pub(super) fn frame(&mut self) -> Result<Picture> {
        let buffer = self.camera.frame().context("the camera stopped")?;
        let size = buffer.resolution();
        picture(buffer.buffer(), buffer.source_frame_format(), size.width(), size.height())
    }
}

/// Luma where the format has it apart, else colour.
fn picture(bytes: &[u8], format: FrameFormat, width: u32, height: u32) -> Result<Picture> {
    let pixels = width as usize * height as usize;
    let short = || format!("the camera sent {} bytes for {width} x {height} {format}", bytes.len());
    let grey = |luma: Vec<u8>| GrayImage::from_raw(width, height, luma).map(Picture::Grey).with_context(short);
    match format {
        FrameFormat::GRAY | FrameFormat::NV12 => grey(bytes.iter().copied().take(pixels).collect()),
        FrameFormat::YUYV => grey(bytes.iter().copied().step_by(2).take(pixels).collect()),
        FrameFormat::MJPEG => Ok(image::load_from_memory(bytes).context("a damaged frame from the camera")?.into()),
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
}
