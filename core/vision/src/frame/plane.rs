//! Planes of samples: rows at a stride, borrowed or owned.

use super::{FrameError, FrameLayout, FramePlane, MAX_SIDE};
use crate::scratch::Scratch;

/// A plane of one byte a pixel.
#[derive(Clone)]
pub struct Plane<'a> {
    bytes: Bytes<'a>,
    width: usize,
    height: usize,
    row_stride: usize,
}

#[derive(Clone)]
enum Bytes<'a> {
    Borrowed(&'a [u8]),
    Owned(Scratch<u8>),
}

impl Bytes<'_> {
    fn all(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

impl<'a> Plane<'a> {
    /// Borrows the luma plane of `layout`.
    pub(super) fn luma(bytes: &'a [u8], layout: &FrameLayout) -> Result<Self, FrameError> {
        check_size(layout)?;
        let extent = Extent { width: layout.width, height: layout.height, row: layout.row_stride, pixel: 1, sample: 1 };
        extent.check(bytes, FramePlane::Luma)?;
        Ok(Self {
            bytes: Bytes::Borrowed(bytes),
            width: layout.width as usize,
            height: layout.height as usize,
            row_stride: layout.row_stride as usize,
        })
    }

    /// Owns rows without padding; missing bytes read as 0.
    pub(crate) fn owned(bytes: Scratch<u8>, width: usize, height: usize) -> Self {
        Self { bytes: Bytes::Owned(bytes), width, height, row_stride: width }
    }

    /// Pixels in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    pub(crate) fn pixels(&self) -> usize {
        self.width * self.height
    }

    /// Whether the bytes are the caller's own, not a copy.
    #[must_use]
    pub fn is_borrowed(&self) -> bool {
        matches!(self.bytes, Bytes::Borrowed(_))
    }

    /// The part from column `left` and row `top` on, as far as there is something.
    pub(crate) fn part(&self, [left, top]: [usize; 2], [width, height]: [usize; 2]) -> Plane<'_> {
        let bytes = self.bytes.all().get(top * self.row_stride + left..).unwrap_or_default();
        let (width, height) = (width.min(self.width.saturating_sub(left)), height.min(self.height.saturating_sub(top)));
        Plane { bytes: Bytes::Borrowed(bytes), width, height, row_stride: self.row_stride }
    }

    /// Row `y`, `width` bytes; empty outside the plane.
    #[must_use]
    pub fn row(&self, y: usize) -> &[u8] {
        if y >= self.height {
            return &[];
        }
        let start = y * self.row_stride;
        self.bytes.all().get(start..start + self.width).unwrap_or_default()
    }

    /// All pixels in one piece; `None` where rows are padded.
    pub(crate) fn tight(&self) -> Option<&[u8]> {
        if self.row_stride != self.width {
            return None;
        }
        self.bytes.all().get(..self.pixels())
    }

    /// All rows, from the top.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.height).map(|y| self.row(y))
    }
}

/// A frame shows a person or a card: only its shape goes to logs.
impl std::fmt::Debug for Plane<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Plane({} x {})", self.width, self.height)
    }
}

/// Colour differences U (blue) and V (red), 128 = grey, BT.601 full range, half the size of luma each way, rounded up.
#[derive(Clone)]
pub struct Chroma<'a> {
    u: Bytes<'a>,
    v: Bytes<'a>,
    width: usize,
    height: usize,
    row_stride: usize,
    pixel_stride: usize,
}

impl<'a> Chroma<'a> {
    pub(super) fn new(u: &'a [u8], v: &'a [u8], layout: &FrameLayout) -> Result<Self, FrameError> {
        check_size(layout)?;
        let (width, height) = (layout.width.div_ceil(2), layout.height.div_ceil(2));
        let extent =
            Extent { width, height, row: layout.chroma_row_stride, pixel: layout.chroma_pixel_stride, sample: 1 };
        extent.check(u, FramePlane::ChromaU)?;
        extent.check(v, FramePlane::ChromaV)?;
        Ok(Self {
            u: Bytes::Borrowed(u),
            v: Bytes::Borrowed(v),
            width: width as usize,
            height: height as usize,
            row_stride: layout.chroma_row_stride as usize,
            pixel_stride: layout.chroma_pixel_stride as usize,
        })
    }

    pub(super) fn owned(u: Scratch<u8>, v: Scratch<u8>, width: usize, height: usize) -> Self {
        Self { u: Bytes::Owned(u), v: Bytes::Owned(v), width, height, row_stride: width, pixel_stride: 1 }
    }

    /// Samples in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Row `y` of U (`which` 0) or V (1): its bytes, and from one sample to the next. Empty outside.
    pub(crate) fn row(&self, which: usize, y: usize) -> (&[u8], usize) {
        if y >= self.height {
            return (&[], self.pixel_stride);
        }
        let plane = if which == 0 { &self.u } else { &self.v };
        let start = y * self.row_stride;
        let end = start + (self.width - 1) * self.pixel_stride + 1;
        (plane.all().get(start..end).unwrap_or_default(), self.pixel_stride)
    }

    /// U and V at chroma sample `(x, y)`; `None` outside.
    #[must_use]
    pub fn at(&self, x: usize, y: usize) -> Option<(u8, u8)> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let at = y * self.row_stride + x * self.pixel_stride;
        Some((*self.u.all().get(at)?, *self.v.all().get(at)?))
    }
}

impl std::fmt::Debug for Chroma<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Chroma({} x {})", self.width, self.height)
    }
}

pub(super) fn check_size(layout: &FrameLayout) -> Result<(), FrameError> {
    let fits = |side| (1..=MAX_SIDE).contains(&side);
    if fits(layout.width) && fits(layout.height) {
        return Ok(());
    }
    Err(FrameError::Size { width: layout.width, height: layout.height })
}

/// Samples in a plane and the steps between them: `row` and `pixel` strides, `sample` bytes at each.
pub(super) struct Extent {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) row: u32,
    pub(super) pixel: u32,
    pub(super) sample: u32,
}

impl Extent {
    /// Rows may be padded, the last one need not be: camera buffers often end with its last sample.
    pub(super) fn check(&self, bytes: &[u8], plane: FramePlane) -> Result<(), FrameError> {
        if self.pixel < self.sample {
            return Err(FrameError::Stride { plane, found: self.pixel, needed: self.sample });
        }
        let row_bytes = u64::from(self.width - 1) * u64::from(self.pixel) + u64::from(self.sample);
        if u64::from(self.row) < row_bytes {
            let needed = u32::try_from(row_bytes).unwrap_or(u32::MAX);
            return Err(FrameError::Stride { plane, found: self.row, needed });
        }
        let needed = u64::from(self.height - 1) * u64::from(self.row) + row_bytes;
        let found = bytes.len() as u64;
        if found < needed { Err(FrameError::TooShort { plane, found, needed }) } else { Ok(()) }
    }
}
