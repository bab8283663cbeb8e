//! One camera frame: planes of bytes with a checked layout, borrowed where the layout allows it.

mod layout;
mod packed;
mod plane;
pub(crate) mod upright;

pub use layout::{FrameError, FrameLayout, FramePlane, MAX_SIDE, PixelFormat, Rotation};
pub use plane::{Chroma, Plane};

use packed::Order;

/// Bytes from one chroma sample to the next, where U and V lie in turn and where each lies by itself.
const INTERLEAVED: u32 = 2;
const PLANAR: u32 = 1;

/// A frame whose sizes were checked: every pixel of every plane can be read.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    luma: Plane<'a>,
    chroma: Option<Chroma<'a>>,
    rotation: Rotation,
    mirrored: bool,
}

impl<'a> Frame<'a> {
    /// A luma plane alone, borrowed: all that the card scanner needs.
    ///
    /// # Errors
    /// [`FrameError`] where the bytes do not hold such a frame.
    pub fn from_luma(y: &'a [u8], layout: &FrameLayout) -> Result<Self, FrameError> {
        let luma = Plane::luma(y, layout)?;
        Ok(Self { luma, chroma: None, rotation: layout.rotation, mirrored: layout.mirrored })
    }

    /// Three planes, borrowed: Android's `YUV_420_888`, or both planes of iOS's bi-planar format (`v` = `u` from
    /// its second byte on, pixel stride 2).
    ///
    /// # Errors
    /// [`FrameError`] where the bytes do not hold such a frame.
    pub fn from_planes(y: &'a [u8], u: &'a [u8], v: &'a [u8], layout: &FrameLayout) -> Result<Self, FrameError> {
        let chroma = Chroma::new(u, v, layout)?;
        Ok(Self { chroma: Some(chroma), ..Self::from_luma(y, layout)? })
    }

    /// One buffer that holds everything. Planar formats are borrowed, packed colour is converted.
    ///
    /// # Errors
    /// [`FrameError`] where the bytes do not hold such a frame.
    pub fn from_buffer(bytes: &'a [u8], format: PixelFormat, layout: &FrameLayout) -> Result<Self, FrameError> {
        match format {
            PixelFormat::Bgra => Self::from_packed(bytes, Order::Bgra, layout),
            PixelFormat::Rgba => Self::from_packed(bytes, Order::Rgba, layout),
            PixelFormat::Nv12 => {
                let (y, uv) = split(bytes, layout, INTERLEAVED)?;
                Self::from_planes(y, uv, uv.get(1..).unwrap_or_default(), layout)
            }
            PixelFormat::Nv21 => {
                let (y, vu) = split(bytes, layout, INTERLEAVED)?;
                Self::from_planes(y, vu.get(1..).unwrap_or_default(), vu, layout)
            }
            PixelFormat::I420 => {
                let (y, chroma) = split(bytes, layout, PLANAR)?;
                let plane_bytes = u64::from(layout.chroma_row_stride) * u64::from(layout.height.div_ceil(2));
                let (u, v) = usize::try_from(plane_bytes).ok().and_then(|end| chroma.split_at_checked(end)).ok_or(
                    FrameError::TooShort {
                        plane: FramePlane::ChromaU,
                        found: chroma.len() as u64,
                        needed: plane_bytes,
                    },
                )?;
                Self::from_planes(y, u, v, layout)
            }
        }
    }

    fn from_packed(bytes: &[u8], order: Order, layout: &FrameLayout) -> Result<Self, FrameError> {
        let (luma, chroma) = packed::to_planes(bytes, order, layout)?;
        Ok(Self { luma, chroma: Some(chroma), rotation: layout.rotation, mirrored: layout.mirrored })
    }

    /// The same view in other pixels.
    pub(crate) fn with_luma<'b>(&self, luma: Plane<'b>) -> Frame<'b> {
        Frame { luma, chroma: None, rotation: self.rotation, mirrored: self.mirrored }
    }

    /// Brightness, 0 to 255.
    #[must_use]
    pub fn luma(&self) -> &Plane<'a> {
        &self.luma
    }

    /// Colour, where the frame has it.
    #[must_use]
    pub fn chroma(&self) -> Option<&Chroma<'a>> {
        self.chroma.as_ref()
    }

    /// How far the buffer must be turned to stand upright.
    #[must_use]
    pub fn rotation(&self) -> Rotation {
        self.rotation
    }

    /// Whether the buffer shows the scene as a mirror does.
    #[must_use]
    pub fn mirrored(&self) -> bool {
        self.mirrored
    }
}

/// Luma, which fills whole rows, and what lies behind it, whose samples must lie `pixel_stride` apart.
fn split<'a>(bytes: &'a [u8], layout: &FrameLayout, pixel_stride: u32) -> Result<(&'a [u8], &'a [u8]), FrameError> {
    plane::check_size(layout)?;
    let found = layout.chroma_pixel_stride;
    if found != pixel_stride {
        return Err(FrameError::Stride { plane: FramePlane::ChromaU, found, needed: pixel_stride });
    }
    let needed = u64::from(layout.row_stride) * u64::from(layout.height);
    usize::try_from(needed).ok().and_then(|end| bytes.split_at_checked(end)).ok_or(FrameError::TooShort {
        plane: FramePlane::Luma,
        found: bytes.len() as u64,
        needed,
    })
}
