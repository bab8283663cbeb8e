//! `manifest.tsv`: which pictures of a folder hold which QR text.
//!
//! ```text
//! path <tab> expected_hex <tab> set          a header; further columns are ignored
//! far/1.png <tab> 48656c6c6f <tab> far       the path counts from the manifest's folder; UTF-8 in hexadecimal,
//!                                            empty where there is no code
//! ```

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

const NAME: &str = "manifest.tsv";

/// The set whose pictures are frames of bursts: a folder is a burst.
pub(super) const BURST: &str = "burst";

/// A picture and the text that a scanner should read in it; empty: it shows no code.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) file: PathBuf,
    pub(super) expected: String,
    /// What it is counted with.
    pub(super) set: String,
    /// It is no further frame of the burst before it.
    pub(super) begins: bool,
}

/// The pictures of all manifests in `folder` and below, in the order of their folders and lines.
pub(super) fn pictures_in(folder: &Path) -> Result<Vec<Picture>> {
    let mut pictures = Vec::new();
    collect(folder, &mut pictures)?;
    if pictures.is_empty() {
        bail!("no {NAME} with pictures in {} or below", folder.display());
    }
    Ok(pictures)
}

fn collect(folder: &Path, pictures: &mut Vec<Picture>) -> Result<()> {
    let file = folder.join(NAME);
    if file.is_file() {
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        read(&text, folder, pictures).with_context(|| file.display().to_string())?;
    }
    let entries = std::fs::read_dir(folder).with_context(|| format!("can't open folder {}", folder.display()))?;
    let mut below: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    below.sort();
    below.iter().filter(|path| path.is_dir()).try_for_each(|path| collect(path, pictures))
}

fn read(text: &str, folder: &Path, pictures: &mut Vec<Picture>) -> Result<()> {
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
        let (file, set) = (folder.join(cell(path)?), *cell(set)?);
        let continues = |before: &Picture| set == BURST && before.set == BURST && before.file.parent() == file.parent();
        let begins = !pictures.last().is_some_and(continues);
        pictures.push(Picture { file, expected, set: set.to_owned(), begins });
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
    fn rows_are_pictures() {
        let text = "path\tlicence\tset\texpected_hex\na.png\tCC0\tfar\t41\nb.png\tCC0\tfar\t42\n";
        let mut pictures = Vec::new();
        read(text, Path::new("corpus"), &mut pictures).unwrap();
        let picture = |file: &str, expected: &str| Picture {
            file: file.into(),
            expected: expected.into(),
            set: "far".into(),
            begins: true,
        };
        assert_eq!(pictures, [picture("corpus/a.png", "A"), picture("corpus/b.png", "B")]);
    }

    #[test]
    fn a_folder_of_bursts_is_one_session() {
        let rows = ["b0/f0\tburst", "b0/f1\tburst", "b1/f0\tburst", "b1/f1\tburst", "b1/f2\tfar", "b1/f3\tburst"];
        let text = rows.iter().fold("path\tset\texpected_hex\n".to_owned(), |text, row| format!("{text}{row}\t41\n"));
        let mut pictures = Vec::new();
        read(&text, Path::new(""), &mut pictures).unwrap();
        let begins: Vec<_> = pictures.iter().map(|picture| picture.begins).collect();
        assert_eq!(begins, [true, false, true, false, true, true]);
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
