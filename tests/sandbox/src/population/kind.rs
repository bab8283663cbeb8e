//! What is special about a citizen.

use super::{MIXED, SIZE};

/// What a registration with this citizen's card meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Nothing: approved at once.
    Plain,
    /// The portrait is taken for somebody else's.
    PortraitDiffers,
    /// The first portrait can't be compared, later ones can.
    PortraitUnusable,
    /// An officer has to look.
    NeedsDesk,
    /// The card's name is not the record's.
    NameDiffers,
    /// The card's day of birth is not the record's.
    BirthDiffers,
    /// The card's address is not the record's.
    AddressDiffers,
    /// Under 14.
    Minor,
    /// The card expired in 2024 or 2025.
    ExpiredCard,
    /// A foreigner with a generated number: enrolled by the immigration office only.
    Foreigner,
    /// The record says that the citizen died.
    Deceased,
    /// The number is in no record.
    Absent,
}

/// What the comparison of portraits answers. The service compares no faces: this stands in for it, or the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PortraitOutcome {
    /// The same person.
    Matches,
    /// Another person, each time.
    Differs,
    /// Not to be compared the first time; the same person from then on.
    UnusableOnce,
    /// An officer decides.
    Desk,
}

/// Kinds in the order in which they come round; plain ones in between and at the end of a round.
const ROUND: [Kind; 20] = [
    Kind::Plain,
    Kind::PortraitDiffers,
    Kind::PortraitUnusable,
    Kind::NeedsDesk,
    Kind::NameDiffers,
    Kind::BirthDiffers,
    Kind::AddressDiffers,
    Kind::Minor,
    Kind::ExpiredCard,
    Kind::Foreigner,
    Kind::Deceased,
    Kind::Absent,
    Kind::NeedsDesk,
    Kind::Plain,
    Kind::Plain,
    Kind::Plain,
    Kind::Plain,
    Kind::Plain,
    Kind::Plain,
    Kind::Plain,
];
const ROUNDS: u32 = MIXED / ROUND.len() as u32;

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Plain,
        Self::PortraitDiffers,
        Self::PortraitUnusable,
        Self::NeedsDesk,
        Self::NameDiffers,
        Self::BirthDiffers,
        Self::AddressDiffers,
        Self::Minor,
        Self::ExpiredCard,
        Self::Foreigner,
        Self::Deceased,
        Self::Absent,
    ];
    /// Citizens of each kind, at least.
    pub const EACH: u32 = ROUNDS;

    /// What comparing this citizen's portrait answers.
    #[must_use]
    pub fn portrait_outcome(self) -> PortraitOutcome {
        match self {
            Self::PortraitDiffers => PortraitOutcome::Differs,
            Self::PortraitUnusable => PortraitOutcome::UnusableOnce,
            Self::NeedsDesk => PortraitOutcome::Desk,
            _ => PortraitOutcome::Matches,
        }
    }
}

impl PortraitOutcome {
    /// Its name in the database.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Matches => "matches",
            Self::Differs => "differs",
            Self::UnusableOnce => "unusable_once",
            Self::Desk => "desk",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::Matches, Self::Differs, Self::UnusableOnce, Self::Desk]
            .into_iter()
            .find(|outcome| outcome.name() == name)
    }
}

pub(super) fn of_index(index: u32) -> Kind {
    let place = (index % ROUND.len() as u32) as usize;
    if index < MIXED { ROUND.get(place).copied().unwrap_or(Kind::Plain) } else { Kind::Plain }
}

/// Where the `nth` of a kind stands. Plain ones go on behind the mixed, so that a load never runs into another kind.
pub(super) fn index_of(kind: Kind, nth: u32) -> u32 {
    let places: Vec<u32> = (0..).zip(ROUND).filter(|(_, one)| *one == kind).map(|(place, _)| place).collect();
    let in_round = places.len() as u32;
    let mixed = ROUNDS * in_round;
    let nth = if kind == Kind::Plain { nth % (mixed + SIZE - MIXED) } else { nth % mixed };
    match places.get((nth % in_round) as usize) {
        Some(place) if nth < mixed => nth / in_round * ROUND.len() as u32 + place,
        _ => MIXED + nth - mixed,
    }
}
