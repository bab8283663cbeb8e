//! What is looked at: pictures, a folder, a burst or a camera; and which files a folder offers.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

const EXTENSIONS: [&str; 4] = ["png", "jpg", "jpeg", "pgm"];

/// One of these.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Source {
    /// Pictures, each by itself: PNG, JPEG or PGM.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// All pictures in a folder, each by itself, in name order.
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// The pictures in a folder, in name order, as the frames of one session.
    #[arg(long, value_name = "DIR")]
    pub(crate) burst: Option<PathBuf>,
    /// Live from a camera of this computer, 0 by default.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "0")]
    pub(crate) camera: Option<u32>,
}

/// The pictures in a folder, in name order.
pub(crate) fn pictures_in(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(dir).with_context(|| format!("can't open folder {}", dir.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("can't list {}", dir.display()))?.path();
        if is_picture(&path) {
            files.push(path);
        }
    }
    if files.is_empty() {
        bail!("no picture (PNG, JPEG, PGM) in {}", dir.display());
    }
    files.sort();
    Ok(files)
}

/// A file's name in reports: relative to the folder that was asked for.
pub(crate) fn name(file: &Path, dir: Option<&Path>) -> String {
    dir.and_then(|dir| file.strip_prefix(dir).ok()).unwrap_or(file).display().to_string()
}

fn is_picture(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    path.is_file() && EXTENSIONS.contains(&extension.as_str())
}
