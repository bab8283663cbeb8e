//! What the selfie guide answers.

use std::time::Duration;

use super::checks::Failing;
use super::compared::Compared;
use super::guide::WaysOn;
use super::hint::SelfieHint;
use super::measures::FaceMeasures;
use crate::frame::upright::Area;
use crate::{Point, Rotation};

/// What a frame of a selfie stream led to.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Selfie {
    /// Not yet: what to change.
    Guide {
        /// To be shown and spoken.
        guidance: Guidance,
    },
    /// The picture took itself. What comes next is another attempt.
    Captured {
        /// The best frame.
        portrait: Portrait,
    },
}

/// What to show.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Guidance {
    /// One thing; it stays for a second at least.
    pub hint: SelfieHint,
    /// From 8 seconds on: the check behind the hint, where it has a value.
    pub failing: Option<FailingCheck>,
    /// Where the face belongs.
    pub oval: Oval,
    /// Where it is.
    pub face: Option<FaceBox>,
    /// How much of holding still is done, 0 to 1.
    pub progress: f32,
    /// What the user may do beside following the hint.
    pub ways_on: WaysOn,
    /// How much further than the layout says the picture must be turned: the camera is built in another way up.
    pub turn: Rotation,
}

/// A check that fails, with its value.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FailingCheck {
    /// Which.
    pub check: SelfieHint,
    /// What is compared.
    pub compared: Compared,
    /// What was measured.
    pub value: f32,
    /// Where it would pass.
    pub limit: f32,
}

/// An ellipse with upright axes, pixels of the upright picture.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Oval {
    /// Its middle.
    pub centre: Point,
    /// All of it.
    pub width: f32,
    /// All of it.
    pub height: f32,
}

/// A face's box from brows to chin, pixels of the upright picture.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FaceBox {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// To the right.
    pub width: f32,
    /// Down.
    pub height: f32,
}

/// A portrait, and how it came about.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Portrait {
    /// A JPEG file, upright, the right way round, with the standard's margins as far as the frame had them; without metadata.
    pub jpeg: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What was measured of the face.
    pub measures: FaceMeasures,
    /// How long each check failed before.
    pub failed: Vec<FailedCheck>,
    /// Taken by the button, not by itself: checks may fail.
    pub by_hand: bool,
}

/// A face is shown to nobody who did not ask for it: only its size goes to logs.
impl std::fmt::Debug for Portrait {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Portrait({} x {})", self.width, self.height)
    }
}

/// A check, and how long it failed.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FailedCheck {
    /// Which.
    pub check: SelfieHint,
    /// How long.
    pub seconds: f32,
}

/// What a still picture is worth.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Still {
    /// It will do.
    Accepted {
        /// Cut out of it.
        portrait: Portrait,
    },
    /// It won't: what to change.
    Refused {
        /// One thing.
        hint: SelfieHint,
    },
}

impl From<Area> for FaceBox {
    fn from(Area { left, top, width, height }: Area) -> Self {
        Self { x: left, y: top, width, height }
    }
}

impl From<Failing> for FailingCheck {
    fn from(Failing { hint, compared, value, limit, .. }: Failing) -> Self {
        Self { check: hint, compared, value, limit }
    }
}

impl From<(SelfieHint, Duration)> for FailedCheck {
    fn from((check, time): (SelfieHint, Duration)) -> Self {
        Self { check, seconds: time.as_secs_f32() }
    }
}
