//! `manifest.tsv`: what is in each frame of a set, a line each; the same columns as other sets of pictures have.

use std::fmt::Write;

use citizen_scenes::{Card, Level, Photo};

const COLUMNS: [&str; 9] =
    ["path", "expected_hex", "set", "severity", "seed", "version", "level", "modules", "corners"];

/// The file's text while it grows.
pub(super) struct Manifest(String);

impl Manifest {
    pub(super) fn new() -> Self {
        Self(COLUMNS.join("\t") + "\n")
    }

    /// Adds a frame. `severity` is 0 to 1.
    pub(super) fn add(&mut self, path: &str, set: &str, (severity, seed): (f32, u32), card: &Card, photo: &Photo) {
        let code = card.code();
        let level = match code.level() {
            Level::Low => "L",
            Level::Medium => "M",
        };
        let corners: Vec<_> = photo.corners.as_flattened().iter().map(|px| format!("{px:.3}")).collect();
        let cells = [
            path,
            &hex(&photo.text),
            set,
            &format!("{severity:.3}"),
            &seed.to_string(),
            &code.version().to_string(),
            level,
            &code.side().to_string(),
            &corners.join(","),
        ];
        self.0 += &(cells.join("\t") + "\n");
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

/// UTF-8 in hexadecimal: a text may hold tabs and line ends.
fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
