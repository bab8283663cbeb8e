//! Where symbols may be: finder patterns in a frame, and triples of them.

mod finder;
mod finder_blobs;
mod finder_runs;
mod pyramid;
mod template;
mod threshold;
mod triples;

pub(super) use finder::Finder;
pub(super) use finder_blobs::find_by_rings;
pub(super) use finder_runs::find_by_runs;
pub(super) use pyramid::{halved, inverted, smoothed, stretched};
pub(super) use template::finder_contrast;
pub(super) use threshold::Threshold;
pub(super) use triples::{Limits, Triple, ranked};
