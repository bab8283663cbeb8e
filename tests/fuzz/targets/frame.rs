//! Any bytes with any layout are a frame whose every pixel can be read, or a typed error; the scanner takes all of them.

#![no_main]

use arbitrary::Arbitrary;
use citizen_vision::{CardScanner, Frame, FrameLayout, PixelFormat, Rotation};
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
    bytes: &'a [u8],
}

fuzz_target!(|input: Input<'_>| {
    let layout = FrameLayout {
        width: input.width.into(),
        height: input.height.into(),
        row_stride: input.row_stride.into(),
        chroma_row_stride: input.chroma_row_stride.into(),
        chroma_pixel_stride: input.chroma_pixel_stride.into(),
        rotation: match input.turns % 4 {
            0 => Rotation::Upright,
            1 => Rotation::Clockwise,
            2 => Rotation::UpsideDown,
            _ => Rotation::CounterClockwise,
        },
        mirrored: input.mirrored,
    };
    let formats = [PixelFormat::Nv21, PixelFormat::Nv12, PixelFormat::I420, PixelFormat::Bgra, PixelFormat::Rgba];
    let frame = match formats.get(usize::from(input.format % 6)) {
        Some(format) => Frame::from_buffer(input.bytes, *format, &layout),
        None => Frame::from_luma(input.bytes, &layout),
    };
    let Ok(frame) = frame else { return };
    assert!(frame.luma().rows().all(|row| row.len() == usize::from(input.width)));
    if let Some(chroma) = frame.chroma() {
        let whole = (0..chroma.height()).all(|y| (0..chroma.width()).all(|x| chroma.at(x, y).is_some()));
        assert!(whole);
    }
    let Ok(scanner) = CardScanner::new("2026-11-22") else { return };
    let _ = (scanner.look(&frame), scanner.look(&frame), scanner.look_still(&frame));
});
