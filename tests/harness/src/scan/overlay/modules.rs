//! What the scanner made of a symbol: its border, the grid of its modules, and how sure each module is.

use citizen_vision::{Corners, Point, module_darkness};
use tiny_skia::Color;

use super::pen::Pen;
use super::perspective::Perspective;
use crate::picture::Picture;
use crate::scan::found::Symbol;

/// Least share of full darkness, or of full lightness, that is fair, and that is sure.
const FAIR: f32 = 0.25;
const SURE: f32 = 0.7;
/// Colours of an unsure, a fair and a sure module: red, green, blue. The surer, the more of the print is seen.
const COLOURS: [[f32; 3]; 3] = [[229.0, 20.0, 60.0], [255.0, 196.0, 0.0], [0.0, 200.0, 83.0]];
const OPACITIES: [f32; 3] = [1.0, 0.85, 0.45];
/// Radius of their dots, modules.
const RADII: [f32; 3] = [0.36, 0.27, 0.15];
/// The grid: red, green, blue, opacity; and its width, pixels.
const GRID: [u8; 4] = [41, 121, 255, 110];
const GRID_WIDTH: f32 = 1.0;

pub(super) struct Modules {
    corners: Corners,
    count: usize,
    perspective: Perspective,
    darkness: Vec<f32>,
}

impl Modules {
    /// `None` where no grid lies there.
    pub(super) fn of(symbol: &Symbol, picture: &Picture) -> Option<Self> {
        let Symbol { corners, modules: count, .. } = *symbol;
        let darkness = module_darkness(&picture.frame().ok()?, &corners, count)?;
        let perspective = Perspective::onto(corners.to_array())?;
        (darkness.len() == count * count).then_some(Self { corners, count, perspective, darkness })
    }

    /// Of its shortest side, pixels of the picture.
    pub(super) fn module(&self) -> f32 {
        let [a, b, c, d] = self.corners.to_array();
        let sides = [(a, b), (b, c), (c, d), (d, a)].map(|(p, q)| (p.x - q.x).hypot(p.y - q.y));
        sides.into_iter().fold(f32::MAX, f32::min) / self.count as f32
    }

    pub(super) fn corners(&self) -> [Point; 4] {
        self.corners.to_array()
    }

    /// `module`: pixels drawn.
    pub(super) fn draw(&self, pen: &mut Pen<'_>, module: f32) {
        self.draw_grid(pen);
        for (number, darkness) in self.darkness.iter().enumerate() {
            let middle = |index: usize| (index as f32 + 0.5) / self.count as f32;
            let centre = self.perspective.map(middle(number % self.count), middle(number / self.count));
            let sureness = darkness.abs();
            pen.dot(centre, blend(RADII, sureness) * module, colour(sureness, blend(OPACITIES, sureness)));
        }
    }

    fn draw_grid(&self, pen: &mut Pen<'_>) {
        let [r, g, b, a] = GRID;
        for line in 0..=self.count {
            let at = line as f32 / self.count as f32;
            for (from, to) in [((at, 0.0), (at, 1.0)), ((0.0, at), (1.0, at))] {
                let ends = [from, to].map(|(u, v)| self.perspective.map(u, v));
                pen.line(&ends, false, GRID_WIDTH, Color::from_rgba8(r, g, b, a));
            }
        }
    }
}

/// What a module of this sureness, 0 to about 1, is marked with.
pub(super) fn colour(sureness: f32, opacity: f32) -> Color {
    let [r, g, b] = [0, 1, 2].map(|channel| blend(COLOURS.map(|colour| colour[channel]), sureness) as u8);
    Color::from_rgba8(r, g, b, (opacity * 255.0) as u8)
}

/// Unsure modules are all alike; from there it goes evenly over fair to sure.
fn blend([unsure, fair, sure]: [f32; 3], sureness: f32) -> f32 {
    let middle = f32::midpoint(FAIR, SURE);
    let between = |from: f32, to: f32, [low, high]: [f32; 2]| {
        from + (to - from) * ((sureness - low) / (high - low)).clamp(0.0, 1.0)
    };
    if sureness < middle { between(unsure, fair, [FAIR, middle]) } else { between(fair, sure, [middle, SURE]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_fades_from_red_over_yellow_to_green_as_it_becomes_sure() {
        let shown = |sureness| [0, 1, 2].map(|channel| blend(COLOURS.map(|colour| colour[channel]), sureness));
        assert_eq!([0.0, 0.24].map(shown), [COLOURS[0]; 2]);
        assert_eq!([0.7, 1.2].map(shown), [COLOURS[2]; 2]);
        assert!(shown(0.475).into_iter().zip(COLOURS[1]).all(|(a, b)| (a - b).abs() < 1.0));
    }
}
