//! The conditions of one frame.

/// Everything that turns a card into one frame. The default is an easy frame; write others as
/// `Shot { tilt: 30.0, ..Shot::default() }`. Lengths are frame pixels, angles degrees (clockwise as seen), brightness is in
/// grey levels 0 to 255. Values out of range are drawn as the nearest in range.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    /// Width and height of the frame, px: 1 to 8192.
    pub frame: [u32; 2],
    /// Side of a module at the symbol's centre, before tilt, px: 0.1 and more. The default of 3.4 is what makes a frame easy:
    /// rqrr read 83 of 96 such frames, at 3.0 only 50.
    pub module_px: f32,
    /// Angle between card and image plane.
    pub tilt: f32,
    /// Direction of the axis about which the card tilts; 0 points right.
    pub tilt_axis: f32,
    /// Turn of the card in its plane.
    pub roll: f32,
    /// Move of the symbol from its usual place, px right and down. A card may leave the frame.
    pub shift: [f32; 2],
    /// Radius of the disk that a point becomes out of focus, px: 0 to 24.
    pub defocus: f32,
    /// Length of the streak that a point becomes by hand shake, px: 0 to 48.
    pub motion: f32,
    /// Direction of that streak.
    pub motion_direction: f32,
    /// Deviation of the sensor's additive noise, grey levels.
    pub noise: f32,
    /// Electrons at white, from which shot noise follows; fewer are noisier. Infinite: no shot noise.
    pub photons: f32,
    /// Exposure: 1 for a good frame, 0 for a black one.
    pub gain: f32,
    /// Area of a saturating reflection as a fraction of the symbol's; 0 for none.
    pub glare: f32,
    /// Centre of the reflection in symbol coordinates: the symbol is 0 to 1 both ways.
    pub glare_at: [f32; 2],
    /// Veiling light over the whole frame, 0 to 1.
    pub haze: f32,
    /// Depth of a shadow whose edge crosses the symbol's centre, 0 to 1.
    pub shadow: f32,
    /// Direction in which the shadow lies, in the card's plane.
    pub shadow_direction: f32,
    /// Part of the card's light that comes from a laminate's stripes, 0 to 1; the print loses as much.
    pub moire: f32,
    /// From one stripe to the next, modules: 0.1 and more.
    pub moire_period: f32,
    /// Direction from one stripe to the next, in the card's plane.
    pub moire_direction: f32,
    /// Strength of the sub-pixel lattice of a display that shows the card, 0 (print) to 1.
    pub screen: f32,
    /// From one of the display's pixels to the next at the symbol's centre, px: 0.1 and more.
    pub screen_pitch: f32,
    /// How far a bent card's print is moved at the middle of the symbol's height, modules to its right; negative to its left.
    pub curl: f32,
    /// JPEG quality 1 to 100, or 0 for none.
    pub jpeg: u8,
}

impl Default for Shot {
    fn default() -> Self {
        Self {
            frame: [1280, 720],
            module_px: 3.4,
            tilt: 6.0,
            tilt_axis: 40.0,
            roll: 4.0,
            shift: [0.0, 0.0],
            defocus: 0.5,
            motion: 0.0,
            motion_direction: 20.0,
            noise: 2.5,
            photons: 4000.0,
            gain: 1.0,
            glare: 0.0,
            glare_at: [0.5, 0.5],
            haze: 0.0,
            shadow: 0.0,
            shadow_direction: 30.0,
            moire: 0.0,
            moire_period: 2.3,
            moire_direction: 55.0,
            screen: 0.0,
            screen_pitch: 1.13,
            curl: 0.0,
            jpeg: 0,
        }
    }
}

/// Largest frame side, px: a frame then takes 800 MB at most.
const MAX_SIDE: u32 = 8192;
/// Largest blurs, px: the cost grows with their area, and at half of them no symbol is left.
const MAX_DEFOCUS: f32 = 24.0;
const MAX_MOTION: f32 = 48.0;
/// Finest stripes and lattice, modules and px.
const LEAST_PERIOD: f32 = 0.1;
/// Largest bend, modules: a third of a usual symbol.
const MAX_CURL: f32 = 15.0;

impl Shot {
    /// A frame square to the card without any flaw, to measure geometry in.
    #[must_use]
    pub fn flawless() -> Self {
        Self { tilt: 0.0, roll: 0.0, defocus: 0.0, noise: 0.0, photons: f32::INFINITY, ..Self::default() }
    }

    /// The same with each value in its range.
    pub(crate) fn in_range(&self) -> Self {
        Self {
            frame: self.frame.map(|side| side.clamp(1, MAX_SIDE)),
            module_px: self.module_px.max(0.1),
            defocus: self.defocus.clamp(0.0, MAX_DEFOCUS),
            motion: self.motion.clamp(0.0, MAX_MOTION),
            noise: self.noise.max(0.0),
            photons: self.photons.max(1.0),
            gain: self.gain.max(0.0),
            glare: self.glare.max(0.0),
            haze: self.haze.clamp(0.0, 1.0),
            shadow: self.shadow.clamp(0.0, 1.0),
            moire: self.moire.clamp(0.0, 1.0),
            moire_period: self.moire_period.max(LEAST_PERIOD),
            screen: self.screen.clamp(0.0, 1.0),
            screen_pitch: self.screen_pitch.max(LEAST_PERIOD),
            curl: self.curl.clamp(-MAX_CURL, MAX_CURL),
            jpeg: self.jpeg.min(100),
            ..self.clone()
        }
    }
}
