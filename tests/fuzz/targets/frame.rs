//! Any bytes with any layout are a frame whose every pixel can be read, or a typed error; the scanner and the selfie guide take all
//! of them.

#![no_main]

use arbitrary::Arbitrary;
use citizen_vision::{CardScanner, Frame, FrameLayout, PixelFormat, Rotation, SelfieGuide, SelfieProfile};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    width: u16,
    height: u16,
    row_stride: u16,
    chroma_row_stride: u16,
    chroma_pixel_stride: u8,
    turns: u8,
    mirrored: bool,
    format: u8,
    /// The layout is one that the bytes hold, as far as its width says; else it is any.
    is_whole: bool,
    bytes: &'a [u8],
}

fuzz_target!(|input: Input<'_>| {
    let layout = if input.is_whole { input.whole() } else { input.any() };
    let formats = [PixelFormat::Nv21, PixelFormat::Nv12, PixelFormat::I420, PixelFormat::Bgra, PixelFormat::Rgba];
    let frame = match formats.get(usize::from(input.format % 6)) {
        Some(format) => Frame::from_buffer(input.bytes, *format, &layout),
        None => Frame::from_luma(input.bytes, &layout),
    };
    let Ok(frame) = frame else { return };
    assert!(frame.luma().rows().all(|row| row.len() == layout.width as usize));
    if let Some(chroma) = frame.chroma() {
        let whole = (0..chroma.height()).all(|y| (0..chroma.width()).all(|x| chroma.at(x, y).is_some()));
        assert!(whole);
    }
    let Ok(scanner) = CardScanner::new("2026-11-22") else { return };
    let _ = (scanner.look(&frame), scanner.look(&frame), scanner.look_still(&frame));
    let guide = SelfieGuide::new(SelfieProfile::Strict, false);
    // Each kind of search has its turn.
    for number in 0..14 {
        let _ = guide.look_at(&frame, None, std::time::Duration::from_millis(100 * number));
    }
    let _ = guide.look_still(&frame);
});

impl Input<'_> {
    fn any(&self) -> FrameLayout {
        FrameLayout {
            width: self.width.into(),
            height: self.height.into(),
            row_stride: self.row_stride.into(),
            chroma_row_stride: self.chroma_row_stride.into(),
            chroma_pixel_stride: self.chroma_pixel_stride.into(),
            rotation: match self.turns % 4 {
                0 => Rotation::Upright,
                1 => Rotation::Clockwise,
                2 => Rotation::UpsideDown,
                _ => Rotation::CounterClockwise,
            },
            mirrored: self.mirrored,
        }
    }

    /// Rows of four bytes a pixel are long enough for every format.
    fn whole(&self) -> FrameLayout {
        let width = 1 + usize::from(self.width) % 128;
        let height = self.bytes.len() / (4 * width);
        let stride = match self.format % 6 {
            3 | 4 => 4 * width,
            _ => width,
        };
        FrameLayout {
            width: width as u32,
            height: height as u32,
            row_stride: stride as u32,
            chroma_row_stride: width.next_multiple_of(2) as u32,
            chroma_pixel_stride: if self.format % 6 == 2 { 1 } else { 2 },
            ..self.any()
        }
    }
}
