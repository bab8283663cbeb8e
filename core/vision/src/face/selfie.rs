//! The selfie guide: a frame in; one thing to change, or the portrait, out.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::answer::{FaceBox, FailedCheck, FailingCheck, Guidance, Oval, Portrait, Selfie, Still};
use super::checks::{Memory, SelfieProfile};
use super::finder::{self, Finder, Sight};
use super::guide::{Advice, Guide};
use super::hint::SelfieHint;
use super::kept::{Kept, Rank};
use super::landmarks::FaceLandmarks;
use super::look::{OwnEyes, Seen, is_covered_face, look};
use super::measures::{Eyes, FaceMeasures};
use super::portrait::{self, Encoded};
use super::search::View;
use crate::frame::upright::{self, Area};
use crate::guarded;
use crate::scratch::Shelf;
use crate::{Frame, FrameError, FrameLayout, PixelFormat, Point, Rotation};

/// One frame with all that was measured, for reports.
#[derive(Debug, Clone, PartialEq)]
pub struct SelfieLook {
    /// What it led to.
    pub selfie: Selfie,
    /// Where a face is, pixels of the upright picture.
    pub face: Option<FaceBox>,
    /// What was measured of it.
    pub measures: Option<FaceMeasures>,
    /// What this frame alone would be told.
    pub due: SelfieHint,
}

/// Guides somebody to a portrait. One guide serves a whole session, from any thread.
#[derive(Debug)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct SelfieGuide {
    profile: SelfieProfile,
    come_closer: bool,
    stream: Mutex<Stream>,
}

/// What is kept from frame to frame.
#[derive(Debug)]
struct Stream {
    guide: Guide,
    finder: Finder,
    memory: Memory,
    own: OwnEyes,
    /// Whose memory and eyes these are.
    track: u32,
    kept: Kept,
    shelf: Shelf,
}

impl SelfieGuide {
    fn stream(&self) -> MutexGuard<'_, Stream> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the next frame of a stream, which was taken at `now` on any clock. Where that goes back, no time has passed.
    #[must_use]
    pub fn look_at(&self, frame: &Frame<'_>, landmarks: Option<&FaceLandmarks>, now: Duration) -> SelfieLook {
        self.stream().with_shelf(frame.luma().pixels(), |stream| stream.look_at(frame, landmarks, now))
    }

    /// Looks at a picture by itself, which counts as a steady view: the hint is what it is due, [`SelfieHint::Good`] where it would be
    /// taken. Its profile is the guide's; nothing is kept of it.
    #[must_use]
    pub fn look_still(&self, frame: &Frame<'_>) -> (Option<FaceBox>, Option<FaceMeasures>, SelfieHint) {
        let (view, seen) = self.see_still(frame, Rotation::Upright);
        (seen.face.map(|face| in_preview(face.area, &view)), seen.face.map(|face| face.measures), seen.due)
    }

    /// `further`: how much further than it says the picture must be turned, as far as that is known.
    fn see_still<'a>(&self, frame: &'a Frame<'a>, further: Rotation) -> (View<'a>, Seen) {
        let profile = self.stream().guide.profile;
        Shelf::default().during(frame.luma().pixels(), || {
            let view = View { frame, rotation: frame.rotation().then(further) };
            let (sight, rotation) = finder::find_in_still(&view, is_covered_face);
            let view = View { rotation, ..view };
            (view, look(&view, &sight, None, profile, &mut Memory::default(), &mut OwnEyes::default()))
        })
    }

    fn accept(&self, frame: &Frame<'_>) -> Result<Still, FrameError> {
        let further = self.stream().finder.further();
        let (view, seen) = self.see_still(frame, further);
        let Some(face) = seen.face.filter(|_| seen.usable) else { return Ok(Still::Refused { hint: seen.due }) };
        let failed = self.stream().guide.failed().map(FailedCheck::from).collect();
        let portrait = Portrait::of(frame, view.rotation, (face.eyes, face.measures), failed, false)?;
        Ok(Still::Accepted { portrait })
    }
}

impl Stream {
    fn new(profile: SelfieProfile, come_closer: bool) -> Self {
        Self {
            guide: Guide::new(profile, come_closer),
            finder: Finder::default(),
            memory: Memory::default(),
            own: OwnEyes::default(),
            track: 0,
            kept: Kept::default(),
            shelf: Shelf::default(),
        }
    }

    /// What `work` makes of this size comes from the shelf and goes back to it.
    fn with_shelf<T>(&mut self, size: usize, work: impl FnOnce(&mut Self) -> T) -> T {
        let mut shelf = std::mem::take(&mut self.shelf);
        let result = shelf.during(size, || work(self));
        self.shelf = shelf;
        result
    }

    fn look_at(&mut self, frame: &Frame<'_>, landmarks: Option<&FaceLandmarks>, now: Duration) -> SelfieLook {
        let tick = self.guide.tick(now);
        let sight = self.finder.look(frame, tick.0, is_covered_face);
        let view = View { frame, rotation: self.finder.rotation(frame) };
        let seen = (!sight.is_waiting).then(|| self.see(&view, &sight, landmarks));
        let face = seen.and_then(|seen| seen.face);
        let is_offered = !sight.several && !self.guide.is_coming_closer();
        if let (Some(face), Some(seen)) = (face.filter(|_| is_offered), seen) {
            let rank = Rank { track: sight.track, is_good: seen.due == SelfieHint::Good, is_usable: seen.usable };
            self.kept.offer(&view, &face, rank);
        }
        let is_kept = self.kept.best().is_some();
        let advice = match &seen {
            Some(seen) => self.guide.observe(seen, tick, sight.track, is_kept),
            None => self.guide.wait(tick, is_kept),
        };
        let due = seen.map_or(SelfieHint::NoFace, |seen| seen.due);
        let (face, measures) = (face.map(|face| in_preview(face.area, &view)), face.map(|face| face.measures));
        SelfieLook { selfie: self.answer(&advice, &view, face), face, measures, due }
    }

    fn see(&mut self, view: &View<'_>, sight: &Sight, landmarks: Option<&FaceLandmarks>) -> Seen {
        // What the phone saw lies in the picture as the camera says it is turned.
        let landmarks = landmarks.filter(|_| view.rotation == view.frame.rotation());
        // Another face is judged by its own eyes.
        if sight.face.is_some() && sight.track != self.track {
            (self.track, self.memory, self.own) = (sight.track, Memory::default(), OwnEyes::default());
        }
        look(view, sight, landmarks, self.guide.profile, &mut self.memory, &mut self.own)
    }

    fn answer(&mut self, advice: &Advice, view: &View<'_>, face: Option<FaceBox>) -> Selfie {
        match advice.done.then(|| self.portrait(false)).flatten() {
            Some(portrait) => {
                self.begin_again();
                Selfie::Captured { portrait }
            }
            None => Selfie::Guide { guidance: guidance(advice, view, face) },
        }
    }

    /// The best frame so far as a portrait.
    fn portrait(&self, by_hand: bool) -> Option<Portrait> {
        let best = self.kept.best()?;
        let (frame, rotation) = self.kept.frame()?.ok()?;
        let failed = self.guide.failed().map(FailedCheck::from).collect();
        Portrait::of(&frame, rotation, (best.eyes, best.measures), failed, by_hand).ok()
    }

    /// Another attempt of the same person with the same camera: what is known of both stays.
    fn begin_again(&mut self) {
        self.guide = self.guide.anew();
        self.memory = Memory::default();
        self.kept.clear();
    }
}

impl Portrait {
    fn of(
        frame: &Frame<'_>,
        rotation: Rotation,
        (eyes, measures): (Eyes, FaceMeasures),
        failed: Vec<FailedCheck>,
        by_hand: bool,
    ) -> Result<Self, FrameError> {
        let size = upright::size(frame, rotation).map(|side| side as f32);
        // Encoding into memory can't fail for a size within a frame's.
        let Encoded { jpeg, width, height } =
            portrait::encode(frame, rotation, portrait::area(eyes, size)).map_err(|_| FrameError::Internal)?;
        Ok(Self { jpeg, width, height, measures, failed, by_hand })
    }
}

/// From the picture that is upright to the one that the camera says is.
fn in_preview(area: Area, view: &View<'_>) -> FaceBox {
    let further = view.rotation.then(view.frame.rotation().back());
    area.turned(further.back(), view.size()).into()
}

fn guidance(advice: &Advice, view: &View<'_>, face: Option<FaceBox>) -> Guidance {
    let preview = View { rotation: view.frame.rotation(), ..*view };
    Guidance {
        hint: advice.hint,
        failing: advice.failing.map(FailingCheck::from),
        oval: oval(preview.size(), advice.closer),
        face,
        progress: advice.progress,
        ways_on: advice.ways_on,
        turn: view.rotation.then(view.frame.rotation().back()),
    }
}

/// Where a face of a good size belongs: a little above the middle. `larger`: how much larger it shall be than usual.
fn oval([width, height]: [f32; 2], larger: f32) -> Oval {
    /// A face with chin and brow beside the frame's short side; and its height over its width.
    const WIDTH: f32 = 0.62;
    const TALL: f32 = 1.35;
    let across = (WIDTH * larger * width.min(height)).min(0.96 * width);
    let tall = (TALL * across).min(0.9 * height);
    Oval { centre: Point { x: 0.5 * width, y: 0.45 * height }, width: across, height: tall }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl SelfieGuide {
    /// A guide that asks for `profile`. `come_closer`: after the first hold the face must get a third larger, which a printed picture on a
    /// table does not do; the portrait is from before.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    #[must_use]
    pub fn new(profile: SelfieProfile, come_closer: bool) -> Self {
        Self { profile, come_closer, stream: Mutex::new(Stream::new(profile, come_closer)) }
    }

    /// Looks at the next frame of a stream: three planes, as they are, without a copy; `u` and `v` empty where there is no colour. `now_ms`:
    /// when it was taken, milliseconds on any clock.
    ///
    /// # Errors
    /// [`FrameError`] where the planes do not hold such a frame.
    pub fn observe(
        &self,
        y: &[u8],
        u: &[u8],
        v: &[u8],
        layout: FrameLayout,
        landmarks: Option<FaceLandmarks>,
        now_ms: u64,
    ) -> Result<Selfie, FrameError> {
        guarded(|| {
            let frame = frame(y, u, v, &layout)?;
            Ok(self.look_at(&frame, landmarks.as_ref(), Duration::from_millis(now_ms)).selfie)
        })
    }

    /// The same for a frame in one buffer; packed colour is converted here.
    ///
    /// # Errors
    /// [`FrameError`] where `pixels` do not hold such a frame.
    pub fn observe_buffer(
        &self,
        pixels: &[u8],
        format: PixelFormat,
        layout: FrameLayout,
        landmarks: Option<FaceLandmarks>,
        now_ms: u64,
    ) -> Result<Selfie, FrameError> {
        guarded(|| {
            // The planes that packed colour is converted to are used again as well.
            self.stream().with_shelf(pixels.len(), |stream| {
                let frame = Frame::from_buffer(pixels, format, &layout)?;
                Ok(stream.look_at(&frame, landmarks.as_ref(), Duration::from_millis(now_ms)).selfie)
            })
        })
    }

    /// Judges a picture by itself, such as a still of full resolution taken when the guide was done, and cuts the portrait out of it. Checks
    /// that do not hide the face are not asked for.
    ///
    /// # Errors
    /// [`FrameError`] where the planes do not hold such a picture.
    pub fn accept_still(&self, y: &[u8], u: &[u8], v: &[u8], layout: FrameLayout) -> Result<Still, FrameError> {
        guarded(|| self.accept(&frame(y, u, v, &layout)?))
    }

    /// The same for a picture in one buffer.
    ///
    /// # Errors
    /// [`FrameError`] where `pixels` do not hold such a picture.
    pub fn accept_still_buffer(
        &self,
        pixels: &[u8],
        format: PixelFormat,
        layout: FrameLayout,
    ) -> Result<Still, FrameError> {
        guarded(|| self.accept(&Frame::from_buffer(pixels, format, &layout)?))
    }

    /// The button: the best picture so far, whatever its checks say; `None` while no face was seen.
    #[must_use]
    pub fn take_now(&self) -> Option<Portrait> {
        guarded(|| {
            let mut stream = self.stream();
            let portrait = stream.portrait(true);
            if portrait.is_some() {
                stream.begin_again();
            }
            Ok(portrait)
        })
        .unwrap_or_default()
    }

    /// Asks for less from now on.
    pub fn relax(&self) {
        self.stream().guide.profile = SelfieProfile::Relaxed;
    }

    /// Forgets everything: another person, or the app comes back.
    pub fn restart(&self) {
        *self.stream() = Stream::new(self.profile, self.come_closer);
    }
}

fn frame<'a>(y: &'a [u8], u: &'a [u8], v: &'a [u8], layout: &FrameLayout) -> Result<Frame<'a>, FrameError> {
    if u.is_empty() && v.is_empty() { Frame::from_luma(y, layout) } else { Frame::from_planes(y, u, v, layout) }
}
