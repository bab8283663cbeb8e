//! The detector's model: the frontal one of `SeetaFace` (BSD 2-Clause), as the crate `rustface` carries it, its weights packed by the
//! build into 16 bits each: half of what it would take in an app.

mod walk;

use std::sync::LazyLock;

use rustface::Model;
use walk::{Walker, walk};

/// See `build.rs`: as the file, but that weights which belong together are their greatest, a float, and then shares of it.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/face.model"));

/// As its authors trained it. `None` would mean damaged bytes; a test holds that they are not.
pub(super) static USUAL: LazyLock<Option<Model>> = LazyLock::new(|| model(false));

/// With thresholds so low that it also finds faces behind masks; and much that is none.
pub(super) static LENIENT: LazyLock<Option<Model>> = LazyLock::new(|| model(true));

fn model(lenient: bool) -> Option<Model> {
    rustface::read_model(unpacked(PACKED, lenient)?.as_slice()).ok()
}

/// The authors' file.
fn unpacked(packed: &[u8], lenient: bool) -> Option<Vec<u8>> {
    let mut file = Unpacking { packed, file: Vec::new(), lenient };
    walk(&mut file)?;
    file.packed.is_empty().then_some(file.file)
}

struct Unpacking<'a> {
    packed: &'a [u8],
    file: Vec<u8>,
    lenient: bool,
}

impl Unpacking<'_> {
    fn float(&mut self) -> Option<f32> {
        Some(f32::from_le_bytes(*self.packed.split_off(..4)?.as_array()?))
    }
}

impl Walker for Unpacking<'_> {
    fn number(&mut self) -> Option<usize> {
        let word = self.packed.split_off(..4)?;
        self.file.extend_from_slice(word);
        Some(usize::try_from(i32::from_le_bytes(*word.as_array()?)).unwrap_or_default())
    }

    fn words(&mut self, count: usize) -> Option<()> {
        self.file.extend_from_slice(self.packed.split_off(..count.checked_mul(4)?)?);
        Some(())
    }

    fn threshold(&mut self, lenient: impl FnOnce(f32) -> f32) -> Option<()> {
        let usual = self.float()?;
        let threshold = if self.lenient { lenient(usual) } else { usual };
        self.file.extend_from_slice(&threshold.to_le_bytes());
        Some(())
    }

    fn weights(&mut self, count: usize) -> Option<()> {
        let unit = self.float()? / f32::from(i16::MAX);
        let (shares, _) = self.packed.split_off(..count.checked_mul(2)?)?.as_chunks();
        self.file.extend(shares.iter().flat_map(|share| (f32::from(i16::from_le_bytes(*share)) * unit).to_le_bytes()));
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The authors' own, bytes.
    const FILE: usize = 1_209_904;

    #[test]
    fn both_models_are_there() {
        assert!(USUAL.is_some() && LENIENT.is_some());
    }

    #[test]
    fn only_thresholds_differ_and_a_damaged_file_is_refused() {
        let usual = unpacked(PACKED, false).unwrap();
        let lenient = unpacked(PACKED, true).unwrap();
        let differing = usual.chunks(4).zip(lenient.chunks(4)).filter(|(a, b)| a != b).count();
        // 450 weak classifiers in five boosted stages, and three networks.
        assert_eq!((differing, usual.len(), lenient.len()), (453, FILE, FILE));
        assert!(unpacked(&PACKED[..PACKED.len() - 4], false).is_none());
        assert!(unpacked(&[PACKED, &[0]].concat(), false).is_none());
    }
}
