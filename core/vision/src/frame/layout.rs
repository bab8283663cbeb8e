//! How a frame lies in memory, and what can be wrong with that.

/// Largest width and height, in pixels: twice the widest phone sensor's still of today; bounds all arithmetic.
pub const MAX_SIDE: u32 = 16_384;

/// How far the buffer must be turned clockwise to stand upright (Android: `rotationDegrees` of camera frames).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Rotation {
    /// Not at all.
    #[default]
    Upright,
    /// 90 degrees clockwise.
    Clockwise,
    /// 180 degrees.
    UpsideDown,
    /// 90 degrees counter-clockwise.
    CounterClockwise,
}

impl Rotation {
    const ALL: [Self; 4] = [Self::Upright, Self::Clockwise, Self::UpsideDown, Self::CounterClockwise];

    /// Both, one after the other.
    pub(crate) fn then(self, other: Self) -> Self {
        Self::from_quarters(self.quarters() + other.quarters())
    }

    /// What undoes it.
    pub(crate) fn back(self) -> Self {
        Self::from_quarters(4 - self.quarters())
    }

    /// Quarter turns clockwise.
    fn quarters(self) -> usize {
        Self::ALL.iter().position(|turn| *turn == self).unwrap_or_default()
    }

    fn from_quarters(quarters: usize) -> Self {
        Self::ALL.get(quarters % 4).copied().unwrap_or_default()
    }
}

/// The shape of a frame. Sizes in pixels, strides in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FrameLayout {
    /// Pixels in a row, 1 to [`MAX_SIDE`].
    pub width: u32,
    /// Rows, 1 to [`MAX_SIDE`].
    pub height: u32,
    /// From one row of luma (or of packed pixels) to the next.
    pub row_stride: u32,
    /// From one row of chroma to the next; 0 where there is no chroma.
    #[cfg_attr(feature = "uniffi", uniffi(default = 0))]
    pub chroma_row_stride: u32,
    /// From one chroma sample to the next in a row: 1 planar, 2 interleaved; 0 where there is no chroma.
    #[cfg_attr(feature = "uniffi", uniffi(default = 0))]
    pub chroma_pixel_stride: u32,
    /// How the buffer is turned.
    pub rotation: Rotation,
    /// The buffer shows the scene as a mirror does (front cameras). Cards read either way; points stay in the buffer's own,
    /// mirrored picture, as a preview shows it.
    #[cfg_attr(feature = "uniffi", uniffi(default = false))]
    pub mirrored: bool,
}

impl FrameLayout {
    /// Luma rows without padding, upright.
    #[must_use]
    pub fn tight(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            row_stride: width,
            chroma_row_stride: 0,
            chroma_pixel_stride: 0,
            rotation: Rotation::Upright,
            mirrored: false,
        }
    }
}

/// Formats that arrive as one buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum PixelFormat {
    /// Luma, then rows of V and U in turn, half size each way (Android's old camera).
    Nv21,
    /// Luma, then rows of U and V in turn (iOS, many Linux cameras).
    Nv12,
    /// Luma, then all U, then all V, with `chroma_row_stride` each.
    I420,
    /// 4 bytes a pixel: blue, green, red, alpha.
    Bgra,
    /// 4 bytes a pixel: red, green, blue, alpha.
    Rgba,
}

/// A part of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum FramePlane {
    /// Brightness.
    Luma,
    /// Blue difference.
    ChromaU,
    /// Red difference.
    ChromaV,
    /// Packed colour.
    Packed,
}

/// Why a buffer is no frame. Nothing was read from it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum FrameError {
    /// A side is 0 or above [`MAX_SIDE`].
    #[error("{width} x {height} pixels: each side must be 1 to {MAX_SIDE}")]
    Size {
        /// Given width.
        width: u32,
        /// Given height.
        height: u32,
    },
    /// The rows of a plane would overlap, or its samples; or the stride is not the format's.
    #[error("{plane:?}: stride {found}, {needed} needed")]
    Stride {
        /// Which plane.
        plane: FramePlane,
        /// Given stride, bytes.
        found: u32,
        /// Stride that would do, bytes.
        needed: u32,
    },
    /// The buffer ends before the plane does.
    #[error("{plane:?}: {found} bytes, {needed} needed")]
    TooShort {
        /// Which plane.
        plane: FramePlane,
        /// Given bytes.
        found: u64,
        /// Bytes that the layout needs.
        needed: u64,
    },
    /// A fault in the core; the next frame may well work. Report it.
    #[error("internal fault")]
    Internal,
}
