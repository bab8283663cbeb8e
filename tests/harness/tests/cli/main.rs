//! The command `citizen`, as a user calls it: what it prints and how it exits.

mod cards;
mod files;
mod overlay;
mod sessions;
mod usage;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use citizen_scenes::{Code, Level, Photo, scene};
use image::GrayImage;
use serde_json::Value;
use tempfile::TempDir;

fn command(arguments: &[&str], paths: &[&Path]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_citizen"));
    command.args(arguments).args(paths);
    command
}

fn citizen(arguments: &[&str], paths: &[&Path]) -> Output {
    command(arguments, paths).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json_lines(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The texts of a line, out of their hexadecimal UTF-8.
fn texts(line: &Value) -> Vec<String> {
    let byte = |hex: &[u8]| u8::from_str_radix(std::str::from_utf8(hex).unwrap(), 16).unwrap();
    let text = |hex: &str| String::from_utf8(hex.as_bytes().chunks(2).map(byte).collect()).unwrap();
    line["text_hex"].as_array().unwrap().iter().map(|hex| text(hex.as_str().unwrap())).collect()
}

/// A scene's photo; drawn once, because drawing is most of these tests' time.
fn photo(name: &str) -> Photo {
    static DRAWN: Mutex<BTreeMap<String, Photo>> = Mutex::new(BTreeMap::new());
    let draw = || scene(name).unwrap().photograph();
    DRAWN.lock().unwrap().entry(name.into()).or_insert_with(draw).clone()
}

/// The luma of a scene's photo.
fn luma(name: &str) -> GrayImage {
    citizen_scenes::planes::luma(&photo(name).image)
}

/// A folder with these scenes as PGM.
fn folder(names: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for name in names {
        photo(name).save(folder.path().join(name).with_extension("pgm")).unwrap();
    }
    folder
}

/// A picture of a code that is no card's, in a folder.
fn draw_code(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    Code::new(text, Level::Medium).unwrap().draw(6).save(&path).unwrap();
    path
}
