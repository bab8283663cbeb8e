//! Who is photographed.

use std::path::{Path, PathBuf};

use image::{ImageError, RgbImage};

/// Where a face is in its portrait, continuous pixels: pixel i covers [i, i + 1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Landmarks {
    /// Centre of the iris at the picture's left.
    pub left_eye: [f32; 2],
    /// Centre of the iris at the picture's right.
    pub right_eye: [f32; 2],
    /// Middle of the mouth.
    pub mouth: [f32; 2],
    /// Tip of the chin.
    pub chin: [f32; 2],
}

/// A portrait with its landmarks.
#[derive(Clone, Debug)]
pub struct Sitter {
    pub(super) portrait: RgbImage,
    pub(super) landmarks: Landmarks,
}

impl Sitter {
    /// A portrait whose landmarks are known.
    #[must_use]
    pub fn new(portrait: RgbImage, landmarks: Landmarks) -> Self {
        Self { portrait, landmarks }
    }

    /// From the middle of the eyes: to the mouth and to the chin, in inter-eye distances, along the line of the eyes and down from it.
    pub(super) fn mouth_and_chin(&self) -> [[f32; 2]; 2] {
        let Landmarks { left_eye: [lx, ly], right_eye: [rx, ry], mouth, chin } = self.landmarks;
        let (dx, dy) = (rx - lx, ry - ly);
        let squared = dx * dx + dy * dy;
        [mouth, chin].map(|[x, y]| {
            let (x, y) = (x - f32::midpoint(lx, rx), y - f32::midpoint(ly, ry));
            [(x * dx + y * dy) / squared, (y * dx - x * dy) / squared]
        })
    }
}

/// Measured once in `astronaut.png`, 512 x 512.
const ASTRONAUT: Landmarks =
    Landmarks { left_eye: [203.9, 101.4], right_eye: [247.0, 103.8], mouth: [223.0, 147.0], chin: [221.5, 177.2] };

/// Where `cargo xtask` puts the astronaut's portrait.
#[must_use]
pub fn astronaut_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/portraits/astronaut.png")
}

/// NASA's portrait of an astronaut, public domain.
///
/// # Errors
/// `cargo xtask portraits` was not run, or the file is damaged.
pub fn astronaut() -> Result<Sitter, ImageError> {
    Ok(Sitter::new(image::open(astronaut_file())?.into_rgb8(), ASTRONAUT))
}
