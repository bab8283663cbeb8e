//! Where symbols may be: finder patterns in a frame, and triples of them.

mod finder;
mod finder_rings;
mod finder_runs;
mod pyramid;
mod template;
mod threshold;
mod triples;

pub(super) use finder::Extent;
pub(super) use finder_rings::find_by_rings;
pub(super) use finder_runs::{find_by_runs, find_by_sparse_runs};
pub(super) use pyramid::{halved, inverted, smoothed};
use template::finder_contrast;
pub(super) use threshold::Threshold;
pub(super) use triples::{Finds, Limits, Triple, ranked};
