//! Prints `docs/journeys.md`.

use citizen_walk::{Walk, document};

fn main() {
    print!("{}", document(&Walk::through()));
}
