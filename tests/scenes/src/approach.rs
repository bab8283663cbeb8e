//! A hand that brings a card before a camera: it shakes, then it is too dark, then the symbol reads.

use crate::burst::burst;
use crate::card::Card;
use crate::photo::Photo;
use crate::shot::Shot;

/// Photographs a card as a phone's camera sees one that is held before it, ten frames a second.
#[must_use]
pub fn approach(card: &Card, seed: u64) -> Vec<Photo> {
    stations().into_iter().flat_map(|(shot, frames)| burst(card, &shot, frames, seed)).collect()
}

/// What each station is like, and for how many frames: long enough for a scanner to say so.
fn stations() -> [(Shot, usize); 3] {
    let easy = Shot::default();
    [
        // A streak six modules long.
        (Shot { motion: 20.0, ..easy.clone() }, 8),
        (Shot { gain: 0.06, photons: 300.0, noise: 12.0, ..easy.clone() }, 8),
        (Shot { tilt: 8.0, roll: -4.0, ..easy }, 6),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hand_comes_to_rest_then_into_the_light() {
        let photos = approach(&Card::invent(3), 1);
        let light = |photo: &Photo| photo.image.iter().map(|value| u64::from(*value)).sum::<u64>();
        let [first, middle, last] = [0, 12, 21].map(|frame| &photos[frame]);
        assert!(light(middle) * 4 < light(first) && light(middle) * 4 < light(last));
        assert!(edges(first) * 2 < edges(last), "{} {}", edges(first), edges(last));
        assert!(photos.iter().all(|photo| photo.text == first.text && photo.symbol_in_view()));
    }

    /// How much the picture changes from pixel to pixel about the symbol's middle.
    fn edges(photo: &Photo) -> u64 {
        let [x, y] = [0, 1].map(|axis| photo.corners.iter().map(|corner| corner[axis]).sum::<f32>() as u32 / 4);
        let green = |x: u32, y: u32| u64::from(photo.image.get_pixel(x, y).0[1]);
        (x - 40..x + 40).map(|x| green(x, y).abs_diff(green(x + 1, y))).sum()
    }
}
