//! A frame while it is being made: light in grey levels (0 black, 255 white, more where it will saturate), RGB interleaved.

/// Red, green and blue, grey levels.
pub(crate) type Rgb = [f32; 3];
/// The same, then how much of the place it covers, 0 to 1. Four numbers are also mixed faster than three.
pub(crate) type Rgba = [f32; 4];

pub(crate) struct Canvas {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// `height` rows of `width` pixels.
    pub(crate) pixels: Vec<Rgb>,
}

impl Canvas {
    /// Black, of `frame` = width, height.
    pub(crate) fn new(frame: [u32; 2]) -> Self {
        let [width, height] = frame.map(|side| side as usize);
        Self { width, height, pixels: vec![[0.0; 3]; width * height] }
    }

    /// The rows with their number, from the top.
    pub(crate) fn rows_mut(&mut self) -> impl Iterator<Item = (usize, &mut [Rgb])> {
        self.pixels.chunks_exact_mut(self.width).enumerate()
    }
}
