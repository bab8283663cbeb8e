//! A drawn symbol, disfigured as the input says, before a moving camera: the session and the still take all of it, and what they
//! read is what was drawn, for a code's correction must hold.

#![no_main]

use std::time::Duration;

use arbitrary::Arbitrary;
use citizen_card::CalendarDate;
use citizen_vision::{CardScanner, Frame, FrameLayout};
use libfuzzer_sys::fuzz_target;
use qrcodegen::{QrCode, QrCodeEcc};

#[derive(Arbitrary, Debug)]
struct Input {
    text: [u8; 24],
    length: u8,
    /// Steps of a module in the picture, in sixteenths of a pixel.
    right: (i8, i8),
    down: (i8, i8),
    /// Where the symbol's corner lies, and how the camera moves.
    corner: (u8, u8),
    moves: (i8, i8),
    paper: u8,
    ink: u8,
    blots: Vec<Blot>,
}

#[derive(Arbitrary, Debug)]
struct Blot {
    x: u8,
    y: u8,
    width: u8,
    height: u8,
    grey: u8,
}

const SIDE: i32 = 160;
const FRAMES: i32 = 4;

fuzz_target!(|input: Input| {
    let text = &input.text[..usize::from(input.length) % 25];
    let Ok(code) = QrCode::encode_binary(text, QrCodeEcc::Low) else { return };
    let frames: Vec<Vec<u8>> = (0..FRAMES).map(|number| draw(&input, &code, number)).collect();
    let Some(today) = CalendarDate::new(2026, 11, 22) else { return };
    let scanner = CardScanner::with_clock(today, || Duration::ZERO);
    let layout = FrameLayout::tight(SIDE as u32, SIDE as u32);
    for (number, bytes) in frames.iter().enumerate() {
        let Ok(frame) = Frame::from_luma(bytes, &layout) else { continue };
        let stream = scanner.look_at(&frame, Duration::from_millis(100 * number as u64));
        let still = scanner.look_still(&frame);
        for code in stream.codes.iter().chain(&still.codes) {
            assert_eq!(code.bytes, text, "an invented text");
        }
    }
});

fn draw(input: &Input, code: &QrCode, number: i32) -> Vec<u8> {
    let [a, b, c, d] = [input.right.0, input.right.1, input.down.0, input.down.1].map(|v| f32::from(v) / 16.0);
    let area = a * d - b * c;
    let at = |start: u8, step: i8| f32::from(start) + number as f32 * f32::from(step) / 8.0;
    let (left, top) = (at(input.corner.0, input.moves.0), at(input.corner.1, input.moves.1));
    let pixel = |i: i32| {
        let (x, y) = ((i % SIDE) as f32 - left, (i / SIDE) as f32 - top);
        let (u, v) = ((x * d - y * c) / area, (y * a - x * b) / area);
        if code.get_module(u.floor() as i32, v.floor() as i32) { input.ink } else { input.paper }
    };
    let mut bytes: Vec<u8> = (0..SIDE * SIDE).map(pixel).collect();
    for blot in input.blots.iter().take(16) {
        let range =
            |from: u8, length: u8| usize::from(from)..(usize::from(from) + usize::from(length) / 4).min(SIDE as usize);
        for (x, y) in range(blot.y, blot.height).flat_map(|y| range(blot.x, blot.width).map(move |x| (x, y))) {
            if let Some(pixel) = bytes.get_mut(y * SIDE as usize + x) {
                *pixel = blot.grey;
            }
        }
    }
    bytes
}
