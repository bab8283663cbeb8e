//! How rows of an older version of the app become rows of this one.

use crate::store::Value;

/// The steps from the first schema to the newest. The version is their number plus one.
#[derive(Clone, Copy)]
pub struct Schema {
    steps: &'static [Step],
}

/// What one row of a schema becomes in the next: itself, another, several or none.
pub type Step = fn(StoredRow) -> Result<Vec<StoredRow>, MigrationRefused>;

/// A row as it is stored, with its name and its tree.
pub struct StoredRow {
    /// The table's tree.
    pub tree: String,
    /// The row's name.
    pub name: String,
    /// Its value.
    pub value: Value,
}

/// A row that a step can't read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a row of the older schema can't be read")]
pub struct MigrationRefused;

impl Schema {
    /// The schema that `steps` lead to; none: the first.
    #[must_use]
    pub const fn new(steps: &'static [Step]) -> Self {
        Self { steps }
    }

    /// Its number, from 1.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.steps.len() as u32 + 1
    }

    /// What a row of schema `from` is in this one.
    pub(crate) fn migrate(&self, from: u32, row: StoredRow) -> Result<Vec<StoredRow>, MigrationRefused> {
        let done = usize::try_from(from.saturating_sub(1)).map_err(|_| MigrationRefused)?;
        let steps = self.steps.get(done..).ok_or(MigrationRefused)?;
        steps.iter().try_fold(vec![row], |rows, step| {
            rows.into_iter().map(step).collect::<Result<Vec<_>, _>>().map(|rows| rows.into_iter().flatten().collect())
        })
    }
}
