//! One look for faces: over the whole frame, in a window about the last place, or leniently for faces behind a mask.

use super::detector::{self, Effort, Found, LEAST_FACE, USUAL};
use crate::frame::upright::{self, Area};
use crate::levels::stretched;
use crate::scratch::Scratch;
use crate::{Frame, Plane, Rotation};

/// The frame's short side while all of it is searched, pixels: a face of a quarter of it is found. Larger pictures find no more
/// portraits (98 of 100 with 160, 192 and 240), smaller ones find more in the dark, where means of more pixels have less grain.
const WHOLE: f32 = 160.0;
/// From one window to the next, pixels, wherever all of the frame is searched: what is found is looked at again in [`window`]. With 4 as
/// many are found (160 and 159 of 164 portraits in the first frame), and it takes a fifth longer.
const STRIDE: u32 = 6;
/// The same while only small faces are looked for.
const FAR: f32 = 230.0;
/// A weak answer; what it is worth is decided in the window.
const WEAK: f32 = 0.95;
/// What is looked at beyond each rim, parts of the frame's sides; the rim goes on there.
const BEYOND: f32 = 0.2;
/// The window's side, faces, and the face's in it, pixels: as small as the detector allows.
const WINDOW: f32 = 1.6;
const WINDOW_FACE: f32 = 48.0;
/// In the window any answer will do.
const ANY: f32 = 0.01;
/// Luma above which a frame is washed out, and what draws it apart again.
const WASHED_OUT: f32 = 170.0;
const GAMMA: f32 = 2.2;

/// A frame, the way it is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) frame: &'a Frame<'a>,
    pub(super) rotation: Rotation,
}

impl View<'_> {
    /// Of the upright picture, pixels.
    pub(super) fn size(&self) -> [f32; 2] {
        upright::size(self.frame, self.rotation).map(|side| side as f32)
    }

    /// Pixels on the shorter side.
    pub(super) fn short_side(&self) -> f32 {
        let [width, height] = self.size();
        width.min(height)
    }

    /// Whether a face could be told in it. The searches enlarge what is small: of a strip or a dot they would make a picture of any size.
    pub(super) fn may_show_a_face(&self) -> bool {
        const LEAST: f32 = 32.0;
        const LONGEST: f32 = 4.0;
        let [width, height] = self.size();
        width.min(height) >= LEAST && width.max(height) <= LONGEST * width.min(height)
    }

    /// The whole picture.
    fn whole(&self) -> Area {
        let [width, height] = self.size();
        Area { left: 0.0, top: 0.0, width, height }
    }

    /// An area of the upright picture in the buffer's own pixels.
    pub(super) fn in_buffer(&self, area: Area) -> Area {
        area.turned(self.rotation.back(), self.size())
    }

    /// Luma of an area, `scale` times as large.
    fn picture(&self, area: Area, scale: f32) -> Plane<'static> {
        let to = [area.width, area.height].map(|side| ((side * scale).round() as usize).max(1));
        upright::luma(self.frame, self.rotation, area, to)
    }
}

/// All faces in the frame, best first, in pixels of the upright picture.
pub(super) fn whole(view: &View<'_>) -> Scratch<Found> {
    let scale = WHOLE / view.short_side();
    let picture = view.picture(view.whole(), scale);
    let effort = Effort { score: WEAK, step: STRIDE, ..USUAL };
    in_frame(detector::find(stretched(&picture).as_ref().unwrap_or(&picture), effort), view.whole(), scale)
}

/// The same for small faces, down to 17 % of the short side: to say "come closer" to who is too far away for [`whole`].
pub(super) fn far(view: &View<'_>) -> Scratch<Found> {
    let scale = FAR / view.short_side();
    let picture = view.picture(view.whole(), scale);
    let effort = Effort { largest: 2 * LEAST_FACE as u32, step: STRIDE, ..USUAL };
    in_frame(detector::find(stretched(&picture).as_ref().unwrap_or(&picture), effort), view.whole(), scale)
}

/// The same with what may lie beyond the rim: a face that fills the frame has its box there.
pub(super) fn beyond(view: &View<'_>) -> Scratch<Found> {
    let Area { width, height, .. } = view.whole();
    let area = Area {
        left: -BEYOND * width,
        top: -BEYOND * height,
        width: (1.0 + 2.0 * BEYOND) * width,
        height: (1.0 + 2.0 * BEYOND) * height,
    };
    let scale = WHOLE / view.short_side() / (1.0 + 2.0 * BEYOND);
    let picture = view.picture(area, scale);
    let effort = Effort { score: WEAK, ..USUAL };
    in_frame(detector::find(stretched(&picture).as_ref().unwrap_or(&picture), effort), area, scale)
}

/// The same for a frame that is washed out: dark parts are drawn apart. Nothing in any other frame.
pub(super) fn washed_out(view: &View<'_>) -> Scratch<Found> {
    let scale = WHOLE / view.short_side();
    let picture = view.picture(view.whole(), scale);
    let mean = picture.rows().flatten().map(|&level| f32::from(level)).sum::<f32>() / picture.pixels().max(1) as f32;
    if mean < WASHED_OUT {
        return Scratch::with_capacity(0);
    }
    let curve: [u8; 256] = std::array::from_fn(|level| (255.0 * (level as f32 / 255.0).powf(GAMMA)) as u8);
    let drawn =
        picture.rows().flatten().map(|&level| curve.get(usize::from(level)).copied().unwrap_or(level)).collect();
    let picture = Plane::owned(drawn, picture.width(), picture.height());
    in_frame(detector::find(&picture, Effort { score: WEAK, ..USUAL }), view.whole(), scale)
}

/// The face about a place where one was, or is supposed.
pub(super) fn window(view: &View<'_>, face: Area, lenient: bool) -> Option<Found> {
    let centre = [face.left + face.width / 2.0, face.top + face.height / 2.0];
    let area = Area::square(centre, WINDOW * face.width);
    let scale = WINDOW_FACE / face.width.max(1.0);
    let picture = view.picture(area, scale);
    let effort = Effort { score: ANY, lenient, ..USUAL };
    in_frame(detector::find(stretched(&picture).as_ref().unwrap_or(&picture), effort), area, scale).first().copied()
}

/// The lenient search, in parts, so that no frame bears all of it: large faces, then small ones.
pub(super) const LENIENT_PARTS: usize = 2;

/// Faces that may be behind a mask or something else; and much that is none. Best first.
pub(super) fn lenient(view: &View<'_>, part: usize) -> Scratch<Found> {
    // Faces of the frame's half and more; then those of a quarter to a half.
    let (short_side, largest) = if part == 0 { (2 * LEAST_FACE, 0) } else { (4 * LEAST_FACE, 2 * LEAST_FACE) };
    let scale = short_side as f32 / view.short_side();
    let picture = view.picture(view.whole(), scale);
    let step = if part == 0 { 2 } else { STRIDE };
    let effort = Effort { lenient: true, step, shrink: 0.85, score: ANY, largest: largest as u32 };
    in_frame(detector::find(stretched(&picture).as_ref().unwrap_or(&picture), effort), view.whole(), scale)
}

/// From pixels of the small picture to those of the upright frame.
fn in_frame(mut found: Scratch<Found>, area: Area, scale: f32) -> Scratch<Found> {
    for Found { area: face, .. } in found.iter_mut() {
        *face = Area {
            left: area.left + face.left / scale,
            top: area.top + face.top / scale,
            width: face.width / scale,
            height: face.height / scale,
        };
    }
    found
}
