//! An invented population: citizens of every kind that a registration meets, the same for the same seed.
//!
//! Citizens are numbered. The first [`MIXED`] are of all kinds in turn, the rest are plain adults: enough for a load of 200
//! registrations a second over a minute. A citizen is a function of seed and index: a tester needs no database to hold a card.
//! Dates are fixed and not "today's": minors are minors until 2034, and valid cards are valid until 2037.

mod citizen;
mod kind;
mod names;
mod record;

pub use citizen::Citizen;
pub use kind::{Kind, PortraitOutcome};
pub(crate) use record::fill;
#[cfg(test)]
pub(crate) use record::seed;

use citizen_card::{PersonalNumber, Place};

/// The seed of the population that every sandbox has.
pub const SEED: u64 = 2026;
/// Citizens of all kinds.
pub const MIXED: u32 = 5_000;
/// All citizens.
pub const SIZE: u32 = 30_000;

/// The citizens of one seed.
pub struct Population {
    seed: u64,
    /// Province codes that exist.
    provinces: Vec<u16>,
}

impl Default for Population {
    /// The one that every sandbox has.
    fn default() -> Self {
        Self::seeded(SEED)
    }
}

impl Population {
    /// The population of a seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { seed, provinces: (1..100).filter(|code| province(*code).is_some()).collect() }
    }

    /// A citizen by index; indices from [`SIZE`] on begin again at 0.
    #[must_use]
    pub fn citizen(&self, index: u32) -> Citizen {
        let index = index % SIZE;
        citizen::invent(self, index, kind::of_index(index))
    }

    /// The `nth` citizen of a kind, from 0; there are at least [`Kind::EACH`] of each.
    #[must_use]
    pub fn of(&self, kind: Kind, nth: u32) -> Citizen {
        self.citizen(kind::index_of(kind, nth))
    }

    /// All of them, in order.
    pub fn citizens(&self) -> impl Iterator<Item = Citizen> {
        (0..SIZE).map(|index| self.citizen(index))
    }
}

/// A province's name.
fn province(code: u16) -> Option<&'static str> {
    match PersonalNumber::parse(&format!("{code:03}000000000"))?.place() {
        Place::Province { name, .. } => Some(name),
        Place::Abroad { .. } | Place::Unassigned { .. } => None,
    }
}
