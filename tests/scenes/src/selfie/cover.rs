//! What lies on or before a face: lids, glasses, masks. All in the face's own coordinates: right along the line of the eyes and
//! down, in IED, from the middle of the eyes; so each eye is at 0.5 right or left.

use crate::canvas::Rgb;

/// On or before the face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cover {
    /// Nothing.
    None,
    /// Clear lenses.
    Glasses(Frames),
    /// Dark lenses.
    Sunglasses(Frames),
    /// A mask over nose and mouth.
    Mask(Fabric),
    /// Paper, a hand, a scarf: the whole lower face from below the eyes, to both sides beyond it.
    Scarf(Fabric),
}

/// The shape of glasses, IED.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frames {
    /// Half width and half height of a lens.
    pub lens: [f32; 2],
    /// 2 for round lenses, more for square ones.
    pub squareness: f32,
    /// Width of the rim.
    pub rim: f32,
    /// Colour of the rim, grey levels.
    pub colour: [f32; 3],
}

/// What a mask is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fabric {
    /// Grey levels; not a number: the colour of this person's skin.
    pub colour: [f32; 3],
    /// Part of the light that every second square of a checked pattern loses.
    pub checks: f32,
    /// Where its upper edge crosses the nose, IED below the eyes.
    pub bridge: f32,
}

/// Width over which an edge fades.
const EDGE: f32 = 0.02;

/// How much of a place a shape covers, from its signed distance to the edge, IED: inside is negative.
fn inside(distance: f32) -> f32 {
    (0.5 - distance / EDGE).clamp(0.0, 1.0)
}

/// Lays `colour` over `light`.
fn over(light: Rgb, colour: Rgb, part: f32) -> Rgb {
    std::array::from_fn(|channel| light[channel] + (colour[channel] - light[channel]) * part)
}

/// Half width and half height of the opening of an eye, with the lashes.
const EYE: [f32; 2] = [0.30, 0.16];
/// Where skin beside an eye is taken from: this far above and below its centre.
const LID: f32 = 0.18;
/// The lashes of a closed eye: how far below the eye's centre they hang in the middle, at the corners, and their width.
const LASHES: [f32; 3] = [0.07, 0.01, 0.022];
/// What the lashes leave of the light.
const LASHES_LIGHT: f32 = 0.38;

/// Closed eyelids. `skin`: the light of the bare face.
pub(super) fn lids(light: Rgb, [u, v]: [f32; 2], closed: f32, skin: impl Fn([f32; 2]) -> Rgb) -> Rgb {
    let centre = 0.5_f32.copysign(u);
    let (x, y) = ((u - centre) / EYE[0], v / EYE[1]);
    let distance = (x.hypot(y) - 1.0) * EYE[1];
    // The upper lid comes down first.
    let part = inside(distance) * ((closed * 2.0 - 0.5 - y * 0.5) / 0.3).clamp(0.0, 1.0);
    if part <= 0.0 {
        return light;
    }
    let (above, below) = (skin([u, -LID]), skin([u, LID]));
    let lid = over(above, below, ((v + LID) / (2.0 * LID)).clamp(0.0, 1.0));
    let hang = LASHES[0] + (LASHES[1] - LASHES[0]) * x * x - EYE[1] * (1.0 - closed);
    let lash = inside((v - hang).abs() - LASHES[2]) * (1.0 - x.abs().powi(4)).max(0.0);
    let lid = lid.map(|value| value * (1.0 - (1.0 - LASHES_LIGHT) * lash));
    over(light, lid, part)
}

/// Where lenses sit about an eye's centre: a little outwards and down.
const LENS_AT: [f32; 2] = [0.53, 0.07];
/// How much of the light dark lenses keep.
const DARK_LENS: f32 = 0.06;
/// What clear lenses add: a faint reflection of a window, up to this many grey levels at its top.
const REFLECTION: f32 = 22.0;
/// Where glasses meet the ears.
const TEMPLE: [f32; 2] = [1.15, -0.02];

impl Cover {
    /// The light of a place with this before it. `skin`: this person's.
    pub(super) fn lay(&self, light: Rgb, at: [f32; 2], skin: Rgb, chin: f32) -> Rgb {
        match self {
            Self::None => light,
            Self::Glasses(frames) => frames
                .lay(light, at, |light, y| light.map(|value| value * 0.97 + REFLECTION * (0.2 - y).clamp(0.0, 1.0))),
            Self::Sunglasses(frames) => frames.lay(light, at, |light, y| {
                let sky = 16.0 * (0.3 - y).clamp(0.0, 1.0);
                std::array::from_fn(|channel| light[channel] * DARK_LENS + 0.35 * frames.colour[channel] + 6.0 + sky)
            }),
            Self::Mask(fabric) => fabric.mask(light, at, skin, chin),
            Self::Scarf(fabric) => fabric.scarf(light, at, skin),
        }
    }
}

impl Frames {
    fn lay(&self, light: Rgb, [u, v]: [f32; 2], lens: impl Fn(Rgb, f32) -> Rgb) -> Rgb {
        let (x, y) = ((u.abs() - LENS_AT[0]) / self.lens[0], (v - LENS_AT[1]) / self.lens[1]);
        let n = self.squareness;
        let radius = (x.abs().powf(n) + y.abs().powf(n)).powf(1.0 / n);
        let distance = (radius - 1.0) * self.lens[1].min(self.lens[0]);
        let glazed = over(light, lens(light, y), inside(distance));
        let rim = inside(distance.abs() - self.rim / 2.0);
        // A bow over the nose, and straight bars to the ears.
        let gap = LENS_AT[0] - self.lens[0];
        let bow = LENS_AT[1] - 0.3 * self.lens[1] - 0.08 * (1.0 - (u / gap.max(0.01)).powi(2)).max(0.0);
        let bridge = if u.abs() < gap { inside((v - bow).abs() - self.rim / 2.0) } else { 0.0 };
        let outer = LENS_AT[0] + self.lens[0];
        let bar =
            if u.abs() > outer && u.abs() < TEMPLE[0] { inside((v - TEMPLE[1]).abs() - self.rim / 2.0) } else { 0.0 };
        over(glazed, self.colour, rim.max(bridge).max(bar))
    }
}

/// Half width of a mask at its upper corners, and how far these are below the eyes.
const CORNERS: [f32; 2] = [0.98, 0.42];
/// From the chin to the mask's lower edge.
const BELOW_CHIN: f32 = 0.10;
/// Pleats: where they are between bridge and chin, their width, and what they leave of the light.
const PLEATS: [f32; 3] = [0.4, 0.58, 0.76];
const PLEAT: f32 = 0.022;
const PLEAT_LIGHT: f32 = 0.86;
/// Where the loops end, and their width.
const EAR: [f32; 2] = [1.2, 0.15];
const LOOP: f32 = 0.025;
/// Side of a check.
const CHECK: f32 = 0.17;

impl Fabric {
    fn shade(&self, [u, v]: [f32; 2], skin: Rgb) -> Rgb {
        let colour = if self.colour[0].is_nan() { skin } else { self.colour };
        // A bent sheet: darker towards its sides and below.
        let bent = 1.0 - 0.3 * (u / CORNERS[0]).powi(2) - 0.1 * v.max(0.0);
        let odd = ((u / CHECK).floor() + (v / CHECK).floor()).rem_euclid(2.0) >= 1.0;
        let check = if odd { 1.0 - self.checks } else { 1.0 };
        colour.map(|value| value * bent * check)
    }

    fn mask(&self, light: Rgb, [u, v]: [f32; 2], skin: Rgb, chin: f32) -> Rgb {
        let end = chin + BELOW_CHIN;
        let side = (u.abs() / CORNERS[0]).min(1.5);
        // The upper edge dips from the bridge to the corners; the lower one is half an ellipse.
        let top = self.bridge + (CORNERS[1] - self.bridge) * side.powf(1.5) - v;
        let middle = 0.5 * (CORNERS[1] + end) - 0.15;
        let down = ((v - middle) / (end - middle)).max(0.0);
        let round = (side.hypot(down) - 1.0) * CORNERS[0];
        let covered = inside(top.max(round));
        let loop_at = CORNERS[1] + 0.1 + (EAR[1] - CORNERS[1] - 0.1) * (u.abs() - CORNERS[0]) / (EAR[0] - CORNERS[0]);
        let string =
            if (CORNERS[0]..EAR[0]).contains(&u.abs()) { inside((v - loop_at).abs() - LOOP / 2.0) } else { 0.0 };
        let along = (v - self.bridge) / (end - self.bridge);
        let pleat = PLEATS.iter().any(|at| (along - at).abs() < PLEAT / 2.0 && side < 0.92);
        let shade = self.shade([u, v], skin).map(|value| if pleat { value * PLEAT_LIGHT } else { value });
        over(light, shade, covered.max(string))
    }

    fn scarf(&self, light: Rgb, [u, v]: [f32; 2], skin: Rgb) -> Rgb {
        over(light, self.shade([u * 0.6, v], skin), inside(self.bridge - v))
    }
}

/// Blends a head over a frame: 1 inside, fading out at its rim.
pub(super) fn head([u, v]: [f32; 2]) -> f32 {
    let distance = (u / 1.3).hypot((v - 0.35) / 2.0) - 1.0;
    ((0.1 - distance) / 0.2).clamp(0.0, 1.0)
}

/// Head, neck and shoulders: 1 inside.
pub(super) fn person([u, v]: [f32; 2], chin: f32) -> f32 {
    let shoulders = u.abs() - 1.1 - 1.9 * ((v - chin - 0.1) / 1.2).clamp(0.0, 1.0);
    let torso = if v > chin { ((0.1 - shoulders) / 0.2).clamp(0.0, 1.0) } else { 0.0 };
    head([u, v]).max(torso)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIGHT: Rgb = [200.0, 150.0, 120.0];

    #[test]
    fn glasses_leave_the_cheeks_and_dark_ones_darken_the_eyes() {
        let frames = Frames { lens: [0.4, 0.3], squareness: 3.0, rim: 0.05, colour: [20.0; 3] };
        let lay = |cover: Cover, at| cover.lay(LIGHT, at, LIGHT, 1.7);
        for cover in [Cover::Glasses(frames), Cover::Sunglasses(frames)] {
            assert_eq!(lay(cover, [0.5, 0.8]), LIGHT);
            assert_eq!(lay(cover, [0.53 + 0.4, 0.07]), [20.0; 3]);
        }
        assert!(lay(Cover::Glasses(frames), [0.5, 0.1])[0] > 180.0);
        assert!(lay(Cover::Sunglasses(frames), [-0.5, 0.1])[0] < 60.0);
    }

    #[test]
    fn a_mask_covers_nose_and_mouth_and_not_the_eyes() {
        let mask = Cover::Mask(Fabric { colour: [0.0; 3], checks: 0.0, bridge: 0.4 });
        let dark = |at| mask.lay(LIGHT, at, LIGHT, 1.7)[0] < 1.0;
        assert!(dark([0.0, 0.6]) && dark([0.0, 1.1]) && dark([0.4, 1.3]) && dark([0.0, 1.7]));
        assert!(!dark([0.5, 0.0]) && !dark([0.0, -0.5]) && !dark([1.1, 1.5]));
    }

    #[test]
    fn closed_lids_hide_the_iris() {
        let skin = |_| LIGHT;
        assert_eq!(lids([10.0; 3], [0.5, -0.02], 1.0, skin), LIGHT);
        assert_eq!(lids([10.0; 3], [0.5, -0.02], 0.0, skin), [10.0; 3]);
        assert!(lids(LIGHT, [0.5, 0.065], 1.0, skin)[0] < 100.0);
    }
}
