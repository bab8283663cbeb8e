//! Random happenings, one after the other, a journey at a time.

use citizen_journeys::rehearsal::Stage;
use citizen_journeys::{Event, Input, Journey, Model};
use citizen_text::Language;
use citizen_walk::{Happening, canaries, happenings, make};
use rand::RngExt;
use rand_pcg::Pcg32;

/// In each journey; `cargo xtask soak journeys` runs 10,000.
const SEQUENCES: u64 = 40;
const LENGTH: usize = 40;

fn sequences() -> u64 {
    std::env::var("JOURNEY_SEQUENCES").ok().and_then(|count| count.parse().ok()).unwrap_or(SEQUENCES)
}

/// What moves somewhere is likelier than what is refused: else sequences stand still.
fn next(stage: &Stage, random: &mut Pcg32) -> Happening {
    let all = happenings(stage);
    for _ in 0..6 {
        let one = &all[random.random_range(0..all.len())];
        if make(&mut stage.clone(), one).is_ok() {
            return one.clone();
        }
    }
    all[random.random_range(0..all.len())].clone()
}

fn run(journey: Journey, seed: u64) {
    let mut random = Pcg32::new(seed, journey as u64);
    let mut stage = Stage::new(if seed.is_multiple_of(2) { Language::Vi } else { Language::En });
    let _ = stage.tell(Input::Shell(Event::Start { journey }));
    for _ in 0..LENGTH {
        let happening = next(&stage, &mut random);
        let before = (stage.model().clone(), stage.held().clone());
        let refused = make(&mut stage, &happening).is_err();
        let stored = serde_json::to_string(stage.model()).unwrap();
        for canary in canaries() {
            assert!(
                !stored.contains(canary),
                "{journey:?}, seed {seed}: {} left a secret in the model",
                happening.name()
            );
        }
        let back: Model = serde_json::from_str(&stored).unwrap();
        assert!(back == *stage.model(), "{journey:?}, seed {seed}: the model does not come back equal");
        if refused && !matches!(happening, Happening::Kill | Happening::Away) {
            assert!(
                before.0 == *stage.model() && before.1 == *stage.held(),
                "{journey:?}, seed {seed}: refused, and changed"
            );
        }
    }
}

#[test]
fn random_happenings_never_panic_and_the_model_comes_back_equal_without_a_secret() {
    let count = sequences();
    for journey in Journey::ALL {
        for seed in 0..count {
            run(journey, seed);
        }
    }
    println!("{count} sequences of {LENGTH} happenings in each of {} journeys", Journey::ALL.len());
}
