//! Three finders that may belong to one symbol.

use super::finder::{Extent, Finder};
use super::finder_contrast;
use crate::scratch::Scratch;
use crate::{Plane, Point};

/// Finders looked at, the surest first: three of n grow with the cube of n.
const FINDERS: usize = 36;
/// Triples compared by template, and triples returned.
const COMPARED: usize = 300;
const RETURNED: usize = 6;
/// Modules between two finders' centres: 14 in version 1, 170 in version 40, with room for a wrong module size.
const LEG: std::ops::Range<f32> = 9.0..230.0;

/// What makes three finders a triple: less certain finders must fit better.
#[derive(Debug, Clone, Copy)]
pub(in crate::qr) struct Limits {
    /// Cosine of the angle at the corner: 90 degrees give 0, seen from a slant up to 60 degrees .86.
    cosine: f32,
    /// Longer over shorter leg.
    legs: f32,
    /// Largest over smallest finder.
    sizes: f32,
    /// Least contrast of a finder, seen along the triple's own axes.
    contrast: f32,
    /// What finders less sure than the surest cost, beside the costs of a shape.
    doubt: f32,
    /// Sizes at which a finder is seen, in its own: what a search tells of size may be coarse.
    scales: &'static [f32],
}

impl Limits {
    /// For finders whose runs were measured.
    pub(in crate::qr) const CROSSED: Self =
        Self { cosine: 0.86, legs: 2.4, sizes: 2.2, contrast: 0.5, doubt: 0.0, scales: &[1.0] };
    /// For blurred finders, many of which are none.
    pub(in crate::qr) const ROUND: Self =
        Self { cosine: 0.8, legs: 3.0, sizes: 1.4, contrast: 0.6, doubt: 2.0, scales: &[0.8, 0.9, 1.0, 1.1, 1.25] };
}

/// Three finders, the corner in the middle of the name.
#[derive(Debug, Clone, Copy)]
pub(in crate::qr) struct Triple {
    /// Between the two others.
    pub(in crate::qr) corner: Finder,
    /// Clockwise from the corner: the symbol's top right, unless it is seen in a mirror.
    pub(in crate::qr) right: Finder,
    /// The symbol's bottom left.
    pub(in crate::qr) below: Finder,
    /// How much all three look like finders in the triple's own axes, 0 to 2.
    pub(in crate::qr) contrast: f32,
}

impl Triple {
    /// In pixels of a picture `scale` times as large.
    pub(in crate::qr) fn scaled(self, scale: f32) -> Self {
        let [corner, right, below] = [self.corner, self.right, self.below].map(|finder| finder.scaled(scale));
        Self { corner, right, below, ..self }
    }

    /// Corner, right, below.
    pub(in crate::qr) fn centres(&self) -> [Point; 3] {
        [self.corner, self.right, self.below].map(|finder| finder.centre)
    }

    /// Whether the same finders were found again, to a third of a module.
    pub(in crate::qr) fn is_about(&self, other: &Self) -> bool {
        let near = |(a, b): (Point, Point)| (a.x - b.x).hypot(a.y - b.y) < 0.3 * self.corner.module();
        self.centres().into_iter().zip(other.centres()).all(near)
    }

    fn with_sizes(self, scale: f32) -> Self {
        let [corner, right, below] = [self.corner, self.right, self.below].map(|finder| finder.sized(scale));
        Self { corner, right, below, ..self }
    }

    /// From the corner's centre to that of the finder on the right, and of the one below, pixels.
    pub(in crate::qr) fn legs(&self) -> [Point; 2] {
        [towards(self.corner, self.right), towards(self.corner, self.below)]
    }

    /// Modules from finder to finder, as each of corner, right and below tells by its own size: the farther away a finder
    /// is, the smaller it looks, and the more modules fit in.
    ///
    /// Along both legs there are equally many. So the legs give a module's shape, a finder's width in its row and column
    /// gives the shape's size, and nothing is lost to a slant.
    pub(in crate::qr) fn modules(&self) -> Option<[f32; 3]> {
        let [a, b] = self.legs();
        let area = a.x * b.y - a.y * b.x;
        if area.abs() < 1.0 {
            return None;
        }
        // A step along a row, and one along a column, in legs; a square's border is where the larger part is half a side.
        let row = (b.y / area).abs().max((a.y / area).abs());
        let column = (b.x / area).abs().max((a.x / area).abs());
        let length = f32::midpoint(a.x.hypot(a.y), b.x.hypot(b.y));
        let count = |finder: Finder| match finder.extent {
            Extent::Crossed { across, down } => 0.5 / (row * across) + 0.5 / (column * down),
            Extent::Round { module } => length / module,
        };
        Some([self.corner, self.right, self.below].map(count))
    }
}

/// What a search found.
#[derive(Debug)]
pub(in crate::qr) struct Finds {
    /// The surest first.
    pub(in crate::qr) finders: Scratch<Finder>,
    /// The likeliest first.
    pub(in crate::qr) triples: Scratch<Triple>,
}

impl Default for Finds {
    fn default() -> Self {
        Self { finders: Scratch::with_capacity(0), triples: Scratch::with_capacity(0) }
    }
}

impl Finds {
    /// To pixels of a picture of which this one is the part from (`x`, `y`) on.
    pub(in crate::qr) fn shift(&mut self, x: f32, y: f32) {
        self.finders.iter_mut().for_each(|finder| finder.shift(x, y));
        let finders =
            self.triples.iter_mut().flat_map(|triple| [&mut triple.corner, &mut triple.right, &mut triple.below]);
        finders.for_each(|finder| finder.shift(x, y));
    }

    /// To pixels of a picture `scale` times as large.
    pub(in crate::qr) fn scale(&mut self, scale: f32) {
        self.finders.iter_mut().for_each(|finder| *finder = finder.scaled(scale));
        self.triples.iter_mut().for_each(|triple| *triple = triple.scaled(scale));
    }
}

/// The likeliest triples, best first: first by shape, then by how much the places look like finders **in the triple's own
/// axes**, which three unrelated places do not.
pub(in crate::qr) fn ranked(plane: &Plane<'_>, mut finders: Scratch<Finder>, limits: &Limits) -> Finds {
    finders.best_first(|finder| finder.rank);
    finders.truncate(FINDERS);
    let surest = finders.first().map_or(1.0, |finder| finder.rank);
    let doubt =
        |finders: [&Finder; 3]| finders.map(|finder| limits.doubt * (1.0 - finder.rank / surest)).iter().sum::<f32>();
    let mut shaped: Scratch<(f32, Triple)> = Scratch::with_capacity(FINDERS * FINDERS);
    for (i, corner) in finders.iter().enumerate() {
        for (j, first) in finders.iter().enumerate().filter(|(j, _)| *j != i) {
            for (_, second) in finders.iter().enumerate().skip(j + 1).filter(|(k, _)| *k != i) {
                if let Some((cost, triple)) = shape([*corner, *first, *second], limits) {
                    shaped.push((cost + doubt([corner, first, second]), triple));
                }
            }
        }
    }
    shaped.best_first(|(cost, _)| -cost);
    let compared = shaped.iter().take(COMPARED).map(|(_, triple)| compared(plane, triple, limits));
    let mut triples: Scratch<Triple> = compared.filter(|triple| triple.contrast > limits.contrast).collect();
    triples.best_first(|triple| triple.contrast);
    triples.truncate(RETURNED);
    Finds { finders, triples }
}

/// How unlike a square's corner three finders are; `None` beyond what a slant explains.
fn shape([corner, first, second]: [Finder; 3], limits: &Limits) -> Option<(f32, Triple)> {
    let (a, b) = (towards(corner, first), towards(corner, second));
    // y points down: a positive cross product turns clockwise.
    let clockwise = a.x * b.y - a.y * b.x > 0.0;
    let (right, below) = if clockwise { (first, second) } else { (second, first) };
    let triple = Triple { corner, right, below, contrast: 0.0 };

    let (la, lb) = (a.x.hypot(a.y), b.x.hypot(b.y));
    let cosine = (a.x * b.x + a.y * b.y) / (la * lb);
    let legs = (la / lb).max(lb / la);
    let counts = triple.modules()?;
    let least = counts.iter().copied().fold(f32::MAX, f32::min);
    let most = counts.iter().copied().fold(0.0, f32::max);
    let fits = cosine.abs() < limits.cosine
        && legs < limits.legs
        && most < limits.sizes * least
        && counts.iter().all(|count| LEG.contains(count));
    let cost = cosine.abs() + legs.ln() + 2.0 * (most / least).ln();
    fits.then_some((cost, triple))
}

/// The triple with its finders' sizes as they look most like finders.
fn compared(plane: &Plane<'_>, triple: &Triple, limits: &Limits) -> Triple {
    let sized = limits.scales.iter().map(|&scale| triple.with_sizes(scale));
    let rated = sized.map(|triple| Triple { contrast: contrast(plane, &triple), ..triple });
    rated.max_by(|a, b| a.contrast.total_cmp(&b.contrast)).unwrap_or(*triple)
}

/// The least contrast of the three.
fn contrast(plane: &Plane<'_>, triple: &Triple) -> f32 {
    let Some(counts) = triple.modules() else { return 0.0 };
    let finders = [triple.corner, triple.right, triple.below];
    finders.into_iter().zip(counts).fold(f32::MAX, |least, (finder, count)| {
        let [right, down] = triple.legs().map(|leg| Point { x: leg.x / count, y: leg.y / count });
        least.min(finder_contrast(plane, finder.centre, right, down))
    })
}

fn towards(from: Finder, to: Finder) -> Point {
    Point { x: to.centre.x - from.centre.x, y: to.centre.y - from.centre.y }
}
