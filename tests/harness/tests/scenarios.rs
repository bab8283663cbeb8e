//! Runs `tests/scenarios/*.json`; Kotlin and Swift run the same files.

use std::path::{Path, PathBuf};

use citizen_scenes::{Card, Photo, Scene, burst, hard, planes, scene};
use citizen_vision::{CardScanner, FrameLayout, Rotation, Scan, Suggestions};
use image::GrayImage;
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    title: String,
    rows: Vec<String>,
    today: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    #[serde(flatten)]
    show: Show,
    /// Each of these must be so: `card`, or null; `hint`; `suggest`, what the shell may do by itself.
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SceneFrame {
    scene: String,
    #[serde(default)]
    rotation: Turn,
}

/// A scene in a hand that shakes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Burst {
    burst: String,
    /// How many are shown; after the last drawn one comes the first again. All once if missing.
    #[serde(default = "once")]
    frames: usize,
}

fn once() -> usize {
    hard::FRAMES
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

impl Show {
    fn scans(&self, scanner: &CardScanner) -> Vec<Scan> {
        match self {
            Self::Frame(frame) => {
                let luma = luma(&named(&frame.scene).photograph());
                let layout = FrameLayout { rotation: frame.rotation.into(), ..tight(&luma) };
                vec![scanner.scan_still(&luma, layout).unwrap()]
            }
            Self::Stills(burst) => {
                burst.drawn().iter().map(|luma| scanner.scan_still(luma, tight(luma)).unwrap()).collect()
            }
            Self::Stream(burst) => {
                let drawn = burst.drawn();
                let mut scans =
                    drawn.iter().cycle().take(burst.frames).map(|luma| scanner.scan(luma, tight(luma)).unwrap());
                let mut last = scans.next().unwrap();
                while matches!(last, Scan::Hint { .. })
                    && let Some(scan) = scans.next()
                {
                    last = scan;
                }
                vec![last]
            }
        }
    }
}

impl Burst {
    fn drawn(&self) -> Vec<GrayImage> {
        let Scene { card, shot, seed, .. } = named(&self.burst);
        burst(&Card::invent(card), &shot, self.frames.min(hard::FRAMES), seed).iter().map(luma).collect()
    }
}

fn named(name: &str) -> Scene {
    scene(name).unwrap_or_else(|| panic!("no scene {name}"))
}

fn luma(photo: &Photo) -> GrayImage {
    planes::luma(&photo.image)
}

fn tight(luma: &GrayImage) -> FrameLayout {
    FrameLayout::tight(luma.width(), luma.height())
}

fn json(scan: &Scan) -> Value {
    match scan {
        Scan::Card { reading, .. } => json!({ "card": reading }),
        Scan::Hint { hint, suggestions, .. } => {
            json!({ "card": null, "hint": hint.id(), "suggest": names(suggestions) })
        }
    }
}

fn names(suggestions: &Suggestions) -> Vec<&'static str> {
    let Suggestions { zoom, focus, torch, type_by_hand } = *suggestions;
    let offered = [
        ("zoom", zoom.is_some_and(|zoom| zoom > 1.0)),
        ("focus", focus.is_some()),
        ("torch", torch),
        ("type_by_hand", type_by_hand),
    ];
    offered.into_iter().filter(|(_, is_offered)| *is_offered).map(|(name, _)| name).collect()
}

fn run(scenario: &Scenario) {
    let scanner = CardScanner::new(&scenario.today).unwrap();
    for (number, Step { show, expect }) in scenario.steps.iter().enumerate() {
        assert!(!expect.is_empty(), "{}, step {}", scenario.title, number + 1);
        for scan in show.scans(&scanner) {
            let found = json(&scan);
            for (key, value) in expect {
                assert_eq!(found.get(key), Some(value), "{}, step {}, {key}", scenario.title, number + 1);
            }
        }
    }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
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
