//! CPU time of our frames as a ratio to `OpenCV`'s Haar cascade on the same frames in the same run: times alone are the machine's.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use xshell::Shell;

use super::TARGET;
use super::peers::Peers;
use crate::output::each_line_unseen;
use crate::{root, step};

/// A line of `bench-face speed`.
struct Frame {
    stream: String,
    number: u64,
    /// The face was followed from the frame before.
    followed: bool,
    ours: f64,
    haar: f64,
}

impl Frame {
    fn parse(line: &str) -> Result<Self> {
        let row: Value = serde_json::from_str(line)?;
        Self::of(&row).with_context(|| format!("not a line of `bench-face`: {line}"))
    }

    fn of(row: &Value) -> Option<Self> {
        Some(Self {
            stream: row["stream"].as_str()?.to_owned(),
            number: row["frame"].as_u64()?,
            followed: row["followed"].as_bool()?,
            ours: row["ours"].as_f64()?,
            haar: row["haar"].as_f64()?,
        })
    }
}

/// A ratio and what it must stay below.
#[derive(Debug, PartialEq)]
pub(super) struct Ratio {
    pub(super) name: &'static str,
    /// CPU ms.
    pub(super) ours: f64,
    pub(super) haar: f64,
    /// `None`: told, not held to.
    pub(super) limit: Option<f64>,
    /// Which frame, where it is one.
    pub(super) of: Option<String>,
}

impl Ratio {
    pub(super) fn ratio(&self) -> f64 {
        self.ours / self.haar
    }

    pub(super) fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.ratio() > limit)
    }
}

pub(super) fn measured(sh: &Shell, peers: &Peers) -> Result<Vec<Ratio>> {
    step("Streams of 480x640, frame by frame beside Haar");
    let scratch = root().join(TARGET).join("frame.png");
    let mut frames = Vec::new();
    let succeeded = each_line_unseen(peers.bench(sh, ["speed", &scratch.to_string_lossy()]), |line| {
        frames.push(Frame::parse(line)?);
        Ok(())
    })?;
    if !succeeded {
        bail!("`bench-face` failed");
    }
    ratios(&frames).context("`bench-face` measured nothing")
}

fn ratios(frames: &[Frame]) -> Option<Vec<Ratio>> {
    // Haar gives up early in the dark and before a wall, and finds nothing there: no frame may take more than it usually takes; beside the
    // same frame is told too.
    let usual = median(frames.iter().map(|frame| frame.haar).collect())?;
    let first = frames.iter().filter(|frame| frame.number == 0);
    Some(vec![
        of_medians("a followed face, measured", 0.25, frames.iter().filter(|frame| frame.followed))?,
        of_medians("the whole frame searched, and measured", 0.5, first)?,
        dearest("the dearest frame beside Haar's usual time", frames, |frame| frame.haar.max(usual), Some(1.0))?,
        dearest("the dearest frame beside Haar on that frame", frames, |frame| frame.haar, None)?,
    ])
}

fn dearest(name: &'static str, frames: &[Frame], haar: impl Fn(&Frame) -> f64, limit: Option<f64>) -> Option<Ratio> {
    let share = |frame: &Frame| frame.ours / haar(frame);
    let frame = frames.iter().max_by(|a, b| share(a).total_cmp(&share(b)))?;
    let of = Some(format!("{}, frame {}", frame.stream, frame.number));
    Some(Ratio { name, ours: frame.ours, haar: haar(frame), limit, of })
}

fn of_medians<'a>(name: &'static str, limit: f64, frames: impl Iterator<Item = &'a Frame>) -> Option<Ratio> {
    let (ours, haar): (Vec<_>, Vec<_>) = frames.map(|frame| (frame.ours, frame.haar)).unzip();
    Some(Ratio { name, ours: median(ours)?, haar: median(haar)?, limit: Some(limit), of: None })
}

/// The smallest that at least half of them do not exceed.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_of_the_same_frames() {
        let frame = |number, followed, ours, haar| Frame { stream: "far".to_owned(), number, followed, ours, haar };
        let frames = [frame(0, false, 12.0, 30.0), frame(1, true, 6.0, 30.0), frame(2, false, 31.5, 5.0)];
        let ratios = ratios(&frames).unwrap();
        let told: Vec<_> = ratios.iter().map(|ratio| (ratio.ratio(), ratio.is_over())).collect();
        assert_eq!(told, [(0.2, false), (0.4, false), (1.05, true), (6.3, false)]);
        assert_eq!(ratios[2].of.as_deref(), Some("far, frame 2"));
    }

    #[test]
    fn nothing_measured_is_no_ratio() {
        assert_eq!(ratios(&[]), None);
        assert_eq!(median(Vec::new()), None);
    }
}
