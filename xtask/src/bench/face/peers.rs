//! The peers' environment: `OpenCV` and mediapipe of fixed versions, and the LBP cascade.

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use super::TARGET;
use super::detector::{MEDIAPIPE, OPENCV};
use crate::install::python;
use crate::{portraits, root};

/// How `bench-face` calls them.
pub(super) struct Peers {
    python: PathBuf,
    script: PathBuf,
    lbp: PathBuf,
}

/// What the two import, no more: mediapipe would bring another `OpenCV`, with windows.
const THEIRS: [&str; 14] = [
    "absl-py==2.5.1",
    "attrs==26.1.0",
    "contourpy==1.3.3",
    "cycler==0.12.1",
    "flatbuffers==25.12.19",
    "fonttools==4.68.0",
    "kiwisolver==1.5.1",
    "matplotlib==3.10.8",
    "numpy==2.4.6",
    "packaging==26.3",
    "pillow==13.0.0",
    "protobuf==4.25.9",
    "pyparsing==3.3.3",
    "python-dateutil==2.9.0.post0",
];
const SIX: &str = "six==1.17.0";

impl Peers {
    pub(super) fn ready(sh: &Shell) -> Result<Self> {
        let (opencv, mediapipe) = (format!("opencv-python-headless=={OPENCV}"), format!("mediapipe=={MEDIAPIPE}"));
        let packages: Vec<&str> = THEIRS.into_iter().chain([SIX, &opencv, &mediapipe]).collect();
        Ok(Self { python: python(sh, "faces", &packages)?, script: root().join("tests/bench/faces.py"), lbp: lbp(sh)? })
    }

    /// `bench-face` with `arguments`, then with how the peers are called.
    pub(super) fn bench<'a>(&self, sh: &'a Shell, arguments: [&str; 2]) -> xshell::Cmd<'a> {
        let program = root().join(TARGET).join("release/bench-face");
        let Self { python, script, lbp } = self;
        cmd!(sh, "{program} {arguments...} {python} {script} {lbp}").quiet()
    }
}

/// `OpenCV`'s own cascade of local binary patterns. Its wheels have none any more; scikit-image's has it, with a tag misspelt, without which
/// `OpenCV` loads nothing.
fn lbp(sh: &Shell) -> Result<PathBuf> {
    const MEMBER: &str = "skimage/data/lbpcascade_frontalface_opencv.xml";
    let file = format!("{TARGET}/lbpcascade_frontalface.xml");
    if !sh.path_exists(&file) {
        let raw = format!("{file}.raw");
        portraits::extract(sh, MEMBER, &raw)?;
        sh.write_file(&file, sh.read_file(&raw).context(MEMBER)?.replace("featuhreParams", "featureParams"))?;
    }
    Ok(root().join(file))
}
