//! Copies the face model out of the crate `rustface`, which carries it, to where the core embeds it.
//!
//! Cargo tells a build script nothing of the folders of its dependencies. So it is asked for them with a manifest that has this one
//! dependency, offline: what is being built has been fetched already, from wherever this build takes its crates.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, error::Error, fs};

/// As the workspace pins it.
const VERSION: &str = "=0.1.7";
const MODEL: &str = "model/seeta_fd_frontal_v1.0.bin";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let folder = folder_of_rustface(&out.join("rustface"))?;
    fs::copy(folder.join(MODEL), out.join("face.model"))?;
    Ok(())
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
