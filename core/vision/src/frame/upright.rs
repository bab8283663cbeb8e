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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FrameLayout;

    const ALL: [Rotation; 4] =
        [Rotation::Upright, Rotation::Clockwise, Rotation::UpsideDown, Rotation::CounterClockwise];

    /// Six by four pixels, all different, in I420.
    fn with_frame(rotation: Rotation, look: impl Fn(&Frame<'_>)) {
        let y: Vec<u8> = (0..24).map(|i| i * 10).collect();
        let [u, v] = [0, 100].map(|from| (from..from + 6).collect::<Vec<u8>>());
        let layout = FrameLayout { chroma_row_stride: 3, chroma_pixel_stride: 1, rotation, ..FrameLayout::tight(6, 4) };
        look(&Frame::from_planes(&y, &u, &v, &layout).unwrap());
    }

    fn whole([width, height]: [usize; 2]) -> Area {
        Area { left: 0.0, top: 0.0, width: width as f32, height: height as f32 }
    }

    /// The upright picture's corners, by how each rotation turns the buffer.
    #[test]
    fn every_way_up_has_its_own_first_corner() {
        let first = [0, 180, 230, 50];
        for (rotation, first) in ALL.into_iter().zip(first) {
            with_frame(rotation, |frame| {
                let to = size(frame, rotation);
                let picture = luma(frame, rotation, whole(to), to);
                assert_eq!(picture.row(0)[0], first, "{rotation:?}");
            });
        }
    }

    #[test]
    fn a_turned_area_shows_the_same_pixels() {
        for rotation in ALL {
            with_frame(rotation, |frame| {
                let to = size(frame, rotation);
                let all = luma(frame, rotation, whole(to), to);
                let part = luma(frame, rotation, Area { left: 1.0, top: 2.0, width: 2.0, height: 1.0 }, [2, 1]);
                assert_eq!(part.row(0), &all.row(2)[1..3], "{rotation:?}");
            });
        }
    }

    #[test]
    fn smaller_is_the_mean_and_beyond_the_rim_it_goes_on() {
        with_frame(Rotation::Upright, |frame| {
            let half = luma(frame, Rotation::Upright, whole([6, 4]), [3, 2]);
            assert_eq!(half.row(0)[0], 35);
            let beyond = Area { left: -6.0, top: -4.0, width: 6.0, height: 4.0 };
            assert_eq!(luma(frame, Rotation::Upright, beyond, [6, 4]).row(3)[5], 0);
        });
    }

    #[test]
    fn colours_lie_where_luma_does() {
        with_frame(Rotation::UpsideDown, |frame| {
            let [u, v] = chroma(frame, Rotation::UpsideDown, whole([6, 4]), [3, 2]).unwrap();
            assert_eq!((u.row(0)[0], v.row(1)[2]), (5, 100));
        });
    }

    #[test]
    fn an_area_turned_there_and_back_is_the_same() {
        let area = Area { left: 3.0, top: 5.0, width: 7.0, height: 2.0 };
        for rotation in ALL {
            let size = [20.0, 30.0];
            let turned =
                if matches!(rotation, Rotation::Clockwise | Rotation::CounterClockwise) { [30.0, 20.0] } else { size };
            assert_eq!(area.turned(rotation, size).turned(rotation.back(), turned), area, "{rotation:?}");
        }
    }
}
