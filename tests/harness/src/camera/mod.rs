//! Live frames through `nokhwa`.

mod format;
mod pixels;

use std::sync::mpsc;

use anyhow::{Context, Result, bail, ensure};
use nokhwa::Camera;
use nokhwa::utils::{ApiBackend, CameraIndex, CameraInfo};

use crate::console::tell;
use crate::picture::Picture;

/// A second of damaged frames, one after the other, is no accident.
const MOST_DAMAGED: usize = 30;

/// What is asked of a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Brightness alone, where the camera has it apart.
    Luma,
    /// Colour.
    Colour,
}

pub(crate) struct Live {
    camera: Camera,
    wanted: Wanted,
}

/// Opens a camera, or says which there are and what to do.
pub(crate) fn open(index: u32, wanted: Wanted) -> Result<Live> {
    ask_permission()?;
    let found = nokhwa::query(ApiBackend::Auto).context("can't list this computer's cameras")?;
    if found.is_empty() {
        bail!(
            "no camera found (0 devices). Plug one in, or check that this user may open it (Linux: group `video`, \
             /dev/video*); or give pictures instead: FILE"
        );
    }
    let asked = CameraIndex::Index(index);
    if found.iter().all(|camera| *camera.index() != asked) {
        bail!("no camera {index}. Found:\n{}\nPass one of these numbers: --camera N", list(&found));
    }
    let mut camera = Camera::new(asked, format::any())
        .with_context(|| format!("camera {index} can't be used. Found:\n{}", list(&found)))?;
    if let Err(error) = format::choose(&mut camera) {
        tell(format_args!("camera {index} keeps the format it has: {error:#}"));
    }
    camera.open_stream().with_context(|| format!("camera {index} does not start: is another program using it?"))?;
    tell(format_args!("camera {index}: {}, {}", camera.info().human_name(), camera.camera_format()));
    Ok(Live { camera, wanted })
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

fn list(cameras: &[CameraInfo]) -> String {
    cameras.iter().map(|c| format!("  {}: {}", c.index(), c.human_name())).collect::<Vec<_>>().join("\n")
}

impl Live {
    /// Waits for the next frame that is whole.
    pub(crate) fn frame(&mut self) -> Result<Picture> {
        let next = || {
            let buffer = self.camera.frame().context("the camera stopped")?;
            let size = buffer.resolution();
            Ok(pixels::picture(
                buffer.buffer(),
                buffer.source_frame_format(),
                [size.width(), size.height()],
                self.wanted,
            ))
        };
        first_whole(next, |error| tell(format_args!("citizen: frame skipped: {error:#}")))
    }
}

/// `next`: the outer error is the camera's end, the inner one a damaged frame, which cheap cameras send now and then.
fn first_whole<T>(mut next: impl FnMut() -> Result<Result<T>>, skipped: impl Fn(anyhow::Error)) -> Result<T> {
    for _ in 0..MOST_DAMAGED {
        match next()? {
            Ok(frame) => return Ok(frame),
            Err(error) => skipped(error),
        }
    }
    bail!("the camera sent {MOST_DAMAGED} damaged frames in a row")
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use anyhow::anyhow;

    use super::*;

    /// How many frames were skipped, and how it ended, with a camera whose first frames are damaged.
    fn run(damaged: usize) -> (usize, Result<()>) {
        let (mut frames, skipped) = (0, Cell::new(0));
        let next = || {
            frames += 1;
            Ok(if frames > damaged { Ok(()) } else { Err(anyhow!("damaged")) })
        };
        let end = first_whole(next, |_| skipped.set(skipped.get() + 1));
        (skipped.get(), end)
    }

    #[test]
    fn damaged_frames_are_skipped_until_there_are_too_many() {
        assert!(matches!(run(0), (0, Ok(()))));
        assert!(matches!(run(29), (29, Ok(()))));
        assert!(matches!(run(30), (30, Err(_))));
    }

    #[test]
    fn a_camera_that_stops_ends_the_session() {
        let end = first_whole::<()>(|| bail!("the camera stopped"), |_| panic!("not a damaged frame"));
        assert_eq!(end.unwrap_err().to_string(), "the camera stopped");
    }
}
