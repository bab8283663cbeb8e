//! Runs `tests/scenarios/*.json`; Kotlin and Swift run the same files.

use std::path::{Path, PathBuf};

use citizen_card::CalendarDate;
use citizen_scenes::{planes, scene};
use citizen_vision::{CardScanner, FrameLayout, Rotation, Scan};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    title: String,
    rows: Vec<String>,
    today: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    frame: SceneFrame,
    /// `{"card": {...}}` or `{"hint": "..."}`.
    expect: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SceneFrame {
    scene: String,
    #[serde(default)]
    rotation: Turn,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Turn {
    #[default]
    Upright,
    Clockwise,
    UpsideDown,
    CounterClockwise,
}

impl From<Turn> for Rotation {
    fn from(turn: Turn) -> Self {
        match turn {
            Turn::Upright => Self::Upright,
            Turn::Clockwise => Self::Clockwise,
            Turn::UpsideDown => Self::UpsideDown,
            Turn::CounterClockwise => Self::CounterClockwise,
        }
    }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn run(scenario: &Scenario) {
    let scanner = CardScanner::on(CalendarDate::from_iso(&scenario.today).unwrap());
    for (number, Step { frame, expect }) in scenario.steps.iter().enumerate() {
        let photo = scene(&frame.scene).unwrap_or_else(|| panic!("no scene {}", frame.scene)).photograph();
        let luma = planes::luma(&photo.image);
        let layout = FrameLayout { rotation: frame.rotation.into(), ..FrameLayout::tight(luma.width(), luma.height()) };
        let found = match scanner.scan(&luma, layout).unwrap() {
            Scan::Card { reading, .. } => json!({ "card": reading }),
            Scan::Hint { hint } => json!({ "hint": hint.id() }),
        };
        assert_eq!(&found, expect, "{}, step {}", scenario.title, number + 1);
    }
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
