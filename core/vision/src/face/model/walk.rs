//! The layout of `SeetaFace`'s model: little-endian 32-bit words. Walked by the build, which packs it, and by the core, which unpacks it.

/// A stage's kinds in the file.
const LAB_BOOSTED: usize = 0;

/// What thresholds of networks are multiplied by, and what those of boosted stages are lowered by towards their ends, to be lenient. Box
/// recall on real masks rose from 61 to 98 % with both (measured before this project started).
const NETWORK: f32 = 0.2;
const BOOSTED: f32 = 0.5;

/// Who walks: `None` ends it, at bytes that are no model.
pub(crate) trait Walker {
    /// A number; where it is negative, none: 0.
    fn number(&mut self) -> Option<usize>;
    /// So many words of any kind.
    fn words(&mut self, count: usize) -> Option<()>;
    /// A threshold, and what it is to the lenient.
    fn threshold(&mut self, lenient: impl FnOnce(f32) -> f32) -> Option<()>;
    /// So many weights that are summed up, so that they are of one size.
    fn weights(&mut self, count: usize) -> Option<()>;
}

/// Hierarchies; of each the cascades; of each the stages, then sources.
pub(crate) fn walk(file: &mut impl Walker) -> Option<()> {
    for _ in 0..file.number()? {
        for _ in 0..file.number()? {
            for _ in 0..file.number()? {
                match file.number()? {
                    LAB_BOOSTED => boosted(file)?,
                    _ => network(file)?,
                }
            }
            let sources = file.number()?;
            file.words(sources)?;
        }
    }
    Some(())
}

/// Weak classifiers and bins; two words of place for each; a threshold for each; a weight for each bin and one more.
fn boosted(file: &mut impl Walker) -> Option<()> {
    let (count, bins) = (file.number()?, file.number()?);
    file.words(2 * count)?;
    for i in 1..=count {
        file.threshold(|threshold| threshold - BOOSTED * i as f32 / count as f32)?;
    }
    for _ in 0..count {
        file.weights(bins + 1)?;
    }
    Some(())
}

/// Layers and features; the features; the threshold; each layer's size, weights and biases.
fn network(file: &mut impl Walker) -> Option<()> {
    let (layers, features) = (file.number()?, file.number()?);
    file.words(features)?;
    file.threshold(|threshold| threshold * NETWORK)?;
    let mut inputs = file.number()?;
    for _ in 1..layers {
        let outputs = file.number()?;
        for _ in 0..outputs {
            file.weights(inputs)?;
        }
        file.words(outputs)?;
        inputs = outputs;
    }
    Some(())
}
