//! The conditions of one selfie.

use super::cover::Cover;

/// Everything that turns a portrait into one frame. The default is a good frame; write others as
/// `SelfieShot { roll: 25.0, ..SelfieShot::default() }`. Lengths that begin with a part of the face are in inter-eye distances (IED).
#[derive(Clone, Debug, PartialEq)]
pub struct SelfieShot {
    /// Width and height of the frame, px.
    pub frame: [u32; 2],
    /// IED as a part of the frame's short side.
    pub eyes_apart: f32,
    /// Middle of the eyes, as parts of width and height.
    pub eyes_at: [f32; 2],
    /// Turn of the head in the picture's plane, degrees, clockwise as seen.
    pub roll: f32,
    /// Colour of the skin: what its red, green and blue are multiplied by.
    pub tone: [f32; 3],
    /// What lies on or before the face.
    pub cover: Cover,
    /// How far the eyelids are closed, 0 or 1 and between.
    pub lids: f32,
    /// Another face in the frame: the middle of its eyes as parts of width and height, and its size beside the first one's.
    pub second: Option<([f32; 2], f32)>,
    /// Light from behind, 0 to 1: the background saturates, the person darkens.
    pub backlight: f32,
    /// Area of a saturating reflection as a part of the face's; 0 for none.
    pub glare: f32,
    /// Its centre, IED right of and below the middle of the eyes.
    pub glare_at: [f32; 2],
    /// Light that falls from the side: how much brighter the right cheek is than the left, 0 to 1.
    pub side_light: f32,
    /// Exposure: 1 as in the portrait. What is more than white is cut.
    pub gain: f32,
    /// What red, green and blue are multiplied by: a wrong white balance.
    pub tint: [f32; 3],
    /// Radius of the disk that a point becomes out of focus, IED.
    pub defocus: f32,
    /// Length of the streak that a point becomes by hand shake, IED.
    pub motion: f32,
    /// Direction of that streak, degrees.
    pub motion_direction: f32,
    /// Deviation of the sensor's noise, grey levels.
    pub noise: f32,
    /// JPEG quality 1 to 100, or 0 for none.
    pub jpeg: u8,
}

impl Default for SelfieShot {
    fn default() -> Self {
        Self {
            frame: [480, 640],
            eyes_apart: 0.26,
            eyes_at: [0.5, 0.41],
            roll: 0.0,
            tone: [1.0; 3],
            cover: Cover::None,
            lids: 0.0,
            second: None,
            backlight: 0.0,
            glare: 0.0,
            glare_at: [0.0, -0.6],
            side_light: 0.0,
            gain: 1.0,
            tint: [1.0; 3],
            defocus: 0.0,
            motion: 0.0,
            motion_direction: 20.0,
            noise: 2.0,
            jpeg: 0,
        }
    }
}

impl SelfieShot {
    /// IED, px.
    pub(super) fn ied(&self) -> f32 {
        self.eyes_apart * self.frame[0].min(self.frame[1]) as f32
    }

    /// Middle of the eyes of each face, px; the one in front first.
    #[must_use]
    pub fn faces(&self) -> Vec<[f32; 2]> {
        let [width, height] = self.frame.map(|side| side as f32);
        let second = self.second.map(|(at, _)| at);
        [self.eyes_at].into_iter().chain(second).map(|[x, y]| [x * width, y * height]).collect()
    }
}
