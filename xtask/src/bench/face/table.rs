//! The report in Markdown.

use super::Report;
use super::detector::Detector;
use super::look::{Group, Score};
use super::speed::Ratio;

pub(super) fn markdown(report: &Report) -> String {
    let sections = [
        "# Face detectors beside each other".to_owned(),
        "Written by `cargo xtask bench face`; don't edit.".to_owned(),
        format!(
            "{} pictures of {}. All detectors in one run, in turn on the same picture, one thread each (mediapipe: as many as it likes, all \
             counted). Times are CPU ms on one shared machine: compare them with each other, don't quote them.",
            report.pictures, report.corpus
        ),
        "Peers: OpenCV's frontal-face cascades, Haar and LBP, with `minSize` 80, a scale of 1.1 and three neighbours; mediapipe's face \
         detection, short range, 0.5. Ours: a picture by itself, with all searches and all measures; and the first frame of a \
         stream, which is searched once."
            .to_owned(),
        "![Share of each set in which each detector finds the face](face.svg)".to_owned(),
        "## Found".to_owned(),
        table("set | of", &report.groups, |group| format!("{} | {}", group.name, group.of), found),
        "Boxes without a face are in brackets. Where there is no face, right is to find none. A face behind a mask is no find of ours: it \
         is told to uncover."
            .to_owned(),
        "## CPU ms, median".to_owned(),
        table("set", &report.groups, |group| group.name.clone(), |score| format!("{:.1}", score.ms)),
        "## Ratios to Haar".to_owned(),
        ratios(&report.ratios),
        "Frames of 480x640 in streams of a held phone, each with another trouble, ten a second; the least of seven runs of each. In the dark and \
         before a wall Haar gives up early and finds nothing: there its usual time, the median of all frames, is what ours is held to, and the \
         last line says how it is without that."
            .to_owned(),
    ];
    sections.join("\n\n") + "\n"
}

/// `head` names the columns before the detectors', and `start` fills them.
fn table(head: &str, groups: &[Group], start: impl Fn(&Group) -> String, cell: impl Fn(&Score) -> String) -> String {
    let name = |detector: Detector| match detector.version() {
        Some(version) => format!("{} {version}", detector.name()),
        None => detector.name().to_owned(),
    };
    let starting = head.matches('|').count();
    let mut lines = vec![
        format!("| {head} | {} |", Detector::ALL.map(name).join(" | ")),
        format!("|---{}{}|", "|--:".repeat(starting), "|--:".repeat(Detector::ALL.len())),
    ];
    lines.extend(groups.iter().map(|group| {
        let cells: Vec<_> = group.scores.iter().map(&cell).collect();
        format!("| {} | {} |", start(group), cells.join(" | "))
    }));
    lines.join("\n")
}

fn found(score: &Score) -> String {
    if score.strays == 0 { score.found.to_string() } else { format!("{} ({})", score.found, score.strays) }
}

fn ratios(ratios: &[Ratio]) -> String {
    let mut lines = vec!["| CPU ms | ours | Haar | ratio | at most |".to_owned(), "|---|--:|--:|--:|--:|".to_owned()];
    lines.extend(ratios.iter().map(|ratio| {
        let which = ratio.of.as_ref().map_or_else(String::new, |of| format!(" ({of})"));
        let verdict = if ratio.is_over() { " (over)" } else { "" };
        format!(
            "| {}{which} | {:.1} | {:.1} | {:.2}{verdict} | {} |",
            ratio.name,
            ratio.ours,
            ratio.haar,
            ratio.ratio(),
            ratio.limit.map_or_else(|| "–".to_owned(), |limit| limit.to_string())
        )
    }));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_a_cell_for_each_detector() {
        let score = |strays| Score { found: 3, strays, ms: 1.25 };
        let groups = [Group { name: "far".to_owned(), of: 4, scores: (0..Detector::ALL.len()).map(score).collect() }];
        let text = table("set | of", &groups, |group| format!("{} | {}", group.name, group.of), found);
        assert!(text.ends_with("\n| far | 4 | 3 | 3 (1) | 3 (2) | 3 (3) | 3 (4) |"), "{text}");
    }

    #[test]
    fn what_is_over_its_limit_is_marked() {
        let ratio = |haar| Ratio { name: "x", ours: 2.0, haar, limit: Some(0.5), of: Some("far, frame 1".into()) };
        let text = ratios(&[ratio(1.0), ratio(8.0)]);
        assert!(text.contains("| x (far, frame 1) | 2.0 | 1.0 | 2.00 (over) | 0.5 |"), "{text}");
        assert!(text.ends_with("| 0.25 | 0.5 |"), "{text}");
    }
}
