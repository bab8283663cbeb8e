//! A frame with its truth.

use image::RgbImage;

use crate::card::{CODE_AT, CODE_SIDE};
use crate::pose::Homography;
use crate::sheet::Sheet;
use crate::shot::Shot;
use crate::{desk, lens, light, place, sensor};

/// A frame and what is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    /// The frame.
    pub image: RgbImage,
    /// Outer corners of the symbol without quiet zone, in its own order (top left, top right, bottom right, bottom left as
    /// printed). Frame pixels, continuous: pixel i covers [i, i + 1). Not a number for a corner behind the camera.
    pub corners: [[f32; 2]; 4],
    /// What the symbol says, whether or not the frame lets it be read.
    pub text: String,
}

impl Photo {
    /// Whether the whole symbol is in the frame.
    #[must_use]
    pub fn symbol_in_view(&self) -> bool {
        let size = [self.image.width() as f32, self.image.height() as f32];
        self.corners.iter().all(|corner| (0..2).all(|axis| (0.0..=size[axis]).contains(&corner[axis])))
    }
}

/// Photographs a card or a screen. `seed` chooses the desk and the noise.
#[must_use]
pub fn photograph(sheet: &impl AsRef<Sheet>, shot: &Shot, seed: u64) -> Photo {
    photograph_on_desk(sheet.as_ref(), shot, seed, seed)
}

/// Photographs it on the desk of one seed with the noise of another.
pub(crate) fn photograph_on_desk(sheet: &Sheet, shot: &Shot, desk: u64, noise: u64) -> Photo {
    let shot = shot.in_range();
    let modules = sheet.code().side();
    let pose = Homography::of(&shot, modules);
    let mut canvas = desk::lay(&shot, desk);
    place::place(&mut canvas, sheet, &shot, &pose);
    light::shine(&mut canvas, &shot, &pose);
    lens::blur(&mut canvas, &shot);
    Photo {
        image: sensor::develop(&canvas, &shot, noise),
        corners: corners(&pose),
        text: sheet.code().text().to_owned(),
    }
}

pub(crate) fn corners(pose: &Homography) -> [[f32; 2]; 4] {
    let [left, top] = CODE_AT.map(f64::from);
    let [right, bottom] = CODE_AT.map(|edge| f64::from(edge + CODE_SIDE));
    [[left, top], [right, top], [right, bottom], [left, bottom]]
        .map(|corner| pose.apply(corner).map_or([f32::NAN; 2], |place| place.map(|px| px as f32)))
}
