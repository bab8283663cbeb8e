//! Steps before the camera of a selfie.

use citizen_scenes::planes;
use citizen_scenes::selfie::{Sitter, Trouble, astronaut, held, held_faceless};
use citizen_vision::{FrameLayout, Guidance, Portrait, Selfie, SelfieGuide, SelfieProfile, Still, WaysOn};
use image::RgbImage;
use serde::Deserialize;
use serde_json::{Value, json};

/// From one frame to the next.
const FRAME_MS: u64 = 100;

/// How much is asked for.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Profile {
    #[default]
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

/// Frames of a stream, ten a second, until the picture takes itself; the last answer counts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stream {
    /// A trouble, or `faceless`.
    show: String,
    /// How many at most; after the last drawn one comes the first again.
    frames: usize,
    /// Ask for less from here on.
    #[serde(default)]
    relax: bool,
}

/// The first of these frames by itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OneFrame {
    show: String,
}

/// A guide, and the time on the phone's clock.
pub(crate) struct Session {
    guide: SelfieGuide,
    now_ms: u64,
}

impl Session {
    pub(crate) fn new(profile: Profile, come_closer: bool) -> Self {
        Self { guide: SelfieGuide::new(profile.into(), come_closer), now_ms: 0 }
    }

    pub(crate) fn stream(&mut self, Stream { show, frames, relax }: &Stream) -> Value {
        if *relax {
            self.guide.relax();
        }
        let drawn: Vec<_> = drawn(show).iter().map(Planes::of).collect();
        let mut answer = Value::Null;
        for planes in drawn.iter().cycle().take(*frames) {
            self.now_ms += FRAME_MS;
            let [y, u, v] = planes.each();
            let selfie = self.guide.observe(y, u, v, planes.layout, None, self.now_ms).unwrap();
            answer = match &selfie {
                Selfie::Guide { guidance } => told(guidance),
                Selfie::Captured { portrait } => return taken(Some(portrait)),
            };
        }
        answer
    }

    pub(crate) fn still(&self, OneFrame { show }: &OneFrame) -> Value {
        let planes = Planes::of(&drawn(show)[0]);
        let [y, u, v] = planes.each();
        match self.guide.accept_still(y, u, v, planes.layout).unwrap() {
            Still::Accepted { .. } => json!({ "accepted": true }),
            Still::Refused { hint } => json!({ "accepted": false, "hint": hint.id() }),
        }
    }

    pub(crate) fn take_now(&self) -> Value {
        taken(self.guide.take_now().as_ref())
    }
}

fn told(guidance: &Guidance) -> Value {
    json!({
        "captured": false,
        "hint": guidance.hint.id(),
        "failing": guidance.failing.map(|failing| failing.check.id()),
        "ways_on": names(guidance.ways_on),
    })
}

fn taken(portrait: Option<&Portrait>) -> Value {
    let failed: Vec<_> = portrait.iter().flat_map(|portrait| &portrait.failed).map(|check| check.check.id()).collect();
    json!({ "captured": portrait.is_some(), "by_hand": portrait.map(|portrait| portrait.by_hand), "failed": failed })
}

fn names(WaysOn { screen_light, shutter, relax, elsewhere }: WaysOn) -> Vec<&'static str> {
    let offered = [("screen_light", screen_light), ("shutter", shutter), ("relax", relax), ("elsewhere", elsewhere)];
    offered.into_iter().filter(|(_, is_offered)| *is_offered).map(|(name, _)| name).collect()
}

fn drawn(show: &str) -> Vec<RgbImage> {
    if show == "faceless" {
        return held_faceless();
    }
    let trouble = Trouble::named(show).unwrap_or_else(|| panic!("no trouble {show}"));
    held(&sitter(), trouble)
}

fn sitter() -> Sitter {
    astronaut().expect("`cargo xtask portraits` fetches the portrait")
}

struct Planes {
    yuv: planes::Yuv,
    layout: FrameLayout,
}

impl Planes {
    fn of(image: &RgbImage) -> Self {
        let (width, height) = image.dimensions();
        let yuv = planes::i420(image, width as usize);
        let layout = FrameLayout {
            chroma_row_stride: yuv.chroma_stride as u32,
            chroma_pixel_stride: yuv.chroma_step as u32,
            ..FrameLayout::tight(width, height)
        };
        Self { yuv, layout }
    }

    fn each(&self) -> [&[u8]; 3] {
        let planes::Yuv { bytes, u_at, v_at, .. } = &self.yuv;
        [&bytes[..*u_at], &bytes[*u_at..*v_at], &bytes[*v_at..]]
    }
}
