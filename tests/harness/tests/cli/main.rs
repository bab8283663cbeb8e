//! The command `citizen`, as a user calls it: what it prints and how it exits.

mod cards;
mod demo;
mod files;
mod memory;
mod overlay;
mod sandbox;
mod scenes;
mod selfies;
mod sessions;
mod usage;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use citizen_scenes::{Code, Level, Photo, scene};
use image::{GrayImage, Luma};
use qrcodegen::{QrCode, QrCodeEcc};
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

/// What a code holds, out of its hexadecimal.
fn bytes(hex: &str) -> Vec<u8> {
    let byte = |hex: &[u8]| u8::from_str_radix(std::str::from_utf8(hex).unwrap(), 16).unwrap();
    hex.as_bytes().chunks(2).map(byte).collect()
}

/// The same where it is text.
fn text(hex: &str) -> String {
    String::from_utf8(bytes(hex)).unwrap()
}

/// The texts of a line.
fn texts(line: &Value) -> Vec<String> {
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

/// The same for bytes of any kind.
fn draw_bytes(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    const MODULE: u32 = 6;
    let code = QrCode::encode_binary(bytes, QrCodeEcc::Medium).unwrap();
    let dark = |at: [u32; 2]| {
        let [column, row] = at.map(|at| (at / MODULE).cast_signed() - 4);
        code.get_module(column, row)
    };
    let side = (code.size().cast_unsigned() + 8) * MODULE;
    let path = folder.join(name);
    GrayImage::from_fn(side, side, |x, y| Luma([if dark([x, y]) { 0 } else { 255 }])).save(&path).unwrap();
    path
}
