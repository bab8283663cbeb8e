//! Finds and reads QR codes through `rqrr`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::Plane;
use crate::geometry::{Corners, Perspective, Point};

/// A QR code that was read.
#[derive(Clone, PartialEq)]
pub struct Code {
    /// Its text.
    pub text: String,
    /// Where it is, in pixels of the upright picture.
    pub corners: Corners,
}

/// A code may hold a card: its text does not show in logs.
impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Code({} bytes)", self.text.len())
    }
}

/// A symbol that was located: read or not.
pub(super) struct Symbol {
    /// `None` where it could not be read, or is not text in UTF-8.
    pub(super) text: Option<String>,
    /// In pixels of the buffer.
    pub(super) corners: Corners,
    /// Mean side of a module, pixels.
    pub(super) module: f32,
}

/// Up to this many pixels, a frame that did not read is looked at again at twice its size: 1920 x 1080.
const SECOND_LOOK_PIXELS: usize = 1920 * 1080;

/// All symbols that `rqrr` locates; where none of them reads, in a second look too. Its binarisation loses small
/// modules: twice as large, linearly interpolated, it reads 65 instead of 54 of 81 real photos.
pub(super) fn symbols(luma: &Plane<'_>) -> Vec<Symbol> {
    let first = locate(luma.width(), luma.height(), |x, y| luma.row(y).get(x).copied().unwrap_or_default());
    let read = first.iter().any(|symbol| symbol.text.is_some());
    if read || luma.width() * luma.height() > SECOND_LOOK_PIXELS {
        return first;
    }
    let doubled = Doubled { luma };
    let mut second = locate(2 * luma.width(), 2 * luma.height(), |x, y| doubled.at(x, y));
    second.iter_mut().for_each(Symbol::halve);
    if second.iter().any(|symbol| symbol.text.is_some()) || first.is_empty() { second } else { first }
}

/// `rqrr` was not written for hostile pictures and may panic on one: such a frame counts as empty.
fn locate(width: usize, height: usize, pixel: impl Fn(usize, usize) -> u8) -> Vec<Symbol> {
    let work = || {
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
        image.detect_grids().iter().map(symbol).collect()
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_default()
}

/// A plane at twice its size, without a copy: each pixel lies a quarter of the way to its neighbours.
struct Doubled<'a> {
    luma: &'a Plane<'a>,
}

impl Doubled<'_> {
    fn at(&self, x: usize, y: usize) -> u8 {
        let (near, far) = (self.luma.row(y / 2), self.luma.row(neighbour(y, self.luma.height())));
        let far_x = neighbour(x, self.luma.width());
        let value = |row: &[u8], x: usize| u32::from(row.get(x).copied().unwrap_or_default());
        let sum = 9 * value(near, x / 2) + 3 * value(near, far_x) + 3 * value(far, x / 2) + value(far, far_x);
        ((sum + 8) / 16) as u8
    }
}

/// The other pixel that position `i` of the doubled row lies next to; the border's own at the border.
fn neighbour(i: usize, length: usize) -> usize {
    let i = if i.is_multiple_of(2) { (i / 2).saturating_sub(1) } else { i / 2 + 1 };
    i.min(length - 1)
}

impl Symbol {
    /// From the doubled picture's pixels to the frame's.
    fn halve(&mut self) {
        self.module /= 2.0;
        self.corners = Corners::from_array(self.corners.to_array().map(|p| Point { x: p.x / 2.0, y: p.y / 2.0 }));
    }
}

fn symbol<G: rqrr::BitGrid>(found: &rqrr::Grid<G>) -> Symbol {
    let size = found.grid.size() as f32;
    let corners = corners(found.bounds, size);
    // `decode_to` hands out the bytes: what is not UTF-8 is no card, and guessing an encoding would invent text.
    let mut bytes = Vec::new();
    let text = found.decode_to(&mut bytes).ok().and_then(|_| String::from_utf8(bytes).ok());
    Symbol { text, corners, module: corners.mean_side() / size }
}

/// `rqrr` gives pixel indices, and its far corners lie one module outside the symbol.
fn corners(bounds: [rqrr::Point; 4], size: f32) -> Corners {
    let outer = Corners::from_array(bounds.map(|p| Point { x: p.x as f32 + 0.5, y: p.y as f32 + 0.5 }));
    let end = size / (size + 1.0);
    Perspective::from_unit_square(outer).map_or(outer, |inside| {
        Corners::from_array([(0.0, 0.0), (end, 0.0), (end, end), (0.0, end)].map(|(u, v)| inside.map(u, v)))
    })
}
