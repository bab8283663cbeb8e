//! Runs `tests/scenarios/*.json`; Kotlin and Swift run the same files.

mod scan;
mod selfie;
mod storage;

use std::path::{Path, PathBuf};

use citizen_vision::CardScanner;
use scan::{Burst, SceneFrame};
use selfie::{OneFrame, Profile, Session, Stream};
use serde::Deserialize;
use serde_json::{Map, Value};
use storage::{Opening, Phone};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    title: String,
    rows: Vec<String>,
    /// The day, for cards.
    today: Option<String>,
    /// What is asked of a selfie.
    #[serde(default)]
    profile: Profile,
    #[serde(default)]
    come_closer: bool,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    #[serde(flatten)]
    show: Show,
    /// Each of these must be so. Of a card: `card`, or null; `hint`; `suggest`, what the shell may do by itself. Of a selfie: `captured`,
    /// and `by_hand` and what `failed` before; else `hint`, the `failing` check, and `ways_on`; of a still: `accepted`, or `hint`. Of storage: `opened` and the `losses`, or the `problem`.
    expect: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Show {
    /// A picture by itself.
    Frame(SceneFrame),
    /// Each frame of a burst by itself: all must give the same.
    Stills(Burst),
    /// The frames of a burst one after the other, until a card is read; the last answer counts.
    Stream(Burst),
    /// Frames of a selfie stream.
    Selfie(Stream),
    /// A picture of full resolution instead.
    SelfieStill(OneFrame),
    /// The button.
    TakeNow {},
    /// Opens the app's storage anew, with a key store that answers so.
    OpenStorage(Opening),
    /// The holder was told of the losses.
    TellLosses {},
}

/// What plays along through a scenario.
struct Stage {
    scanner: Option<CardScanner>,
    selfie: Session,
    phone: Phone,
}

impl Stage {
    fn show(&mut self, show: &Show) -> Vec<Value> {
        let scanner = || self.scanner.as_ref().expect("a scenario with cards has a day");
        match show {
            Show::Frame(frame) => vec![frame.scan(scanner())],
            Show::Stills(burst) => burst.stills(scanner()),
            Show::Stream(burst) => vec![burst.stream(scanner())],
            Show::Selfie(frames) => vec![self.selfie.stream(frames)],
            Show::SelfieStill(frame) => vec![self.selfie.still(frame)],
            Show::TakeNow {} => vec![self.selfie.take_now()],
            Show::OpenStorage(opening) => vec![self.phone.open(opening)],
            Show::TellLosses {} => vec![self.phone.tell_losses()],
        }
    }
}

fn run(scenario: &Scenario) {
    let scanner = scenario.today.as_ref().map(|today| CardScanner::new(today).unwrap());
    let selfie = Session::new(scenario.profile, scenario.come_closer);
    let mut stage = Stage { scanner, selfie, phone: Phone::new() };
    for (number, Step { show, expect }) in scenario.steps.iter().enumerate() {
        assert!(!expect.is_empty(), "{}, step {}", scenario.title, number + 1);
        for found in stage.show(show) {
            for (key, value) in expect {
                assert_eq!(found.get(key), Some(value), "{}, step {}, {key}", scenario.title, number + 1);
            }
        }
    }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    // Journeys have a folder and a runner of their own.
    let mut files: Vec<_> = files.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[test]
fn every_scenario_ends_as_written() {
    let files = files();
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let scenario: Scenario = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        assert!(!scenario.rows.is_empty() && !scenario.steps.is_empty(), "{}", scenario.title);
        run(&scenario);
    }
}
