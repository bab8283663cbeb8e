//! Which files a folder offers.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

const EXTENSIONS: [&str; 4] = ["png", "jpg", "jpeg", "pgm"];

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
