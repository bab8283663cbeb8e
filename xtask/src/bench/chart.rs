//! What part of each set each contender masters, as SVG: a panel for each contender, a bar for each set.
//!
//! ```text
//!                 citizen still           citizen stream          zxing-cpp
//! distance (40)   ██████████████░░ 35     ██████████████░░ 35     █████████████░░░ 34
//! tilt (40)       ████████████████ 40     ...
//! ```

/// All that is drawn.
pub(super) struct Chart {
    pub(super) title: &'static str,
    /// For those who don't see it, in a sentence.
    pub(super) summary: &'static str,
    /// Which pictures.
    pub(super) corpus: String,
    /// What a bar of ours, a peer's, and the rest of a bar stand for.
    pub(super) legend: [&'static str; 3],
    /// Each set's name, and of how many.
    pub(super) sets: Vec<(String, usize)>,
    pub(super) panels: Vec<Panel>,
}

/// One contender's.
pub(super) struct Panel {
    pub(super) name: &'static str,
    pub(super) version: Option<String>,
    pub(super) is_ours: bool,
    /// In the order of the sets.
    pub(super) bars: Vec<Bar>,
}

pub(super) struct Bar {
    pub(super) right: usize,
    /// How many wrong answers there are, and what they are called.
    pub(super) wrong: (usize, &'static str),
}

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

pub(super) fn svg(chart: &Chart) -> String {
    let panel = (BAR + NUMBER, TITLE + chart.sets.len() * ROW + AXIS);
    let lines = chart.panels.len().div_ceil(COLUMNS);
    let (width, height) = (2 * MARGIN + NAMES + COLUMNS * panel.0, HEAD + lines * panel.1 + MARGIN);

    let mut svg = Drawing::default();
    svg.push(&format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="title desc">"#
    ));
    svg.push(&format!(
        "<title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>",
        escaped(chart.summary),
        escaped(&described(chart))
    ));
    svg.push(&format!("<style>{STYLE}\n</style>"));
    svg.rect("ground", (0, 0), (width, height));
    head(&mut svg, chart);
    for (number, contender) in chart.panels.iter().enumerate() {
        let (column, line) = (number % COLUMNS, number / COLUMNS);
        let at = (MARGIN + NAMES + column * panel.0, HEAD + line * panel.1);
        if column == 0 {
            names(&mut svg, &chart.sets, at);
        }
        let version = contender.version.as_ref().map_or_else(String::new, |version| format!(" {version}"));
        svg.text("panel", at.0, at.1 + TITLE - 12, "start", &format!("{}{version}", contender.name));
        bars(&mut svg, &chart.sets, contender, at);
        axis(&mut svg, (at.0, at.1 + TITLE), chart.sets.len() * ROW);
    }
    svg.push("</svg>");
    svg.0
}

/// For those who don't see it.
fn described(chart: &Chart) -> String {
    let set = |(number, (name, of)): (usize, &(String, usize))| {
        let each = |panel: &Panel| panel.bars.get(number).map(|bar| format!("{} {}", panel.name, bar.right));
        format!("{name}, of {of}: {}.", chart.panels.iter().filter_map(each).collect::<Vec<_>>().join(", "))
    };
    chart.sets.iter().enumerate().map(set).collect::<Vec<_>>().join(" ")
}

fn head(svg: &mut Drawing, chart: &Chart) {
    svg.text("title", MARGIN, 32, "start", chart.title);
    svg.text("quiet", MARGIN, 52, "start", &chart.corpus.replace('`', ""));
    let mut left = MARGIN;
    for (class, label) in ["ours", "peer", "rest"].into_iter().zip(chart.legend) {
        svg.rect(class, (left, 66), (THICKNESS, THICKNESS));
        svg.text("quiet", left + THICKNESS + 6, 77, "start", label);
        left += THICKNESS + 24 + label.len() * 7;
    }
}

fn names(svg: &mut Drawing, sets: &[(String, usize)], (left, top): (usize, usize)) {
    svg.text("quiet", left - 10, top + TITLE - 12, "end", "set (of how many)");
    for (row, (name, of)) in sets.iter().enumerate() {
        let count = format!(" ({of})");
        let room = NAME_CHARS.saturating_sub(count.len());
        let name: String = match name.chars().count() {
            length if length > room => name.chars().take(room.saturating_sub(1)).chain(['…']).collect(),
            _ => name.clone(),
        };
        svg.text("", left - 10, baseline(top, row), "end", &format!("{name}{count}"));
    }
}

fn bars(svg: &mut Drawing, sets: &[(String, usize)], panel: &Panel, (left, top): (usize, usize)) {
    let class = if panel.is_ours { "ours" } else { "peer" };
    for (row, ((_, of), bar)) in sets.iter().zip(&panel.bars).enumerate() {
        let long = (bar.right * BAR + of / 2) / (*of).max(1);
        let at = top + TITLE + row * ROW + (ROW - THICKNESS) / 2;
        svg.rect("rest", (left, at), (BAR, THICKNESS));
        svg.rect(class, (left, at), (long, THICKNESS));
        let number = left + BAR + 6;
        svg.text("", number, baseline(top, row), "start", &bar.right.to_string());
        if let (wrong @ 1.., what) = bar.wrong {
            let after = number + bar.right.to_string().len() * 8 + 6;
            svg.text("wrong", after, baseline(top, row), "start", &format!("{wrong} {what}"));
        }
    }
}

/// Under the bars.
fn axis(svg: &mut Drawing, (left, top): (usize, usize), height: usize) {
    let bottom = top + height;
    for percent in [0, 50, 100] {
        let x = left + BAR * percent / 100;
        svg.push(&format!(r#"<path class="line" d="M{x} {}v5"/>"#, bottom + 1));
        svg.text("quiet", x, bottom + 19, "middle", &percent.to_string());
    }
    svg.text("quiet", left + BAR / 2, bottom + 35, "middle", "% of the set");
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

    fn chart(name: &str, of: usize, right: usize) -> Chart {
        let bar = || Bar { right, wrong: (1, "wrong") };
        let panel = |name, version: Option<&str>| Panel {
            name,
            version: version.map(str::to_owned),
            is_ours: version.is_none(),
            bars: vec![bar()],
        };
        Chart {
            title: "Reads",
            summary: "Reads, by set",
            corpus: "`a & b`".to_owned(),
            legend: ["ours", "a peer's", "neither's"],
            sets: vec![(name.to_owned(), of)],
            panels: vec![panel("citizen", None), panel("rqrr", Some("0.11.0"))],
        }
    }

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        let svg = svg(&chart("far", 4, 1));
        let bars = svg.matches(&format!(r#"width="{}" height="{THICKNESS}""#, (BAR + 2) / 4)).count();
        assert_eq!(bars, 2);
        assert!(
            svg.contains(">rqrr 0.11.0</text>") && svg.contains(">1 wrong</text>") && svg.contains(">far (4)</text>")
        );
        assert!(svg.contains("far, of 4: citizen 1, rqrr 1."));
    }

    #[test]
    fn names_of_a_corpus_are_escaped_and_shortened() {
        let svg = svg(&chart("<a very long name of a set>", 0, 0));
        assert!(svg.contains(">a &amp; b<"));
        assert!(svg.contains("&lt;a very long na… (0)"), "{svg}");
    }
}
