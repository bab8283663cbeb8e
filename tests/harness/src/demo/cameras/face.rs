//! The front camera: frames of a face, or a portrait that was taken before.

use std::path::{Path, PathBuf};
use std::vec;

use anyhow::{Context, Result};
use citizen_scenes::selfie::{SelfieShot, Sitter, Trouble, astronaut, astronaut_file, hold};
use citizen_vision::{Guidance, Selfie, SelfieGuide, SelfieHint, SelfieProfile};
use image::{DynamicImage, RgbImage};

use super::{INTERVAL, Seen, What, jpeg, marks};
use crate::picture::Picture;
use crate::source;

/// Where faces come from.
pub(crate) enum Faces {
    /// A portrait that is sent as it is.
    Portrait(Vec<u8>),
    /// Frames in files, in this order.
    Files(Vec<PathBuf>),
    /// Frames of the sitter that tests have; one thing after another is wrong.
    Sitter(Box<Sitter>),
}

impl Faces {
    pub(crate) fn new(portrait: Option<&Path>, frames: Option<&Path>) -> Result<Self> {
        match (portrait, frames) {
            (Some(file), _) => {
                std::fs::read(file).map(Self::Portrait).with_context(|| format!("can't read {}", file.display()))
            }
            (None, Some(dir)) => source::pictures_in(dir).map(Self::Files),
            (None, None) => {
                let file = astronaut_file();
                let advice = || format!("no portrait at {}: run `cargo xtask portraits` first", file.display());
                astronaut().map(|sitter| Self::Sitter(Box::new(sitter))).with_context(advice)
            }
        }
    }

    fn frames(&self) -> Frames {
        match self {
            Self::Portrait(_) => Frames::Drawn(Vec::new().into_iter()),
            Self::Files(files) => Frames::Files(files.clone().into_iter()),
            Self::Sitter(sitter) => Frames::Drawn(session(sitter).into_iter()),
        }
    }
}

/// What is wrong, one thing after another, and for how many frames: two seconds each, as long as people need to do something about it.
const SESSION: [(Trouble, usize); 3] = [(Trouble::Far, 20), (Trouble::Dark, 20), (Trouble::Clean, 20)];
/// How bad: clear, and not hopeless.
const CLEAR: f32 = 0.6;
const SEED: u64 = 5;

fn session(sitter: &Sitter) -> Vec<RgbImage> {
    let held = SESSION.into_iter().flat_map(|(trouble, frames)| {
        let shot = SelfieShot { roll: 1.5, ..trouble.shot(CLEAR, SEED) };
        hold(sitter, &shot, frames, SEED + trouble as u64)
    });
    held.collect()
}

/// A face that sits before the camera as often as needed.
pub(crate) struct FaceCamera {
    faces: Faces,
    /// While it is before the camera.
    stream: Option<Stream>,
}

/// One time before the camera.
struct Stream {
    guide: SelfieGuide,
    frames: Frames,
    taken: u32,
    told: Option<(SelfieHint, u8)>,
}

enum Frames {
    Drawn(vec::IntoIter<RgbImage>),
    Files(vec::IntoIter<PathBuf>),
}

impl Frames {
    fn next(&mut self) -> Option<Result<Picture>> {
        match self {
            Self::Drawn(frames) => frames.next().map(|frame| Ok(DynamicImage::from(frame).into())),
            Self::Files(files) => files.next().map(|file| Picture::open(&file)),
        }
    }
}

impl FaceCamera {
    pub(crate) fn new(faces: Faces) -> Self {
        Self { faces, stream: None }
    }

    pub(super) fn restart(&mut self) {
        self.stream = None;
    }

    pub(super) fn take_now(&self) -> Option<Seen> {
        self.stream.as_ref()?.guide.take_now().map(|portrait| Seen::portrait(portrait.jpeg))
    }

    pub(super) fn relax(&self) {
        if let Some(stream) = &self.stream {
            stream.guide.relax();
        }
    }

    pub(super) fn look(&mut self) -> Result<Option<Seen>> {
        if let Faces::Portrait(jpeg) = &self.faces {
            return Ok(Some(Seen::portrait(jpeg.clone())));
        }
        let Self { faces, stream } = self;
        stream.get_or_insert_with(|| Stream::of(faces)).look()
    }
}

impl Stream {
    fn of(faces: &Faces) -> Self {
        let guide = SelfieGuide::new(SelfieProfile::Normal, false);
        Self { guide, frames: faces.frames(), taken: 0, told: None }
    }

    fn look(&mut self) -> Result<Option<Seen>> {
        while let Some(picture) = self.frames.next() {
            let picture = picture?;
            let now = INTERVAL * self.taken;
            self.taken += 1;
            let look = self.guide.look_at(&picture.frame()?, None, now);
            let guidance = match look.selfie {
                Selfie::Captured { portrait } => return Ok(Some(Seen::portrait(portrait.jpeg))),
                Selfie::Guide { guidance } => guidance,
            };
            let (hint, stage) = (guidance.hint, stage(&guidance));
            if self.told == Some((hint, stage)) {
                continue;
            }
            self.told = Some((hint, stage));
            let mut drawn = picture.to_rgba();
            marks::face(&mut drawn, guidance.oval, look.face);
            return Ok(Some(Seen { what: What::Hint { hint: hint.id(), stage }, picture: jpeg(&drawn)? }));
        }
        Ok(None)
    }
}

/// How many further ways on the guide offers.
fn stage(Guidance { failing, ways_on, .. }: &Guidance) -> u8 {
    if ways_on.elsewhere {
        3
    } else if ways_on.shutter || ways_on.relax {
        2
    } else {
        u8::from(failing.is_some())
    }
}
