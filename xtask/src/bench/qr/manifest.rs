//! `manifest.tsv`: which pictures of a folder hold which QR text.
//!
//! ```text
//! path <tab> expected_hex <tab> set          a header; further columns are ignored
//! far/1.png <tab> 48656c6c6f <tab> far       the path counts from the manifest's folder; UTF-8 in hexadecimal
//! ```

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

const NAME: &str = "manifest.tsv";

/// Pictures that are counted together.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct QrSet {
    pub(super) name: String,
    pub(super) pictures: Vec<Picture>,
}

/// A picture and the text that a scanner should read in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) file: PathBuf,
    pub(super) expected: String,
}

/// The sets of all manifests in `folder` and below, in the order of their folders and lines.
pub(super) fn sets_in(folder: &Path) -> Result<Vec<QrSet>> {
    let mut sets = Vec::new();
    collect(folder, &mut sets)?;
    if sets.is_empty() {
        bail!("no {NAME} with pictures in {} or below", folder.display());
    }
    Ok(sets)
}

fn collect(folder: &Path, sets: &mut Vec<QrSet>) -> Result<()> {
    let file = folder.join(NAME);
    if file.is_file() {
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        read(&text, folder, sets).with_context(|| file.display().to_string())?;
    }
    let entries = std::fs::read_dir(folder).with_context(|| format!("can't open folder {}", folder.display()))?;
    let mut below: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    below.sort();
    below.iter().filter(|path| path.is_dir()).try_for_each(|path| collect(path, sets))
}

fn read(text: &str, folder: &Path, sets: &mut Vec<QrSet>) -> Result<()> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().context("empty")?.split('\t').collect();
    let column = |name: &str| {
        header.iter().position(|column| *column == name).with_context(|| format!("no column `{name}` in the header"))
    };
    let (path, expected, set) = (column("path")?, column("expected_hex")?, column("set")?);
    for (number, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |column: usize| cells.get(column).with_context(|| format!("line {}: too few columns", number + 2));
        let expected = self::text(cell(expected)?).with_context(|| format!("line {}: not UTF-8 in hex", number + 2))?;
        let picture = Picture { file: folder.join(cell(path)?), expected };
        let name = *cell(set)?;
        match sets.iter_mut().find(|set| set.name == name) {
            Some(set) => set.pictures.push(picture),
            None => sets.push(QrSet { name: name.to_owned(), pictures: vec![picture] }),
        }
    }
    Ok(())
}

/// UTF-8 in hexadecimal, as texts are compared: one kind of line end, nothing around the text. Generators and the
/// corpora's text files differ in both.
pub(super) fn text(hex: &str) -> Option<String> {
    let digits = hex.as_bytes().chunks(2);
    let byte = |pair: &[u8]| match pair {
        [high, low] if pair.iter().all(u8::is_ascii_hexdigit) => {
            u8::from_str_radix(std::str::from_utf8(&[*high, *low]).ok()?, 16).ok()
        }
        _ => None,
    };
    let text = String::from_utf8(digits.map(byte).collect::<Option<_>>()?).ok()?;
    Some(text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_grouped_by_set() {
        let text = "path\tlicence\tset\texpected_hex\na.png\tCC0\tfar\t41\nb.png\tCC0\tnear\t42\nc.png\tCC0\tfar\t43\n";
        let mut sets = Vec::new();
        read(text, Path::new("corpus"), &mut sets).unwrap();
        let names: Vec<_> = sets.iter().map(|set| (set.name.as_str(), set.pictures.len())).collect();
        assert_eq!(names, [("far", 2), ("near", 1)]);
        assert_eq!(sets[0].pictures[1], Picture { file: "corpus/c.png".into(), expected: "C".into() });
    }

    #[test]
    fn bad_manifests_are_named() {
        for (text, problem) in [
            ("", "empty"),
            ("path\tset\n", "no column `expected_hex` in the header"),
            ("path\texpected_hex\tset\na.png\t41\n", "line 2: too few columns"),
            ("path\texpected_hex\tset\na.png\t4\tfar\n", "line 2: not UTF-8 in hex"),
            ("path\texpected_hex\tset\na.png\tff\tfar\n", "line 2: not UTF-8 in hex"),
        ] {
            let error = read(text, Path::new(""), &mut Vec::new()).unwrap_err();
            assert_eq!(error.to_string(), problem);
        }
    }

    #[test]
    fn line_ends_and_margins_do_not_count() {
        assert_eq!(text("200d410d0a420d430a").as_deref(), Some("A\nB\nC"));
        assert_eq!(text("+1"), None);
    }
}
