//! `Frame`: any sizes, strides and bytes make a readable frame or a typed error; formats agree; nothing is copied
//! that need not be.

use citizen_scenes::planes;
use citizen_vision::{Frame, FrameError, FrameLayout, FramePlane, MAX_SIDE, PixelFormat, Rotation};
use image::{Rgb, RgbImage};
use proptest::prelude::*;

fn layout(width: u32, height: u32, row_stride: u32) -> FrameLayout {
    FrameLayout { row_stride, ..FrameLayout::tight(width, height) }
}

/// A picture in which no two neighbours are alike, of odd size.
fn picture() -> RgbImage {
    RgbImage::from_fn(37, 21, |x, y| Rgb([(x * 7) as u8, (y * 12) as u8, (x * 5 + y * 3) as u8]))
}

#[test]
fn rows_are_read_at_their_stride_and_without_a_copy() {
    let bytes: Vec<u8> = (0..=255).collect();
    let frame = Frame::from_luma(&bytes[10..], &layout(3, 4, 16)).unwrap();
    let rows: Vec<&[u8]> = frame.luma().rows().collect();
    assert_eq!(rows, [&[10, 11, 12], &[26, 27, 28], &[42, 43, 44], &[58, 59, 60]]);
    assert!(frame.luma().is_borrowed());
    assert!(std::ptr::eq(frame.luma().row(0).as_ptr(), &raw const bytes[10]));
}

#[test]
fn the_last_row_need_not_be_padded() {
    assert!(Frame::from_luma(&[0; 2 * 16 + 3], &layout(3, 3, 16)).is_ok());
    assert_eq!(
        Frame::from_luma(&[0; 2 * 16 + 2], &layout(3, 3, 16)).unwrap_err(),
        FrameError::TooShort { plane: FramePlane::Luma, found: 34, needed: 35 }
    );
}

#[test]
fn sizes_and_strides_are_checked() {
    for (width, height) in [(0, 4), (4, 0), (MAX_SIDE + 1, 4), (4, u32::MAX)] {
        assert_eq!(
            Frame::from_luma(&[0; 64], &layout(width, height, u32::MAX)).unwrap_err(),
            FrameError::Size { width, height }
        );
    }
    assert_eq!(
        Frame::from_luma(&[0; 64], &layout(8, 2, 7)).unwrap_err(),
        FrameError::Stride { plane: FramePlane::Luma, found: 7, needed: 8 }
    );
    assert_eq!(
        Frame::from_buffer(&[0; 64], PixelFormat::Bgra, &layout(4, 2, 15)).unwrap_err(),
        FrameError::Stride { plane: FramePlane::Packed, found: 15, needed: 16 }
    );
    let overlapping = FrameLayout { chroma_row_stride: 4, chroma_pixel_stride: 0, ..layout(4, 4, 4) };
    assert_eq!(
        Frame::from_planes(&[0; 16], &[0; 8], &[0; 8], &overlapping).unwrap_err(),
        FrameError::Stride { plane: FramePlane::ChromaU, found: 0, needed: 1 }
    );
}

#[test]
fn chroma_strides_must_be_the_formats_own() {
    for (format, wrong) in [(PixelFormat::Nv12, 1), (PixelFormat::Nv21, 1), (PixelFormat::I420, 2)] {
        let layout = FrameLayout { chroma_row_stride: 4, chroma_pixel_stride: wrong, ..layout(4, 4, 4) };
        let error = Frame::from_buffer(&[0; 64], format, &layout).unwrap_err();
        assert_eq!(error, FrameError::Stride { plane: FramePlane::ChromaU, found: wrong, needed: 3 - wrong });
    }
    let empty = FrameLayout { width: 0, ..layout(4, 20_000, 4) };
    assert!(matches!(Frame::from_buffer(&[], PixelFormat::Nv12, &empty), Err(FrameError::Size { .. })));
}

#[test]
fn five_formats_of_one_picture_agree() {
    let picture = picture();
    let (width, height) = picture.dimensions();
    let expected = planes::luma(&picture);
    for padding in [0, 11] {
        let stride = width as usize + padding;
        let packed_stride = 4 * width as usize + padding;
        let yuv = [
            (PixelFormat::Nv21, 2, planes::nv21(&picture, stride)),
            (PixelFormat::Nv12, 2, planes::nv12(&picture, stride)),
            (PixelFormat::I420, 1, planes::i420(&picture, stride)),
        ];
        let packed = [
            (PixelFormat::Bgra, planes::bgra(&picture, packed_stride)),
            (PixelFormat::Rgba, planes::rgba(&picture, packed_stride)),
        ];
        let packed_layout = layout(width, height, packed_stride as u32);
        let reference = Frame::from_buffer(&packed[0].1, packed[0].0, &packed_layout).unwrap();
        for (format, bytes) in &packed {
            agree(&Frame::from_buffer(bytes, *format, &packed_layout).unwrap(), &expected, &reference);
        }
        for (format, pixel_stride, planes) in &yuv {
            let layout = FrameLayout {
                chroma_row_stride: planes.chroma_stride as u32,
                chroma_pixel_stride: *pixel_stride,
                ..layout(width, height, planes.stride as u32)
            };
            let frame = Frame::from_buffer(&planes.bytes, *format, &layout).unwrap();
            assert!(frame.luma().is_borrowed(), "{format:?}");
            agree(&frame, &expected, &reference);
        }
    }
}

/// The same luma to the bit; chroma within one level, the rounding of two converters.
fn agree(frame: &Frame<'_>, luma: &image::GrayImage, reference: &Frame<'_>) {
    let rows: Vec<u8> = frame.luma().rows().flatten().copied().collect();
    assert!(&rows == luma.as_raw(), "luma differs");
    let (chroma, other) = (frame.chroma().unwrap(), reference.chroma().unwrap());
    for (x, y) in (0..chroma.width()).flat_map(|x| (0..chroma.height()).map(move |y| (x, y))) {
        let ((u, v), (u2, v2)) = (chroma.at(x, y).unwrap(), other.at(x, y).unwrap());
        assert!(u.abs_diff(u2) <= 1 && v.abs_diff(v2) <= 1, "{x} {y}: {u} {v}, {u2} {v2}");
    }
    assert_eq!(chroma.at(chroma.width(), 0), None);
}

#[test]
fn a_frame_does_not_show_in_debug_output() {
    let frame = Frame::from_luma(&[77; 16], &layout(4, 4, 4)).unwrap();
    assert!(!format!("{frame:?}").contains("77"));
}

/// Small numbers, numbers at the limits, any numbers.
fn number() -> impl Strategy<Value = u32> {
    prop_oneof![8 => 0..70_u32, 1 => MAX_SIDE - 1..=MAX_SIDE + 1, 1 => any::<u32>()]
}

prop_compose! {
    fn any_layout()(
        (width, height, row_stride) in (number(), number(), number()),
        chroma_row_stride in number(), chroma_pixel_stride in 0..4_u32,
        rotation in prop::sample::select(vec![Rotation::Upright, Rotation::Clockwise, Rotation::UpsideDown, Rotation::CounterClockwise]),
        mirrored in any::<bool>(),
    ) -> FrameLayout {
        FrameLayout { width, height, row_stride, chroma_row_stride, chroma_pixel_stride, rotation, mirrored }
    }
}

/// Every pixel of every plane can be read.
fn is_whole(frame: &Frame<'_>, layout: &FrameLayout) -> bool {
    let luma = frame.luma();
    let rows = (0..luma.height()).all(|y| luma.row(y).len() == layout.width as usize);
    let chroma = frame
        .chroma()
        .is_none_or(|chroma| (0..chroma.height()).all(|y| (0..chroma.width()).all(|x| chroma.at(x, y).is_some())));
    rows && chroma && luma.height() == layout.height as usize && luma.row(luma.height()).is_empty()
}

proptest! {
    #[test]
    fn any_buffer_is_a_whole_frame_or_a_typed_error(
        layout in any_layout(), length in 0..20_000_usize, kind in 0..7_u8,
    ) {
        let bytes = vec![9; length];
        let frame = match kind {
            0 => Frame::from_luma(&bytes, &layout),
            1 => Frame::from_planes(&bytes, &bytes[length / 2..], &bytes[length / 3..], &layout),
            2 => Frame::from_buffer(&bytes, PixelFormat::Nv21, &layout),
            3 => Frame::from_buffer(&bytes, PixelFormat::Nv12, &layout),
            4 => Frame::from_buffer(&bytes, PixelFormat::I420, &layout),
            5 => Frame::from_buffer(&bytes, PixelFormat::Bgra, &layout),
            _ => Frame::from_buffer(&bytes, PixelFormat::Rgba, &layout),
        };
        if let Ok(frame) = frame {
            prop_assert!(is_whole(&frame, &layout));
        }
    }
}
