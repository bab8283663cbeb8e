//! Which pictures there are, and where their faces are.
//!
//! ```text
//! path <tab> set <tab> faces               manifest.tsv: a header; further columns are ignored
//! far/1.png <tab> far <tab> 241,263        the path counts from the manifest's folder; of each face the middle of the eyes, pixels,
//!                                          joined by spaces; nothing where there is none
//! ```
//!
//! Without the column `faces` each picture has one face, anywhere; without a manifest so has each picture in the folder and below.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

const MANIFEST: &str = "manifest.tsv";
const EXTENSIONS: [&str; 3] = ["png", "jpg", "jpeg"];

#[derive(Debug, PartialEq)]
pub(super) struct Picture {
    pub(super) file: PathBuf,
    /// What it is counted with.
    pub(super) set: String,
    /// The middle of the eyes of each face; `None`: one, anywhere.
    pub(super) faces: Option<Vec<[f64; 2]>>,
}

pub(super) fn in_folder(folder: &Path) -> Result<Vec<Picture>> {
    let manifest = folder.join(MANIFEST);
    let mut pictures = Vec::new();
    if manifest.is_file() {
        let text = std::fs::read_to_string(&manifest).with_context(|| manifest.display().to_string())?;
        pictures = read(&text, folder).with_context(|| manifest.display().to_string())?;
    } else {
        collect(folder, &mut pictures)?;
    }
    if pictures.is_empty() {
        bail!("no pictures in {} or below", folder.display());
    }
    Ok(pictures)
}

fn collect(folder: &Path, pictures: &mut Vec<Picture>) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("can't open folder {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    let set = folder.file_name().unwrap_or_default().to_string_lossy();
    for file in paths {
        let extension = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if file.is_dir() {
            collect(&file, pictures)?;
        } else if EXTENSIONS.contains(&extension.as_str()) {
            pictures.push(Picture { file, set: set.clone().into_owned(), faces: None });
        }
    }
    Ok(())
}

fn read(text: &str, folder: &Path) -> Result<Vec<Picture>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().context("empty")?.split('\t').collect();
    let column = |name: &str| header.iter().position(|column| *column == name);
    let path = column("path").context("no column `path` in the header")?;
    let set = column("set").context("no column `set` in the header")?;
    let faces = column("faces");
    let picture = |(number, line): (usize, &str)| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |column: usize| cells.get(column).with_context(|| format!("line {}: too few columns", number + 2));
        let places = |text: &str| places(text).with_context(|| format!("line {}: not x,y pairs", number + 2));
        Ok(Picture {
            file: folder.join(cell(path)?),
            set: (*cell(set)?).to_owned(),
            faces: faces.map(|column| places(cell(column)?)).transpose()?,
        })
    };
    lines.enumerate().filter(|(_, line)| !line.is_empty()).map(picture).collect()
}

fn places(text: &str) -> Option<Vec<[f64; 2]>> {
    let place = |pair: &str| {
        let (x, y) = pair.split_once(',')?;
        Some([x.parse().ok()?, y.parse().ok()?])
    };
    text.split_whitespace().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_pictures() {
        let pictures = read("path\tset\tfaces\na.png\tfar\t1,2 3,4\nb.png\tfaceless\t\n", Path::new("c")).unwrap();
        let picture = |file: &str, set: &str, faces| Picture { file: file.into(), set: set.into(), faces };
        assert_eq!(
            pictures,
            [
                picture("c/a.png", "far", Some(vec![[1.0, 2.0], [3.0, 4.0]])),
                picture("c/b.png", "faceless", Some(Vec::new()))
            ]
        );
        assert_eq!(read("path\tset\na\tb\n", Path::new("")).unwrap(), [picture("a", "b", None)]);
    }

    #[test]
    fn bad_manifests_are_named() {
        for (text, problem) in [
            ("", "empty"),
            ("path\n", "no column `set` in the header"),
            ("path\tset\tfaces\na\tb\n", "line 2: too few columns"),
            ("path\tset\tfaces\na\tb\t1;2\n", "line 2: not x,y pairs"),
        ] {
            assert_eq!(read(text, Path::new("")).unwrap_err().to_string(), problem);
        }
    }
}
