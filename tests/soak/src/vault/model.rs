//! What the writer writes, and what must therefore be there: both follow from a seed and the number of operations.

use std::collections::BTreeMap;

use anyhow::Result;
use citizen_vault::{Bytes, Changes, Table};
use rand::RngExt;
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;
use zeroize::Zeroizing;

pub(crate) const DRAFTS: Table<Bytes> = Table::new("drafts");
pub(crate) const DOCUMENTS: Table<Bytes> = Table::new("documents");
/// One row: how many operations were done.
pub(crate) const COUNTER: Table<u64> = Table::new("counter");

const NAMES: u32 = 30;

/// A row's name, with its table's before it, and the hash of its value.
pub(crate) type Rows = BTreeMap<String, [u8; 32]>;

/// One operation: a few changes in one commit, now and then after a rotation.
pub(crate) struct Operation {
    pub(crate) rotates: bool,
    changes: Vec<Change>,
}

struct Change {
    is_draft: bool,
    name: String,
    value: Option<Vec<u8>>,
}

impl Operation {
    /// The operation with this number, from 1.
    pub(crate) fn of(seed: u64, number: u64) -> Self {
        let mut random = Pcg64Mcg::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number);
        let rotates = random.random_ratio(1, 60);
        let count = random.random_range(1..=4);
        let changes = (0..count).map(|_| Change::random(&mut random)).collect();
        Self { rotates, changes }
    }

    /// What it writes, its number included.
    pub(crate) fn changes(&self, number: u64) -> Result<Changes> {
        let changes = Changes::new().put(&COUNTER, "", &number)?;
        self.changes.iter().try_fold(changes, |changes, change| {
            let table = if change.is_draft { &DRAFTS } else { &DOCUMENTS };
            Ok(match &change.value {
                Some(value) => changes.put(table, &change.name, &Bytes(Zeroizing::new(value.clone())))?,
                None => changes.delete(table, &change.name),
            })
        })
    }

    /// What is there afterwards.
    pub(crate) fn apply(&self, rows: &mut Rows) {
        for change in &self.changes {
            let name = row_name(if change.is_draft { "drafts" } else { "documents" }, &change.name);
            match &change.value {
                Some(value) => rows.insert(name, hash(value)),
                None => rows.remove(&name),
            };
        }
    }
}

impl Change {
    fn random(random: &mut Pcg64Mcg) -> Self {
        let length = match random.random_range(0..100) {
            0..20 => None,
            20..90 => Some(random.random_range(0..500)),
            90..98 => Some(random.random_range(500..40_000)),
            // Far over 16 KiB: in a file of its own.
            _ => Some(random.random_range(263_000..300_000)),
        };
        let value = length.map(|length| {
            let mut value = vec![0; length];
            random.fill(&mut value[..]);
            value
        });
        Self { is_draft: random.random(), name: random.random_range(0..NAMES).to_string(), value }
    }
}

pub(crate) fn row_name(table: &str, name: &str) -> String {
    format!("{table}/{name}")
}

pub(crate) fn hash(value: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(ring::digest::digest(&ring::digest::SHA256, value).as_ref());
    hash
}

/// Where the model stands after a number of operations.
#[derive(Clone, Default)]
pub(crate) struct Model {
    pub(crate) seed: u64,
    pub(crate) operations: u64,
    pub(crate) rows: Rows,
}

impl Model {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    pub(crate) fn advance_to(&mut self, operations: u64) {
        while self.operations < operations {
            self.operations += 1;
            Operation::of(self.seed, self.operations).apply(&mut self.rows);
        }
    }
}
