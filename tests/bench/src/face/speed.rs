//! CPU time of each frame of streams, beside Haar on the same luma.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use citizen_scenes::planes;
use citizen_scenes::selfie::{Trouble, astronaut, faceless, hold};
use citizen_vision::{Frame, FrameLayout, SelfieGuide, SelfieProfile};
use image::RgbImage;
use serde::Serialize;

use crate::cpu;
use crate::peers::Peers;

/// A camera of ten frames a second.
const FRAME: Duration = Duration::from_millis(100);
/// Frames of a stream: each search has its turn.
const FRAMES: usize = 14;
/// How bad it is in each stream: clear, and not hopeless.
const SEVERITY: f32 = 0.6;
const SEED: u64 = 5;
/// Kinds of frames without a face.
const FACELESS: u64 = 6;
/// Each frame is looked at so often; the least time counts, what disturbs only adds.
const RUNS: usize = 7;

/// A line of the output.
#[derive(Serialize)]
struct Row<'a> {
    stream: &'a str,
    frame: usize,
    /// The face was followed from the frame before.
    followed: bool,
    /// CPU time, ms.
    ours: f64,
    haar: f64,
}

pub(crate) fn all(scratch: &Path, mut peers: Peers) -> Result<()> {
    let sitter = astronaut().context("`cargo xtask portraits` fetches the portrait")?;
    for trouble in Trouble::ALL {
        let frames = hold(&sitter, &trouble.shot(SEVERITY, SEED), FRAMES, SEED);
        stream(trouble.name(), &frames, scratch, &mut peers)?;
    }
    for seed in 0..FACELESS {
        stream(&format!("faceless {seed}"), &vec![faceless(seed); FRAMES], scratch, &mut peers)?;
    }
    Ok(())
}

fn stream(name: &str, frames: &[RgbImage], scratch: &Path, peers: &mut Peers) -> Result<()> {
    let guides: Vec<_> = (0..RUNS).map(|_| SelfieGuide::new(SelfieProfile::Normal, false)).collect();
    let (mut out, mut had_face) = (std::io::stdout().lock(), false);
    for (number, image) in frames.iter().enumerate() {
        planes::luma(image).save(scratch).with_context(|| scratch.display().to_string())?;
        let yuv = planes::i420(image, image.width() as usize);
        let frame = frame(&yuv, image)?;
        let at = FRAME * u32::try_from(number)?;
        let (mut ours, mut haar, mut has_face) = (f64::INFINITY, f64::INFINITY, false);
        for guide in &guides {
            let (look, spent) = cpu::timed(|| guide.look_at(&frame, None, at));
            ours = ours.min(spent.as_secs_f64() * 1e3);
            haar = haar.min(peers.ask("haar", scratch)?.ms);
            has_face = look.face.is_some();
        }
        let row = Row { stream: name, frame: number, followed: had_face && has_face, ours, haar };
        writeln!(out, "{}", serde_json::to_string(&row)?)?;
        had_face = has_face;
    }
    Ok(())
}

fn frame<'a>(yuv: &'a planes::Yuv, image: &RgbImage) -> Result<Frame<'a>> {
    let layout = FrameLayout {
        chroma_row_stride: u32::try_from(yuv.chroma_stride)?,
        chroma_pixel_stride: u32::try_from(yuv.chroma_step)?,
        ..FrameLayout::tight(image.width(), image.height())
    };
    let [y, u, v] = [&yuv.bytes[..yuv.u_at], &yuv.bytes[yuv.u_at..yuv.v_at], &yuv.bytes[yuv.v_at..]];
    Ok(Frame::from_planes(y, u, v, &layout)?)
}
