//! A frame as the person before the camera sees the preview: upright, whatever way the buffer lies.

use super::{Frame, Plane, Rotation};
use crate::scratch::Scratch;

/// A rectangle in continuous pixels of the upright picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Area {
    /// The same area after a turn of the picture, which has this size before it.
    pub(crate) fn turned(self, rotation: Rotation, [width, height]: [f32; 2]) -> Self {
        let Self { left, top, width: w, height: h } = self;
        let (right, bottom) = (width - left - w, height - top - h);
        match rotation {
            Rotation::Upright => self,
            Rotation::Clockwise => Self { left: bottom, top: left, width: h, height: w },
            Rotation::UpsideDown => Self { left: right, top: bottom, width: w, height: h },
            Rotation::CounterClockwise => Self { left: top, top: right, width: h, height: w },
        }
    }

    /// Whether a place lies in it.
    pub(crate) fn holds(&self, x: f32, y: f32) -> bool {
        let inside = |at: f32, from: f32, side: f32| at >= from && at < from + side;
        inside(x, self.left, self.width) && inside(y, self.top, self.height)
    }

    /// A square about a centre.
    pub(crate) fn square(centre: [f32; 2], side: f32) -> Self {
        let [x, y] = centre;
        Self { left: x - side / 2.0, top: y - side / 2.0, width: side, height: side }
    }
}

/// Width and height of the upright picture, pixels.
pub(crate) fn size(frame: &Frame<'_>, rotation: Rotation) -> [usize; 2] {
    turned_size([frame.luma().width(), frame.luma().height()], rotation)
}

fn turned_size([width, height]: [usize; 2], rotation: Rotation) -> [usize; 2] {
    match rotation {
        Rotation::Upright | Rotation::UpsideDown => [width, height],
        Rotation::Clockwise | Rotation::CounterClockwise => [height, width],
    }
}

/// Luma of an area of the upright picture, `to` = width and height in pixels: means where it gets smaller, linear between pixels
/// where it gets larger. Outside the frame its rim goes on.
pub(crate) fn luma(frame: &Frame<'_>, rotation: Rotation, area: Area, to: [usize; 2]) -> Plane<'static> {
    let plane = frame.luma();
    let side = [plane.width(), plane.height()];
    let span = in_buffer(area, rotation, side);
    let rows = |y: usize| Samples::Row(plane.row(y));
    turn(resample(rows, side, span, turned_size(to, rotation)), rotation, to)
}

/// U and V of the same; `None` without colour. `area` in pixels of luma.
pub(crate) fn chroma(frame: &Frame<'_>, rotation: Rotation, area: Area, to: [usize; 2]) -> Option<[Plane<'static>; 2]> {
    let chroma = frame.chroma()?;
    let side = [chroma.width(), chroma.height()];
    let luma_side = [frame.luma().width(), frame.luma().height()];
    let span = in_buffer(area, rotation, luma_side).map(|[from, to]| [from / 2.0, to / 2.0]);
    let buffer_size = turned_size(to, rotation);
    let planes = [0, 1].map(|which| {
        let row = |y: usize| {
            let (bytes, step) = chroma.row(which, y);
            Samples::Spaced(bytes, step)
        };
        turn(resample(row, side, span, buffer_size), rotation, to)
    });
    Some(planes)
}

/// The area's columns and rows in the buffer, each from and to.
fn in_buffer(area: Area, rotation: Rotation, [width, height]: [usize; 2]) -> [[f32; 2]; 2] {
    let (w, h) = (width as f32, height as f32);
    let x = [area.left, area.left + area.width];
    let y = [area.top, area.top + area.height];
    let back = |end: f32, [from, to]: [f32; 2]| [end - to, end - from];
    match rotation {
        Rotation::Upright => [x, y],
        Rotation::UpsideDown => [back(w, x), back(h, y)],
        // Upright (x, y) is the buffer's (y, h - x), and (w - y, x).
        Rotation::Clockwise => [y, back(h, x)],
        Rotation::CounterClockwise => [back(w, y), x],
    }
}

/// Samples of a row.
#[derive(Clone, Copy)]
enum Samples<'a> {
    Row(&'a [u8]),
    /// Every so many bytes one.
    Spaced(&'a [u8], usize),
}

/// What part of which samples an output pixel is the mean of.
#[derive(Clone, Copy)]
struct Span {
    from: f32,
    to: f32,
}

/// For each of `count` output pixels over `[from, to]`: at least one sample wide, which interpolates where it gets larger.
fn spans([from, to]: [f32; 2], count: usize, side: usize) -> Scratch<Span> {
    let step = (to - from) / count as f32;
    let half = step.max(1.0) / 2.0;
    let last = side as f32;
    let one = |i: usize| {
        let centre = (from + (i as f32 + 0.5) * step).clamp(0.5_f32.min(last), (last - 0.5).max(0.0));
        let (from, to) = ((centre - half).max(0.0), (centre + half).min(last));
        Span { from, to }
    };
    (0..count).map(one).collect()
}

fn resample<'a>(
    row: impl Fn(usize) -> Samples<'a>,
    [width, height]: [usize; 2],
    [columns, rows]: [[f32; 2]; 2],
    [to_width, to_height]: [usize; 2],
) -> Plane<'static> {
    let (across, down) = (spans(columns, to_width, width), spans(rows, to_height, height));
    let first = down.iter().map(|span| span.from).fold(f32::MAX, f32::min).max(0.0) as usize;
    let end = (down.iter().map(|span| span.to).fold(0.0, f32::max).ceil() as usize).min(height);
    let left = across.iter().map(|span| span.from).fold(f32::MAX, f32::min).max(0.0) as usize;
    let right = (across.iter().map(|span| span.to).fold(0.0, f32::max).ceil() as usize).min(width);

    // Each row of the source at the new width, then means of those.
    let mut narrow: Scratch<f32> = Scratch::with_capacity(end.saturating_sub(first) * to_width);
    let mut sums = Scratch::filled(0_u32, right.saturating_sub(left) + 1);
    for y in first..end {
        match row(y) {
            Samples::Row(samples) => add_up(&mut sums, samples.get(left..right).unwrap_or_default().iter()),
            Samples::Spaced(samples, step) => {
                add_up(&mut sums, samples.get(left * step..).unwrap_or_default().iter().step_by(step));
            }
        }
        narrow.extend(across.iter().map(|span| mean(&sums, *span, left)));
    }
    let mut means = Scratch::filled(0.0_f32, to_width);
    let mut bytes = Scratch::with_capacity(to_width * to_height);
    for span in down.iter() {
        means.fill(0.0);
        for y in span.from as usize..(span.to.ceil() as usize).min(end) {
            let part = ((y + 1) as f32).min(span.to) - (y as f32).max(span.from);
            let start = (y - first) * to_width;
            let source = narrow.get(start..start + to_width).unwrap_or_default();
            means.iter_mut().zip(source).for_each(|(mean, value)| *mean += part * value);
        }
        let scale = 1.0 / (span.to - span.from).max(f32::EPSILON);
        bytes.extend(means.iter().map(|mean| (mean * scale + 0.5) as u8));
    }
    Plane::owned(bytes, to_width, to_height)
}

/// `sums[i]` becomes the sum of the first `i` samples.
fn add_up<'a>(sums: &mut [u32], samples: impl Iterator<Item = &'a u8>) {
    let mut total = 0;
    let (_, after) = sums.split_at_mut(1.min(sums.len()));
    for (sum, &sample) in after.iter_mut().zip(samples) {
        total += u32::from(sample);
        *sum = total;
    }
}

/// Of a span of samples, from their running sums, which start at sample `left`.
fn mean(sums: &[u32], span: Span, left: usize) -> f32 {
    let up_to = |at: f32| {
        let at = at - left as f32;
        let whole = at.max(0.0) as usize;
        let sum = |i: usize| sums.get(i.min(sums.len() - 1)).copied().unwrap_or_default();
        let next = sum(whole + 1).saturating_sub(sum(whole)) as f32;
        (sum(whole), next * (at - whole as f32))
    };
    let ((a, a_part), (b, b_part)) = (up_to(span.from), up_to(span.to));
    ((b - a) as f32 + b_part - a_part) / (span.to - span.from).max(f32::EPSILON)
}

/// The buffer's small picture, upright.
fn turn(plane: Plane<'static>, rotation: Rotation, [width, height]: [usize; 2]) -> Plane<'static> {
    if rotation == Rotation::Upright {
        return plane;
    }
    let mut bytes = Scratch::with_capacity(width * height);
    for y in 0..height {
        let at = |x: usize| match rotation {
            Rotation::Upright => (x, y),
            Rotation::UpsideDown => (width - 1 - x, height - 1 - y),
            Rotation::Clockwise => (y, width - 1 - x),
            Rotation::CounterClockwise => (height - 1 - y, x),
        };
        bytes.extend((0..width).map(|x| {
            let (column, row) = at(x);
            plane.row(row).get(column).copied().unwrap_or_default()
        }));
    }
    Plane::owned(bytes, width, height)
}
