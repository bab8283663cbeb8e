//! Where overlays and other outputs go: never onto a picture that is looked at, and never two to the same file.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The one overlay, or other output, of a picture, a burst or a live session.
pub(crate) fn file(out: &Path, inputs: &[PathBuf]) -> Result<PathBuf> {
    keep_inputs(&[out.to_path_buf()], inputs)?;
    Ok(out.to_path_buf())
}

/// The outputs of a burst: each a file of its own.
pub(crate) fn files(outs: &[PathBuf], inputs: &[PathBuf]) -> Result<()> {
    let mut taken = HashSet::new();
    for out in outs {
        if !taken.insert(std::path::absolute(out)?) {
            bail!("{} is given for two outputs", out.display());
        }
    }
    keep_inputs(outs, inputs)
}

/// An overlay for each picture, in a folder that is made if missing: named like the picture with its extension, because
/// `x.jpg` and `x.png` may lie side by side.
pub(crate) fn folder(out: &Path, pictures: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut taken = HashSet::new();
    let mut paths = Vec::new();
    for picture in pictures {
        let mut name = picture.file_name().unwrap_or_default().to_os_string();
        name.push(".png");
        let path = out.join(&name);
        if !taken.insert(name) {
            bail!(
                "--overlay: {} would get the overlay {} of another picture of that name; give them one after the other",
                picture.display(),
                path.display()
            );
        }
        paths.push(path);
    }
    keep_inputs(&paths, pictures)?;
    std::fs::create_dir_all(out)
        .with_context(|| format!("--overlay: for several pictures this must be a folder: {}", out.display()))?;
    Ok(paths)
}

/// A path that does not exist yet is no input, whatever it is called.
fn keep_inputs(outputs: &[PathBuf], inputs: &[PathBuf]) -> Result<()> {
    let inputs: HashSet<_> = inputs.iter().filter_map(|path| path.canonicalize().ok()).collect();
    for output in outputs {
        if output.canonicalize().is_ok_and(|path| inputs.contains(&path)) {
            bail!("{} is one of the pictures to look at and would be overwritten", output.display());
        }
    }
    Ok(())
}
