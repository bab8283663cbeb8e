//! A bent card, seen from above: over the height of the symbol its print bows sideways, most in the middle.
//!
//! ```text
//! +-----+        +-----+
//! |     |         \     \
//! |     |    ->    )     )
//! |     |         /     /
//! +-----+        +-----+
//! ```

use std::f32::consts::PI;

use crate::card::{CODE_AT, CODE_SIDE};
use crate::shot::Shot;

/// How far the bow goes on above and below the symbol, symbol sides; beyond it the print is moved, not bent.
const BEYOND: f32 = 0.2;

/// Half a period of a sine that is zero at the symbol's upper and lower edge, so its corners stay where they are.
pub(crate) struct Bow {
    /// mm
    peak: f32,
}

impl Bow {
    /// The bend of `shot` for a symbol of `modules` a side.
    pub(crate) fn of(shot: &Shot, modules: usize) -> Self {
        Self { peak: shot.curl * CODE_SIDE / modules as f32 }
    }

    /// Largest move, mm.
    pub(crate) fn reach(&self) -> f32 {
        self.peak.abs()
    }

    /// The printed place that is seen at a place of the flat card, both mm.
    pub(crate) fn print_at(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let down = ((y - CODE_AT[1]) / CODE_SIDE).clamp(-BEYOND, 1.0 + BEYOND);
        if self.peak == 0.0 { [x, y] } else { [x - self.peak * (PI * down).sin(), y] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_moves_most_in_the_symbols_middle_and_not_at_its_corners() {
        let bow = Bow::of(&Shot { curl: 2.0, ..Shot::default() }, 34);
        let moved = |part: f32| 70.0 - bow.print_at([70.0, CODE_AT[1] + part * CODE_SIDE])[0];
        // Two modules of half a millimetre.
        assert!((moved(0.5) - 1.0).abs() < 1e-6);
        assert!(moved(0.0).abs() < 1e-6 && moved(1.0).abs() < 1e-6);
        assert!(moved(0.25) > 0.5 && moved(0.25) < 1.0);
        assert!((moved(9.0) - moved(1.2)).abs() < 1e-6, "far below it is not bent further");
    }
}
