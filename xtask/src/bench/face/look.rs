//! What each detector found in each picture, judged and counted.

use std::fmt::Write;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use xshell::Shell;

use super::TARGET;
use super::detector::Detector;
use super::peers::Peers;
use super::pictures::Picture;
use crate::output::each_line_unseen;
use crate::{root, step};

/// Pictures between two lines of progress.
const PROGRESS: usize = 100;

/// One detector's answer to one picture.
#[derive(Debug, PartialEq)]
pub(super) struct Look {
    picture: usize,
    detector: Detector,
    ms: f64,
    /// The face, or the first of several, lies in a box; where there is none: no box.
    found: bool,
    /// Boxes without a face.
    strays: usize,
}

/// What is counted together, by each detector.
#[derive(Debug, PartialEq)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) of: usize,
    /// In the order of [`Detector::ALL`].
    pub(super) scores: Vec<Score>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Score {
    pub(super) found: usize,
    pub(super) strays: usize,
    /// Median CPU time.
    pub(super) ms: f64,
}

/// Each detector's answer to each picture.
pub(super) fn at(sh: &Shell, peers: &Peers, pictures: &[Picture]) -> Result<Vec<Look>> {
    step(&format!("{} pictures, {} detectors", pictures.len(), Detector::ALL.len()));
    let list = root().join(TARGET).join("faces.txt");
    sh.write_file(&list, lines(pictures)?)?;
    let mut looks = Vec::new();
    let succeeded = each_line_unseen(peers.bench(sh, ["find", &list.to_string_lossy()]), |line| {
        looks.push(Look::parse(line, pictures)?);
        if looks.len().is_multiple_of(PROGRESS * Detector::ALL.len()) {
            println!("{} of {}", looks.len() / Detector::ALL.len(), pictures.len());
        }
        Ok(())
    })?;
    if !succeeded {
        bail!("`bench-face` failed");
    }
    let expected = pictures.len() * Detector::ALL.len();
    ensure!(looks.len() == expected, "`bench-face` has {} answers instead of {expected}", looks.len());
    Ok(looks)
}

fn lines(pictures: &[Picture]) -> Result<String> {
    pictures.iter().try_fold(String::new(), |mut lines, picture| {
        let file = picture.file.to_str().filter(|file| !file.contains(['\n', '\t']));
        let file = file.with_context(|| format!("a name that fits no line: {}", picture.file.display()))?;
        writeln!(lines, "{file}")?;
        Ok(lines)
    })
}

impl Look {
    fn parse(line: &str, pictures: &[Picture]) -> Result<Self> {
        let row: Value = serde_json::from_str(line)?;
        Self::of(&row, pictures).with_context(|| format!("not a line of `bench-face`: {line}"))
    }

    fn of(row: &Value, pictures: &[Picture]) -> Option<Self> {
        let picture = usize::try_from(row["picture"].as_u64()?).ok()?;
        let side = |value: &Value| value.as_f64();
        let sides =
            |of: &Value| <[f64; 4]>::try_from(of.as_array()?.iter().map(side).collect::<Option<Vec<_>>>()?).ok();
        let boxes: Vec<[f64; 4]> = row["boxes"].as_array()?.iter().map(sides).collect::<Option<_>>()?;
        let (found, strays) = judged(&boxes, pictures.get(picture)?.faces.as_deref());
        Some(Self {
            picture,
            detector: Detector::named(row["detector"].as_str()?)?,
            ms: row["ms"].as_f64()?,
            found,
            strays,
        })
    }
}

/// Whether the face was found, and how many boxes hold none.
fn judged(boxes: &[[f64; 4]], faces: Option<&[[f64; 2]]>) -> (bool, usize) {
    let holds = |[left, top, width, height]: &[f64; 4], [x, y]: &[f64; 2]| {
        (*left..left + width).contains(x) && (*top..top + height).contains(y)
    };
    match faces {
        None => (!boxes.is_empty(), boxes.len().saturating_sub(1)),
        Some(faces) => {
            let strays = boxes.iter().filter(|of| !faces.iter().any(|face| holds(of, face))).count();
            let found = match faces.first() {
                Some(face) => boxes.iter().any(|of| holds(of, face)),
                None => boxes.is_empty(),
            };
            (found, strays)
        }
    }
}

/// Each set in the pictures' order, then all.
pub(super) fn groups(pictures: &[Picture], looks: &[Look]) -> Vec<Group> {
    let mut sets: Vec<&str> = Vec::new();
    for picture in pictures {
        if !sets.contains(&picture.set.as_str()) {
            sets.push(&picture.set);
        }
    }
    let group = |name: &str, holds: &dyn Fn(&str) -> bool| Group {
        name: name.to_owned(),
        of: pictures.iter().filter(|picture| holds(&picture.set)).count(),
        scores: Detector::ALL.map(|detector| score(pictures, looks, detector, holds)).into(),
    };
    let mut groups: Vec<Group> = sets.iter().map(|name| group(name, &|set| set == *name)).collect();
    if sets.len() > 1 {
        groups.push(group("all", &|_| true));
    }
    groups
}

fn score(pictures: &[Picture], looks: &[Look], detector: Detector, holds: &dyn Fn(&str) -> bool) -> Score {
    let looks: Vec<&Look> =
        looks.iter().filter(|look| look.detector == detector && holds(&pictures[look.picture].set)).collect();
    Score {
        found: looks.iter().filter(|look| look.found).count(),
        strays: looks.iter().map(|look| look.strays).sum(),
        ms: super::speed::median(looks.iter().map(|look| look.ms).collect()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_is_found_where_its_eyes_lie_in_a_box() {
        let (face, stray) = ([10.0, 10.0, 20.0, 20.0], [50.0, 50.0, 5.0, 5.0]);
        assert_eq!(judged(&[face], Some(&[[15.0, 15.0]])), (true, 0));
        assert_eq!(judged(&[face, stray], Some(&[[15.0, 15.0]])), (true, 1));
        assert_eq!(judged(&[stray], Some(&[[15.0, 15.0]])), (false, 1));
        assert_eq!(judged(&[face], Some(&[[99.0, 99.0], [15.0, 15.0]])), (false, 0));
        assert_eq!([judged(&[], Some(&[])), judged(&[face], Some(&[]))], [(true, 0), (false, 1)]);
        assert_eq!([judged(&[], None), judged(&[face, stray], None)], [(false, 0), (true, 1)]);
    }

    #[test]
    fn sets_are_counted_by_detector() {
        let picture = |set: &str| Picture { file: "x.png".into(), set: set.into(), faces: None };
        let pictures = [picture("a"), picture("b"), picture("a")];
        let line = |picture: usize, boxes: &str| {
            format!(r#"{{"picture":{picture},"detector":"haar","ms":{picture}.5,"boxes":[{boxes}],"hint":null}}"#)
        };
        let lines = [line(0, "[1,2,3,4]"), line(1, ""), line(2, "[1,2,3,4],[5,6,7,8]")];
        let looks: Vec<_> = lines.iter().map(|line| Look::parse(line, &pictures).unwrap()).collect();
        let haar = |group: &Group| {
            let Score { found, strays, ms } = group.scores[2];
            (group.name.clone(), group.of, found, strays, ms)
        };
        let counted: Vec<_> = groups(&pictures, &looks).iter().map(haar).collect();
        assert_eq!(counted, [("a".into(), 2, 2, 1, 2.5), ("b".into(), 1, 0, 0, 1.5), ("all".into(), 3, 2, 1, 1.5)]);
        assert!(Look::parse("{}", &pictures).is_err());
    }
}
