//! The detector's model: the frontal one of `SeetaFace` (BSD 2-Clause), as the crate `rustface` carries it.

use std::sync::LazyLock;

use rustface::Model;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/face.model"));

/// As its authors trained it. `None` would mean damaged bytes; a test holds that they are not.
pub(super) static USUAL: LazyLock<Option<Model>> = LazyLock::new(|| rustface::read_model(BYTES).ok());

/// With thresholds so low that it also finds faces behind masks; and much that is none.
pub(super) static LENIENT: LazyLock<Option<Model>> =
    LazyLock::new(|| rustface::read_model(lenient(BYTES)?.as_slice()).ok());

/// What its networks' thresholds are multiplied by, and what its boosted stages' are lowered by towards their ends. Box recall on
/// real masks rose from 61 to 98 % with both (measured before this project started).
const NETWORK: f32 = 0.2;
const BOOSTED: f32 = 0.5;

/// A stage's kinds in the file.
const LAB_BOOSTED: usize = 0;

/// The file with lower thresholds. Little-endian 32-bit words: hierarchies; of each the cascades; of each the stages, then sources.
fn lenient(model: &[u8]) -> Option<Vec<u8>> {
    let mut file = Words { bytes: model.to_vec(), at: 0 };
    for _ in 0..file.next()? {
        for _ in 0..file.next()? {
            for _ in 0..file.next()? {
                match file.next()? {
                    LAB_BOOSTED => file.lower_boosted()?,
                    _ => file.lower_network()?,
                }
            }
            let sources = file.next()?;
            file.skip(sources);
        }
    }
    (file.at == file.bytes.len()).then_some(file.bytes)
}

struct Words {
    bytes: Vec<u8>,
    at: usize,
}

impl Words {
    fn word(&mut self) -> Option<&mut [u8; 4]> {
        let at = self.at;
        self.at += 4;
        self.bytes.get_mut(at..at + 4)?.as_mut_array()
    }

    /// A number; where it is negative, none: 0.
    fn next(&mut self) -> Option<usize> {
        Some(usize::try_from(i32::from_le_bytes(*self.word()?)).unwrap_or_default())
    }

    fn skip(&mut self, words: usize) {
        self.at += 4 * words;
    }

    fn change(&mut self, change: impl FnOnce(f32) -> f32) -> Option<()> {
        let word = self.word()?;
        *word = change(f32::from_le_bytes(*word)).to_le_bytes();
        Some(())
    }

    /// Weak classifiers and bins; two words of place for each; a threshold for each; a weight for each bin and one more.
    fn lower_boosted(&mut self) -> Option<()> {
        let (count, bins) = (self.next()?, self.next()?);
        self.skip(2 * count);
        for i in 1..=count {
            self.change(|threshold| threshold - BOOSTED * i as f32 / count as f32)?;
        }
        self.skip(count * (bins + 1));
        Some(())
    }

    /// Layers and features; the features; the threshold; each layer's size, weights and biases.
    fn lower_network(&mut self) -> Option<()> {
        let (layers, features) = (self.next()?, self.next()?);
        self.skip(features);
        self.change(|threshold| threshold * NETWORK)?;
        let mut inputs = self.next()?;
        for _ in 1..layers {
            let outputs = self.next()?;
            self.skip(outputs * (inputs + 1));
            inputs = outputs;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_models_are_there() {
        assert!(USUAL.is_some() && LENIENT.is_some());
    }

    #[test]
    fn only_thresholds_differ_and_a_damaged_file_is_refused() {
        let changed = lenient(BYTES).unwrap();
        let words = |bytes: &[u8]| bytes.chunks(4).map(<[u8]>::to_vec).collect::<Vec<_>>();
        let differing = words(BYTES).into_iter().zip(words(&changed)).filter(|(a, b)| a != b).count();
        // 450 weak classifiers in five boosted stages, and three networks.
        assert_eq!((differing, changed.len()), (453, BYTES.len()));
        assert!(lenient(&BYTES[..BYTES.len() - 4]).is_none());
    }
}
