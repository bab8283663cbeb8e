//! The report in Markdown.

use super::Report;
use super::decoder::Decoder;
use super::score::{Group, Score};

pub(super) fn markdown(report: &Report<'_>) -> String {
    let versions: Vec<_> =
        report.versions.iter().map(|(decoder, version)| format!("{} {version}", decoder.name())).collect();
    let sections = [
        "# QR decoders beside each other".to_owned(),
        "Written by `cargo xtask bench qr`; don't edit.".to_owned(),
        format!(
            "{} pictures of {}. All decoders in one run, in turn on the same 8-bit luma, one thread each, at most 20 s a \
             picture. Times are CPU ms on one shared machine: compare them with each other, don't quote them.",
            report.pictures.len(),
            report.corpus
        ),
        format!(
            "Peers: {}, each with the options that read most. A stream is read frame by frame, with one scanner for each burst and a new \
             one for each single frame; a burst is read when one of its frames is.",
            versions.join(", ")
        ),
        "![Share of each set that each decoder reads](qr.svg)".to_owned(),
        "## Read right".to_owned(),
        table("set | of", &report.groups, |group| format!("{} | {}", group.name, group.of), reads),
        "Wrong texts, pictures without an answer in time, and crashes are in brackets. Where there is no code, right is to \
         read nothing.".to_owned(),
        "## CPU ms: median / p95 / most".to_owned(),
        table("set", &report.groups, |group| group.name.clone(), times),
        "## Ratios to zxing-cpp".to_owned(),
        ratios(report),
    ];
    sections.join("\n\n") + "\n"
}

/// `head` names the columns before the decoders', and `start` fills them. A group whose cells are all empty has no row.
fn table(head: &str, groups: &[Group], start: impl Fn(&Group) -> String, cell: impl Fn(&Score) -> String) -> String {
    let decoders = Decoder::ALL.map(Decoder::name).join(" | ");
    let starting = head.matches('|').count();
    let rule = format!("|---{}{}|", "|--:".repeat(starting), "|--:".repeat(Decoder::ALL.len()));
    let mut lines = vec![format!("| {head} | {decoders} |"), rule];
    for group in groups {
        let cells: Vec<_> = group.scores.iter().map(&cell).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            lines.push(format!("| {} | {} |", start(group), cells.join(" | ")));
        }
    }
    lines.join("\n")
}

/// `34`, `34 (1 wrong)`, `34 (2 too slow, 1 crash)`.
fn reads(score: &Score) -> String {
    let counted = [(score.wrong, "wrong"), (score.timed_out, "too slow"), (score.died, "crash")];
    let noted: Vec<_> =
        counted.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if noted.is_empty() { score.right.to_string() } else { format!("{} ({})", score.right, noted.join(", ")) }
}

fn times(score: &Score) -> String {
    score.ms.map_or_else(String::new, |ms| format!("{:.1} / {:.1} / {:.1}", ms.median, ms.p95, ms.max))
}

fn ratios(report: &Report<'_>) -> String {
    let mut lines = vec![
        "| CPU ms of 1280x720 frames | ours | zxing-cpp | ratio | at most |".to_owned(),
        "|---|--:|--:|--:|--:|".to_owned(),
    ];
    lines.extend(report.measures.iter().map(|measure| {
        let verdict = if measure.ratio() > measure.limit { " (over)" } else { "" };
        format!(
            "| {} | {:.1} | {:.1} | {:.2}{verdict} | {} |",
            measure.name,
            measure.ours,
            measure.theirs,
            measure.ratio(),
            measure.limit
        )
    }));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::score::Times;
    use super::*;

    #[test]
    fn cells_say_what_went_wrong() {
        let score = Score { right: 34, wrong: 1, died: 2, ..Score::default() };
        assert_eq!(reads(&score), "34 (1 wrong, 2 crash)");
        assert_eq!(reads(&Score::default()), "0");
    }

    #[test]
    fn a_row_has_a_cell_for_each_decoder() {
        let timed = || Score { ms: Some(Times { median: 1.0, p95: 2.25, max: 30.0 }), ..Score::default() };
        let group = |name: &str, score: fn() -> Score| Group {
            name: name.to_owned(),
            of: 3,
            scores: Decoder::ALL.map(|_| score()).into(),
        };
        let groups = [group("far", timed), group("bursts", Score::default)];
        let text = table("set", &groups, |group| group.name.clone(), times);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[2].starts_with("| far | 1.0 / 2.2 / 30.0 |"), "{}", lines[2]);
        assert!(lines.iter().all(|line| line.matches('|').count() == Decoder::ALL.len() + 2));
    }
}
