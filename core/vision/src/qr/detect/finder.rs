//! A finder pattern, however it was found.

use crate::Point;

/// A finder pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::qr) struct Finder {
    /// Pixels.
    pub(in crate::qr) centre: Point,
    /// How large it is.
    pub(in crate::qr) extent: Extent,
    /// How sure the search is; comparable within one search.
    pub(in crate::qr) rank: f32,
}

/// What a search measures of a finder's size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::qr) enum Extent {
    /// A seventh of its width along its middle row and along its middle column, pixels: longer than a module where the
    /// symbol is turned.
    Crossed { across: f32, down: f32 },
    /// Side of a module by its rings, pixels.
    Round { module: f32 },
}

impl Finder {
    pub(super) fn shift(&mut self, x: f32, y: f32) {
        self.centre = Point { x: self.centre.x + x, y: self.centre.y + y };
    }

    /// In pixels of a picture `scale` times as large.
    pub(in crate::qr) fn scaled(self, scale: f32) -> Self {
        let centre = Point { x: self.centre.x * scale, y: self.centre.y * scale };
        Self { centre, ..self.sized(scale) }
    }

    /// In the same place, `scale` times as large.
    pub(super) fn sized(self, scale: f32) -> Self {
        let extent = match self.extent {
            Extent::Crossed { across, down } => Extent::Crossed { across: across * scale, down: down * scale },
            Extent::Round { module } => Extent::Round { module: module * scale },
        };
        Self { extent, ..self }
    }

    /// Roughly the side of a module, pixels.
    pub(in crate::qr) fn module(&self) -> f32 {
        match self.extent {
            Extent::Crossed { across, down } => f32::midpoint(across, down),
            Extent::Round { module } => module,
        }
    }
}
