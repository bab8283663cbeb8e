//! Where a face lands in the frame, and the way back to the portrait.

use super::sitter::Sitter;
use crate::canvas::{Canvas, Rgb};

/// A similarity between the frame and a face's own coordinates: right along the line of the eyes and down from it, in IED, from
/// the middle of the eyes.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Middle of the eyes, px.
    at: [f32; 2],
    /// IED, px.
    ied: f32,
    /// One IED along the eyes, as a unit vector.
    along: [f32; 2],
}

impl Place {
    pub(super) fn new(at: [f32; 2], ied: f32, roll: f32) -> Self {
        let (sin, cos) = roll.to_radians().sin_cos();
        Self { at, ied, along: [cos, sin] }
    }

    /// Of a frame's pixel, at its centre.
    pub(super) fn on_face(&self, x: usize, y: usize) -> [f32; 2] {
        self.near(x, y, [0.0; 2])
    }

    /// Of a place that far from the pixel's centre, px.
    pub(super) fn near(&self, x: usize, y: usize, shift: [f32; 2]) -> [f32; 2] {
        let (dx, dy) = (x as f32 + 0.5 + shift[0] - self.at[0], y as f32 + 0.5 + shift[1] - self.at[1]);
        let [cos, sin] = self.along;
        [(dx * cos + dy * sin) / self.ied, (dy * cos - dx * sin) / self.ied]
    }
}

/// The portrait, to be asked for the light at a place of the face's coordinates.
pub(super) struct Print<'a> {
    sitter: &'a Sitter,
    middle: [f32; 2],
    along: [f32; 2],
    /// For what lies outside: the portrait, so small that nothing is seen of it but its colours.
    faint: Canvas,
    /// Seen in a mirror.
    pub(super) mirrored: bool,
}

/// Side of a pixel of [`Print::faint`], portrait pixels.
const FAINT: usize = 32;

impl<'a> Print<'a> {
    pub(super) fn new(sitter: &'a Sitter) -> Self {
        let [lx, ly] = sitter.landmarks.left_eye;
        let [rx, ry] = sitter.landmarks.right_eye;
        Self {
            sitter,
            middle: [f32::midpoint(lx, rx), f32::midpoint(ly, ry)],
            along: [rx - lx, ry - ly],
            faint: faint(sitter),
            mirrored: false,
        }
    }

    /// Whether a face there is smaller than in the portrait.
    pub(super) fn gets_smaller(&self, place: &Place) -> bool {
        place.ied < self.along[0].hypot(self.along[1])
    }

    /// Light at a place; outside the portrait what its rim fades to.
    pub(super) fn at(&self, [u, v]: [f32; 2]) -> Rgb {
        let u = if self.mirrored { -u } else { u };
        let [dx, dy] = self.along;
        let [x, y] = [self.middle[0] + u * dx - v * dy, self.middle[1] + u * dy + v * dx];
        let [width, height] = [self.sitter.portrait.width() as f32, self.sitter.portrait.height() as f32];
        let inside = x >= 0.5 && y >= 0.5 && x <= width - 0.5 && y <= height - 0.5;
        if inside {
            return linear([x, y], [width as usize, height as usize], |x, y| {
                self.sitter.portrait.get_pixel(x as u32, y as u32).0.map(f32::from)
            });
        }
        let small = [x, y].map(|v| v / FAINT as f32);
        linear(small, [self.faint.width, self.faint.height], |x, y| self.faint.pixels[y * self.faint.width + x])
    }
}

/// Between the four pixels about a continuous place.
fn linear([x, y]: [f32; 2], [width, height]: [usize; 2], pixel: impl Fn(usize, usize) -> Rgb) -> Rgb {
    let (x, y) = ((x - 0.5).clamp(0.0, width as f32 - 1.0), (y - 0.5).clamp(0.0, height as f32 - 1.0));
    let (left, top) = (x as usize, y as usize);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let (a, b) = (x - left as f32, y - top as f32);
    let corners = [pixel(left, top), pixel(right, top), pixel(left, bottom), pixel(right, bottom)];
    std::array::from_fn(|channel| {
        let [p, q, r, s] = corners.map(|corner| corner[channel]);
        (p + (q - p) * a) * (1.0 - b) + (r + (s - r) * a) * b
    })
}

fn faint(sitter: &Sitter) -> Canvas {
    let size = [sitter.portrait.width(), sitter.portrait.height()].map(|side| side.div_ceil(FAINT as u32));
    let mut canvas = Canvas::new(size);
    let mut counts = vec![0.0_f32; canvas.pixels.len()];
    for (x, y, pixel) in sitter.portrait.enumerate_pixels() {
        let at = (y as usize / FAINT) * canvas.width + x as usize / FAINT;
        counts[at] += 1.0;
        for (sum, value) in canvas.pixels[at].iter_mut().zip(pixel.0) {
            *sum += f32::from(value);
        }
    }
    for (pixel, count) in canvas.pixels.iter_mut().zip(counts) {
        *pixel = pixel.map(|sum| sum / count);
    }
    canvas
}
