//! What was read of each set, at what CPU time.

use super::decoder::Decoder;
use super::judge::Look;
use super::manifest::{BURST, Picture};

/// The group of all frames of bursts, each by itself.
pub(super) const BURST_FRAMES: &str = "frames of bursts";

/// What is counted together, by each decoder.
#[derive(Debug, PartialEq)]
pub(super) struct Group {
    pub(super) name: String,
    /// Pictures, or bursts.
    pub(super) of: usize,
    /// In the order of [`Decoder::ALL`].
    pub(super) scores: Vec<Score>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Score {
    pub(super) right: usize,
    /// Pictures, or bursts, in which a text was read that is not theirs.
    pub(super) wrong: usize,
    pub(super) timed_out: usize,
    pub(super) died: usize,
    /// Of pictures; `None` for bursts, and without pictures.
    pub(super) ms: Option<Times>,
}

/// CPU time of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Times {
    pub(super) median: f64,
    pub(super) p95: f64,
    pub(super) max: f64,
}

impl Times {
    pub(super) fn of(mut ms: Vec<f64>) -> Option<Self> {
        ms.sort_by(f64::total_cmp);
        let max = *ms.last()?;
        Some(Self { median: percentile(&ms, 50)?, p95: percentile(&ms, 95)?, max })
    }
}

/// The smallest of `sorted` that at least `percent` of 100 do not exceed.
fn percentile(sorted: &[f64], percent: usize) -> Option<f64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

/// Each set in the manifest's order, then all single pictures, then bursts, of which one frame read is enough.
pub(super) fn groups(pictures: &[Picture], looks: &[Look]) -> Vec<Group> {
    let mut sets: Vec<&str> = Vec::new();
    for picture in pictures {
        if !sets.contains(&picture.set.as_str()) {
            sets.push(&picture.set);
        }
    }
    let (bursts, singles): (Vec<_>, Vec<_>) = sets.into_iter().partition(|set| *set == BURST);
    let frames = |name: &str, holds: &dyn Fn(&str) -> bool| Group {
        name: name.to_owned(),
        of: pictures.iter().filter(|picture| holds(&picture.set)).count(),
        scores: Decoder::ALL.map(|decoder| score(pictures, looks, decoder, holds)).into(),
    };
    let mut groups: Vec<Group> = singles.iter().map(|name| frames(name, &|set| set == *name)).collect();
    if singles.len() > 1 {
        groups.push(frames("all", &|set| set != BURST));
    }
    if !bursts.is_empty() {
        groups.push(frames(BURST_FRAMES, &|set| set == BURST));
        groups.push(whole_bursts(pictures, looks));
    }
    groups
}

fn score(pictures: &[Picture], looks: &[Look], decoder: Decoder, holds: &dyn Fn(&str) -> bool) -> Score {
    let looks: Vec<&Look> =
        looks.iter().filter(|look| look.decoder == decoder && holds(&pictures[look.picture].set)).collect();
    let count = |counts: fn(&Look) -> bool| looks.iter().filter(|look| counts(look)).count();
    Score {
        right: count(|look| look.right),
        wrong: count(|look| !look.wrong.is_empty()),
        timed_out: count(|look| look.timed_out),
        died: count(|look| look.died),
        ms: Times::of(looks.iter().filter_map(|look| look.ms).collect()),
    }
}

fn whole_bursts(pictures: &[Picture], looks: &[Look]) -> Group {
    let mut count = 0;
    // The burst of each picture.
    let burst_of: Vec<Option<usize>> = pictures
        .iter()
        .map(|picture| {
            count += usize::from(picture.set == BURST && picture.begins);
            (picture.set == BURST).then(|| count - 1)
        })
        .collect();
    let scores = Decoder::ALL.map(|decoder| {
        let (mut right, mut wrong) = (vec![false; count], vec![false; count]);
        for look in looks.iter().filter(|look| look.decoder == decoder) {
            if let Some(burst) = burst_of[look.picture] {
                right[burst] |= look.right;
                wrong[burst] |= !look.wrong.is_empty();
            }
        }
        let true_ones = |of: Vec<bool>| of.into_iter().filter(|of| *of).count();
        Score { right: true_ones(right), wrong: true_ones(wrong), ..Score::default() }
    });
    Group { name: "bursts".to_owned(), of: count, scores: scores.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_rank() {
        let times = Times::of((1..=20).rev().map(f64::from).collect());
        assert_eq!(times, Some(Times { median: 10.0, p95: 19.0, max: 20.0 }));
        assert_eq!(Times::of(Vec::new()), None);
    }

    #[test]
    fn a_burst_is_read_when_one_frame_is() {
        let picture = |set: &str, begins| Picture { file: "x".into(), expected: "A".into(), set: set.into(), begins };
        let pictures = [
            picture("far", true),
            picture(BURST, true),
            picture(BURST, false),
            picture(BURST, true),
            picture("near", true),
        ];
        let look = |picture, right, ms| Look {
            picture,
            decoder: Decoder::Stream,
            size: (1280, 720),
            ms,
            right,
            wrong: if picture == 3 { vec!["B".into()] } else { Vec::new() },
            timed_out: false,
            died: ms.is_none(),
        };
        let looks = [
            look(0, true, Some(1.0)),
            look(1, false, Some(2.0)),
            look(2, true, Some(4.0)),
            look(3, false, Some(3.0)),
            look(4, false, None),
        ];
        let groups = groups(&pictures, &looks);
        let stream = |group: &Group| {
            let Score { right, wrong, died, ms, .. } = &group.scores[1];
            (group.name.clone(), group.of, *right, *wrong, *died, ms.map(|ms| ms.max))
        };
        assert_eq!(
            groups.iter().map(stream).collect::<Vec<_>>(),
            [
                ("far".into(), 1, 1, 0, 0, Some(1.0)),
                ("near".into(), 1, 0, 0, 1, None),
                ("all".into(), 2, 1, 0, 1, Some(1.0)),
                ("frames of bursts".into(), 3, 1, 1, 0, Some(4.0)),
                ("bursts".into(), 2, 1, 1, 0, None),
            ]
        );
    }
}
