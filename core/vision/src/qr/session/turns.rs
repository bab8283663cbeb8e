//! Which dear search has its turn.

use super::super::search::Search;

/// A search of a frame or of its negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) search: Search,
    pub(super) negative: bool,
}

const fn positive(search: Search) -> Turn {
    Turn { search, negative: false }
}

const fn negative(search: Search) -> Turn {
    Turn { search, negative: true }
}

/// Rings see most of what a glance at the frame does not: every second turn is theirs. Cheap ones share a turn.
const TURNS: [&[Turn]; 10] = [
    &[positive(Search::Rings(1))],
    &[positive(Search::Plain), positive(Search::Halved(1)), positive(Search::Halved(2)), positive(Search::Halved(3))],
    &[positive(Search::Rings(1))],
    &[positive(Search::Smoothed)],
    &[positive(Search::Rings(1))],
    &[positive(Search::Rings(2))],
    &[positive(Search::Rings(1))],
    &[positive(Search::Middle)],
    &[positive(Search::Rings(1))],
    &[negative(Search::Plain), negative(Search::Halved(1))],
];

/// Goes round, and keeps to what located something.
#[derive(Debug, Default)]
pub(super) struct Turns {
    frame: usize,
    favourite: Option<Turn>,
}

impl Turns {
    /// For the next frame: the one that located a symbol last, then those whose turn it is.
    pub(super) fn next(&mut self) -> impl Iterator<Item = Turn> + use<> {
        let favourite = self.favourite.take();
        let turns = TURNS.get(self.frame % TURNS.len()).copied().unwrap_or_default();
        self.frame = self.frame.wrapping_add(1);
        let others = turns.iter().copied().filter(move |turn| Some(*turn) != favourite);
        favourite.into_iter().chain(others)
    }

    /// `turn` located a symbol: it is the first of the next frame.
    pub(super) fn favour(&mut self, turn: Turn) {
        self.favourite = Some(turn);
    }
}
