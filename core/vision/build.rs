//! Packs the face model that the crate `rustface` carries for the core to embed: weights in 16 bits instead of 32. The rest stays.
//!
//! Weights that are summed up become shares of the greatest among them: off by 1/65534 of it at most, where a float has more digits than
//! training gave meaning to.
//!
//! Cargo tells a build script nothing of the folders of its dependencies. So it is asked for them with a manifest that has this one
//! dependency, offline: what is being built has been fetched already, from wherever this build takes its crates.

#[path = "src/face/model/walk.rs"]
mod walk;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, error::Error, fs};

use walk::{Walker, walk};

/// As the workspace pins it.
const VERSION: &str = "=0.1.7";
const MODEL: &str = "model/seeta_fd_frontal_v1.0.bin";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/face/model/walk.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let folder = folder_of_rustface(&out.join("rustface"))?;
    let model = fs::read(folder.join(MODEL))?;
    fs::write(out.join("face.model"), packed(&model).ok_or("another model than it was")?)?;
    Ok(())
}

fn packed(model: &[u8]) -> Option<Vec<u8>> {
    let mut file = Packing { file: model, packed: Vec::new() };
    walk(&mut file)?;
    file.file.is_empty().then_some(file.packed)
}

struct Packing<'a> {
    file: &'a [u8],
    packed: Vec<u8>,
}

impl Walker for Packing<'_> {
    fn number(&mut self) -> Option<usize> {
        let word = *self.file.first_chunk()?;
        self.words(1)?;
        Some(usize::try_from(i32::from_le_bytes(word)).unwrap_or_default())
    }

    fn words(&mut self, count: usize) -> Option<()> {
        self.packed.extend_from_slice(self.file.split_off(..4 * count)?);
        Some(())
    }

    fn threshold(&mut self, _lenient: impl FnOnce(f32) -> f32) -> Option<()> {
        self.words(1)
    }

    fn weights(&mut self, count: usize) -> Option<()> {
        let (weights, _) = self.file.split_off(..4 * count)?.as_chunks();
        let weights: Vec<f32> = weights.iter().map(|weight| f32::from_le_bytes(*weight)).collect();
        let greatest = weights.iter().fold(f32::MIN_POSITIVE, |greatest, weight| greatest.max(weight.abs()));
        self.packed.extend_from_slice(&greatest.to_le_bytes());
        let share = |weight: &f32| (weight / greatest * f32::from(i16::MAX)).round() as i16;
        self.packed.extend(weights.iter().flat_map(|weight| share(weight).to_le_bytes()));
        Some(())
    }
}

fn folder_of_rustface(asking: &Path) -> Result<PathBuf, Box<dyn Error>> {
    fs::create_dir_all(asking)?;
    let manifest = asking.join("Cargo.toml");
    let dependency = format!("rustface = {{ version = {VERSION:?}, default-features = false }}");
    let package = "[package]\nname = \"asking\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"";
    fs::write(&manifest, format!("{package}\n[dependencies]\n{dependency}\n[workspace]\n"))?;
    fs::write(asking.join("lib.rs"), "")?;

    let output = Command::new(env::var("CARGO")?)
        .args(["metadata", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(&manifest)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata: no packages")?;
    let rustface = packages.iter().find(|package| package["name"] == "rustface").ok_or("no rustface")?;
    let manifest = rustface["manifest_path"].as_str().ok_or("cargo metadata: no path")?;
    Ok(Path::new(manifest).parent().ok_or("a manifest lies in a folder")?.to_owned())
}
