//! The share of each set that each decoder reads, as SVG: a panel for each decoder, a bar for each set.
//!
//! ```text
//!                 citizen still           citizen stream          zxing-cpp
//! distance (40)   ██████████████░░ 35     ██████████████░░ 35     █████████████░░░ 34
//! tilt (40)       ████████████████ 40     ...
//! ```

use super::Report;
use super::decoder::Decoder;
use super::score::{Group, Score};

/// Panels beside each other. Wider, and text of 12 px would be smaller on a page 830 px wide.
const COLUMNS: usize = 3;
const TEXT: usize = 12;
/// Left of the panels: the sets' names.
const NAMES: usize = 132;
/// Characters of [`TEXT`] that fit there.
const NAME_CHARS: usize = 20;
const BAR: usize = 126;
/// Right of a bar: its number.
const NUMBER: usize = 98;
const ROW: usize = 20;
const THICKNESS: usize = 13;
/// Above the panels: title, corpus, legend.
const HEAD: usize = 92;
/// Above a panel's bars.
const TITLE: usize = 30;
/// Below a panel's bars: ticks and the axis' name.
const AXIS: usize = 52;
const MARGIN: usize = 12;

const STYLE: &str = "
  text { font: 12px system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #1f2328 }
  .title { font-size: 18px; font-weight: 600 } .panel { font-size: 14px; font-weight: 600 }
  .quiet { fill: #59636e } .wrong { fill: #b3261e } .ground { fill: #ffffff }
  .rest { fill: #e4e8ed } .ours { fill: #0f7b6c } .peer { fill: #6e7f96 } .line { stroke: #59636e; stroke-width: 1 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .quiet { fill: #a3adb8 } .wrong { fill: #ff8a80 } .ground { fill: #0d1117 }
    .rest { fill: #262c36 } .ours { fill: #3cb9a4 } .peer { fill: #8495ac } .line { stroke: #a3adb8 }
  }";

pub(super) fn svg(report: &Report<'_>) -> String {
    let groups = rows(&report.groups);
    let panel = (BAR + NUMBER, TITLE + groups.len() * ROW + AXIS);
    let lines = Decoder::ALL.len().div_ceil(COLUMNS);
    let (width, height) = (2 * MARGIN + NAMES + COLUMNS * panel.0, HEAD + lines * panel.1 + MARGIN);

    let mut svg = Drawing::default();
    svg.push(&format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="title desc">"#
    ));
    svg.push(&format!(
        "<title id=\"title\">QR codes read by each decoder, by set</title>\n<desc id=\"desc\">{}</desc>",
        escaped(&described(&groups))
    ));
    svg.push(&format!("<style>{STYLE}\n</style>"));
    svg.rect("ground", (0, 0), (width, height));
    head(&mut svg, report);
    for (number, decoder) in Decoder::ALL.into_iter().enumerate() {
        let (column, line) = (number % COLUMNS, number / COLUMNS);
        let at = (MARGIN + NAMES + column * panel.0, HEAD + line * panel.1);
        if column == 0 {
            names(&mut svg, &groups, at);
        }
        let version = report.versions.iter().find(|(of, _)| *of == decoder);
        let title = version.map_or_else(String::new, |(_, version)| format!(" {version}"));
        svg.text("panel", at.0, at.1 + TITLE - 12, "start", &format!("{}{title}", decoder.name()));
        bars(&mut svg, &groups, number, at);
        axis(&mut svg, (at.0, at.1 + TITLE), groups.len() * ROW);
    }
    svg.push("</svg>");
    svg.0
}

/// A burst counts once.
fn rows(groups: &[Group]) -> Vec<&Group> {
    groups.iter().filter(|group| group.name != super::score::BURST_FRAMES).collect()
}

/// For those who don't see it.
fn described(groups: &[&Group]) -> String {
    let totals = |group: &&Group| {
        let reads: Vec<_> = Decoder::ALL
            .iter()
            .zip(&group.scores)
            .map(|(of, score)| format!("{} {}", of.name(), score.right))
            .collect();
        format!("{}, of {}: {}.", group.name, group.of, reads.join(", "))
    };
    groups.iter().map(totals).collect::<Vec<_>>().join(" ")
}

fn head(svg: &mut Drawing, report: &Report<'_>) {
    let corpus = format!("{} pictures of {}", report.pictures.len(), report.corpus.replace('`', ""));
    svg.text("title", MARGIN, 32, "start", "QR codes read, by set");
    svg.text("quiet", MARGIN, 52, "start", &corpus);
    let mut left = MARGIN;
    for (class, label) in [("ours", "read by this project"), ("peer", "read by a peer"), ("rest", "not read")] {
        svg.rect(class, (left, 66), (THICKNESS, THICKNESS));
        svg.text("quiet", left + THICKNESS + 6, 77, "start", label);
        left += THICKNESS + 24 + label.len() * 7;
    }
}

fn names(svg: &mut Drawing, groups: &[&Group], (left, top): (usize, usize)) {
    svg.text("quiet", left - 10, top + TITLE - 12, "end", "set (of how many)");
    for (row, group) in groups.iter().enumerate() {
        let count = format!(" ({})", group.of);
        let room = NAME_CHARS.saturating_sub(count.len());
        let name: String = match group.name.chars().count() {
            length if length > room => group.name.chars().take(room.saturating_sub(1)).chain(['…']).collect(),
            _ => group.name.clone(),
        };
        svg.text("", left - 10, baseline(top, row), "end", &format!("{name}{count}"));
    }
}

fn bars(svg: &mut Drawing, groups: &[&Group], decoder: usize, (left, top): (usize, usize)) {
    let class = if Decoder::ALL[decoder].is_ours() { "ours" } else { "peer" };
    for (row, group) in groups.iter().enumerate() {
        let score = &group.scores[decoder];
        let long = (score.right * BAR + group.of / 2) / group.of.max(1);
        let at = top + TITLE + row * ROW + (ROW - THICKNESS) / 2;
        svg.rect("rest", (left, at), (BAR, THICKNESS));
        svg.rect(class, (left, at), (long, THICKNESS));
        let number = left + BAR + 6;
        svg.text("", number, baseline(top, row), "start", &score.right.to_string());
        if let Some(wrong) = wrong(score) {
            let after = number + score.right.to_string().len() * 8 + 6;
            svg.text("wrong", after, baseline(top, row), "start", &wrong);
        }
    }
}

fn wrong(score: &Score) -> Option<String> {
    (score.wrong > 0).then(|| format!("{} wrong", score.wrong))
}

/// Under the bars.
fn axis(svg: &mut Drawing, (left, top): (usize, usize), height: usize) {
    let bottom = top + height;
    for percent in [0, 50, 100] {
        let x = left + BAR * percent / 100;
        svg.push(&format!(r#"<path class="line" d="M{x} {}v5"/>"#, bottom + 1));
        svg.text("quiet", x, bottom + 19, "middle", &percent.to_string());
    }
    svg.text("quiet", left + BAR / 2, bottom + 35, "middle", "% of the set read");
}

fn baseline(top: usize, row: usize) -> usize {
    top + TITLE + row * ROW + usize::midpoint(ROW, TEXT) - 2
}

/// An SVG while it grows, an element a line.
#[derive(Default)]
struct Drawing(String);

impl Drawing {
    fn push(&mut self, element: &str) {
        self.0 += element;
        self.0.push('\n');
    }

    fn rect(&mut self, class: &str, (x, y): (usize, usize), (width, height): (usize, usize)) {
        self.push(&format!(r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#));
    }

    /// `anchor`: which end of the text is at `x`.
    fn text(&mut self, class: &str, x: usize, y: usize, anchor: &str, text: &str) {
        let text = escaped(text);
        self.push(&format!(r#"<text class="{class}" x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>"#));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report<'a>(name: &str, of: usize, right: usize) -> Report<'a> {
        let scores = Decoder::ALL.map(|_| Score { right, wrong: 1, ..Score::default() }).into();
        let groups = vec![Group { name: name.to_owned(), of, scores }];
        let versions = vec![(Decoder::Rqrr, "0.11.0".to_owned())];
        Report { corpus: "`a & b`".into(), pictures: &[], looks: &[], groups, measures: Vec::new(), versions }
    }

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        let svg = svg(&report("far", 4, 1));
        let bars = svg.matches(&format!(r#"width="{}" height="{THICKNESS}""#, (BAR + 2) / 4)).count();
        assert_eq!(bars, Decoder::ALL.len());
        assert!(
            svg.contains(">rqrr 0.11.0</text>") && svg.contains(">1 wrong</text>") && svg.contains(">far (4)</text>")
        );
    }

    #[test]
    fn names_of_a_corpus_are_escaped_and_shortened() {
        let svg = svg(&report("<a very long name of a set>", 0, 0));
        assert!(svg.contains("0 pictures of a &amp; b"));
        assert!(svg.contains("&lt;a very long na… (0)"), "{svg}");
    }
}
