//! `citizen selfie`: pictures in; what to change, or a portrait, out.

mod each;
mod frames;
mod html;
mod overlay;
mod plot;
mod report;
mod words;

use std::path::PathBuf;

use anyhow::Result;
use citizen_vision::{SelfieGuide, SelfieProfile};
use clap::{Args, ValueEnum};

use crate::Outcome;
use crate::source::{self, Source};

#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    source: Source,
    /// One JSON object a line instead of text.
    #[arg(long)]
    json: bool,
    /// Draw the oval, the face and the hint on the picture. With several FILEs, or --dir: a folder for such pictures, `x.jpg.png` for
    /// `x.jpg`; with --burst: on its last frame, or the one that was taken.
    #[arg(long, value_name = "OUT.png")]
    overlay: Option<PathBuf>,
    /// A page with the timeline of hints over a burst, the measures as plots, and the portrait.
    #[arg(long, value_name = "OUT.html", requires = "burst")]
    report: Option<PathBuf>,
    /// Save the portrait of a burst or the camera.
    #[arg(long, value_name = "OUT.jpg", conflicts_with_all = ["files", "dir"])]
    portrait: Option<PathBuf>,
    /// How much is asked for.
    #[arg(long, value_enum, default_value_t = Profile::Normal)]
    profile: Profile,
    /// After the first hold, ask to come closer.
    #[arg(long, conflicts_with_all = ["files", "dir"])]
    come_closer: bool,
    /// Frames of a burst in a second.
    #[arg(long, value_name = "N", default_value_t = 10, conflicts_with_all = ["files", "dir", "camera"], value_parser = clap::value_parser!(u32).range(1..=240))]
    fps: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Profile {
    Normal,
    Relaxed,
    Strict,
}

impl From<Profile> for SelfieProfile {
    fn from(profile: Profile) -> Self {
        match profile {
            Profile::Normal => Self::Normal,
            Profile::Relaxed => Self::Relaxed,
            Profile::Strict => Self::Strict,
        }
    }
}

impl Options {
    fn guide(&self) -> SelfieGuide {
        SelfieGuide::new(self.profile.into(), self.come_closer)
    }
}

pub(crate) fn run(options: &Options) -> Result<Outcome> {
    if let Some(index) = options.source.camera {
        return frames::live(index, options);
    }
    if let Some(dir) = &options.source.burst {
        return frames::burst(dir, options);
    }
    match &options.source.dir {
        Some(dir) => each::each(&source::pictures_in(dir)?, options),
        None => each::each(&options.source.files, options),
    }
}
