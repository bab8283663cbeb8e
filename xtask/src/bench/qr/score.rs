//! What a set of pictures gave, as a row of the table.

use super::{Answer, Picture};

pub(super) const HEADER: &str = "set                   images     right     wrong   median ms      p95 ms";

#[derive(Default)]
pub(super) struct Score {
    /// Pictures in which the expected text was read.
    right: usize,
    /// Texts read that are not the picture's, each with its file.
    pub(super) wrong: Vec<String>,
    /// CPU time of each picture.
    ms: Vec<f64>,
}

impl Score {
    pub(super) fn count(&mut self, picture: &Picture, answer: &Answer) {
        self.right += usize::from(answer.texts.contains(&picture.expected));
        let wrong = answer.texts.iter().filter(|text| **text != picture.expected);
        self.wrong.extend(wrong.map(|text| format!("{}: {text:?}", picture.file.display())));
        self.ms.push(answer.ms);
    }

    pub(super) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong.extend(other.wrong);
        self.ms.extend(other.ms);
    }

    /// Below [`HEADER`].
    pub(super) fn row(&self, name: &str) -> String {
        let (images, right, wrong) = (self.ms.len(), self.right, self.wrong.len());
        let (median, p95) = (percentile(&self.ms, 50), percentile(&self.ms, 95));
        format!("{name:<18}{images:>10}{right:>10}{wrong:>10}{median:>12.2}{p95:>12.2}")
    }
}

/// The smallest value that at least `percent` of 100 values do not exceed; 0 without values.
fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_by_rank() {
        let values: Vec<f64> = (1..=20).rev().map(f64::from).collect();
        assert_eq!([50, 95, 100].map(|percent| percentile(&values, percent).to_string()), ["10", "19", "20"]);
        assert_eq!(percentile(&[], 50).to_string(), "0");
    }

    #[test]
    fn a_further_text_is_wrong_even_beside_the_right_one() {
        let picture = Picture { file: "a.png".into(), expected: "A".into() };
        let answer = |texts: &[&str]| Answer { texts: texts.iter().map(|&text| text.to_owned()).collect(), ms: 2.0 };
        let mut score = Score::default();
        for texts in [&["A"][..], &[], &["B", "A"]] {
            score.count(&picture, &answer(texts));
        }
        assert_eq!((score.right, score.wrong.as_slice()), (2, &["a.png: \"B\"".to_owned()][..]));
        assert_eq!(score.row("all").split_whitespace().collect::<Vec<_>>(), ["all", "3", "2", "1", "2.00", "2.00"]);
    }
}
