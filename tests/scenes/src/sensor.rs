//! The sensor: exposure, noise, eight bits, and JPEG where asked.

use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;

use crate::canvas::{Canvas, Rgb};
use crate::random::{Purpose, gaussian, stream};
use crate::shot::Shot;

/// White, grey levels.
const WHITE: f32 = 255.0;

/// Turns light into an image. One draw for each pixel goes to all three channels: its luma then has exactly the asked
/// deviation, and luma is what readers use.
pub(crate) fn develop(canvas: &Canvas, shot: &Shot, seed: u64) -> RgbImage {
    let mut rng = stream(seed, Purpose::Sensor);
    let noiseless = shot.noise <= 0.0 && shot.photons.is_infinite();
    let mut image = RgbImage::new(canvas.width as u32, canvas.height as u32);
    for (pixel, light) in image.pixels_mut().zip(&canvas.pixels) {
        let exposed = light.map(|value| (value * shot.gain).clamp(0.0, WHITE));
        let noise = if noiseless { 0.0 } else { gaussian(&mut rng) * deviation(shot, exposed) };
        // The cast cuts to 0..=255; with the half it rounds.
        pixel.0 = exposed.map(|value| (value + noise + 0.5) as u8);
    }
    if shot.jpeg > 0 { through_jpeg(&image, shot.jpeg) } else { image }
}

/// Additive and shot noise together, grey levels. Electrons are counted with a variance of their number.
fn deviation(shot: &Shot, [r, g, b]: Rgb) -> f32 {
    let luma = 0.299 * r + 0.587 * g + 0.114 * b;
    (shot.noise * shot.noise + WHITE * luma / shot.photons).sqrt()
}

fn through_jpeg(image: &RgbImage, quality: u8) -> RgbImage {
    let mut file = Vec::new();
    let reason = "frames are at most 8192 px a side, JPEG holds 65535, and memory takes all writes";
    JpegEncoder::new_with_quality(&mut file, quality).encode_image(image).expect(reason);
    image::load_from_memory(&file).expect("what was just encoded").into_rgb8()
}
