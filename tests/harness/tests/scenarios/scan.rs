//! Steps before the camera of a card.

use citizen_scenes::{Card, Photo, Scene, burst, hard, planes, scene};
use citizen_vision::{CardScanner, FrameLayout, Rotation, Scan, Suggestions};
use image::GrayImage;
use serde::Deserialize;
use serde_json::{Value, json};

/// A picture by itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SceneFrame {
    scene: String,
    #[serde(default)]
    rotation: Turn,
}

/// A scene in a hand that shakes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Burst {
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

impl SceneFrame {
    pub(crate) fn scan(&self, scanner: &CardScanner) -> Value {
        let luma = luma(&named(&self.scene).photograph());
        let layout = FrameLayout { rotation: self.rotation.into(), ..tight(&luma) };
        json(&scanner.scan_still(&luma, layout).unwrap())
    }
}

impl Burst {
    /// Each frame by itself.
    pub(crate) fn stills(&self, scanner: &CardScanner) -> Vec<Value> {
        self.drawn().iter().map(|luma| json(&scanner.scan_still(luma, tight(luma)).unwrap())).collect()
    }

    /// The frames one after the other, until a card is read.
    pub(crate) fn stream(&self, scanner: &CardScanner) -> Value {
        let drawn = self.drawn();
        let mut scans = drawn.iter().cycle().take(self.frames).map(|luma| scanner.scan(luma, tight(luma)).unwrap());
        let mut last = scans.next().unwrap();
        while matches!(last, Scan::Hint { .. })
            && let Some(scan) = scans.next()
        {
            last = scan;
        }
        json(&last)
    }

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
