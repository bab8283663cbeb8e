//! Plots of a burst, as SVG: the timeline of hints, and each measure over time.

use std::fmt::Write;
use std::time::Duration;

use citizen_vision::SelfieHint;

use super::words;

/// Width of all plots, and of the names before them.
const WIDTH: f32 = 900.0;
const NAMES: f32 = 170.0;
/// Height of a bar of the timeline, and of a measure's plot.
const BAR: f32 = 26.0;
const TALL: f32 = 46.0;

/// Time to place.
pub(super) struct Axis {
    end: f32,
}

impl Axis {
    pub(super) fn to(end: Duration) -> Self {
        Self { end: end.as_secs_f32().max(0.1) }
    }

    fn x(&self, at: Duration) -> f32 {
        NAMES + (WIDTH - NAMES) * at.as_secs_f32() / self.end
    }

    /// Bars of equal hints, each named where it has room. `rows`: a name and what was told when.
    pub(super) fn timeline(&self, rows: &[(&str, Vec<(Duration, SelfieHint)>)]) -> String {
        let height = rows.len() as f32 * (BAR + 6.0) + 18.0;
        let mut svg = open(height, "Timeline of hints");
        for (row, (name, told)) in rows.iter().enumerate() {
            let top = row as f32 * (BAR + 6.0);
            let _ = write!(svg, r#"<text x="0" y="{:.0}">{name}</text>"#, top + 18.0);
            for (from, to, hint) in runs(told, Duration::from_secs_f32(self.end)) {
                let (left, right) = (self.x(from), self.x(to));
                let _ = write!(
                    svg,
                    r#"<rect x="{left:.1}" y="{top:.0}" width="{:.1}" height="{BAR}" fill="{}"><title>{} ({:.1}–{:.1} s)</title></rect>"#,
                    (right - left).max(1.0),
                    colour(hint),
                    words::hint(hint).join(" / "),
                    from.as_secs_f32(),
                    to.as_secs_f32()
                );
                if right - left > 8.0 * hint.id().len() as f32 {
                    let _ = write!(
                        svg,
                        r#"<text class="in" x="{:.1}" y="{:.0}">{}</text>"#,
                        left + 5.0,
                        top + 18.0,
                        hint.id()
                    );
                }
            }
        }
        for second in 0..=self.end as u32 {
            let x = self.x(Duration::from_secs(second.into()));
            let _ = write!(svg, r#"<text class="tick" x="{x:.1}" y="{:.0}">{second} s</text>"#, height - 4.0);
        }
        svg + "</svg>"
    }

    /// A measure over time; frames without it leave a gap. `limits`: where its checks fail.
    pub(super) fn measure(&self, name: &str, values: &[(Duration, Option<f32>)], limits: &[f32]) -> String {
        let known = || values.iter().filter_map(|(_, value)| *value).chain(limits.iter().copied());
        let (least, most) = (known().fold(f32::MAX, f32::min), known().fold(f32::MIN, f32::max));
        let mut svg = open(TALL + 6.0, name);
        let _ = write!(svg, r#"<text x="0" y="18">{name}</text>"#);
        if most < least {
            return svg + r#"<text x="180" y="18">–</text></svg>"#;
        }
        let y = |value: f32| 4.0 + TALL * (1.0 - (value - least) / (most - least).max(1e-6));
        let _ = write!(svg, r#"<text class="tick" x="0" y="34">{least:.3} … {most:.3}</text>"#);
        for limit in limits {
            let y = y(*limit);
            let _ = write!(svg, r#"<line class="limit" x1="{NAMES}" x2="{WIDTH}" y1="{y:.1}" y2="{y:.1}"/>"#);
        }
        let mut path = String::new();
        let mut pen_down = false;
        for (at, value) in values {
            if let Some(value) = value {
                let _ = write!(path, "{}{:.1} {:.1}", if pen_down { "L" } else { "M" }, self.x(*at), y(*value));
            }
            pen_down = value.is_some();
        }
        let _ = write!(svg, r#"<path d="{path}"/>"#);
        svg + "</svg>"
    }
}

fn open(height: f32, label: &str) -> String {
    format!(r#"<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">"#)
}

/// From, to and hint of each run of equal hints.
fn runs(told: &[(Duration, SelfieHint)], end: Duration) -> Vec<(Duration, Duration, SelfieHint)> {
    let mut runs: Vec<(Duration, Duration, SelfieHint)> = Vec::new();
    for (at, hint) in told {
        match runs.last_mut() {
            Some((_, to, last)) if last == hint => *to = *at,
            last => {
                if let Some((_, to, _)) = last {
                    *to = *at;
                }
                runs.push((*at, end, *hint));
            }
        }
    }
    if let Some((_, to, _)) = runs.last_mut() {
        *to = end;
    }
    runs
}

/// Good is green; the others have hues of their own, far from green and dark enough for white letters.
fn colour(hint: SelfieHint) -> String {
    if hint == SelfieHint::Good {
        return "#1b7f3b".to_owned();
    }
    let place = SelfieHint::all().position(|other| other == hint).unwrap_or_default();
    format!("hsl({} 45% 38%)", 190 + place * 47 % 240)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_hints_make_one_run_up_to_the_next() {
        let at = Duration::from_secs;
        let told = [(at(0), SelfieHint::NoFace), (at(1), SelfieHint::NoFace), (at(2), SelfieHint::Good)];
        assert_eq!(runs(&told, at(5)), [(at(0), at(2), SelfieHint::NoFace), (at(2), at(5), SelfieHint::Good)]);
    }

    #[test]
    fn frames_without_a_measure_leave_a_gap() {
        let values =
            [(0, Some(1.0)), (1, None), (2, Some(2.0)), (3, Some(3.0))].map(|(s, v)| (Duration::from_secs(s), v));
        let svg = Axis::to(Duration::from_secs(3)).measure("roll", &values, &[2.5, -2.5]);
        assert_eq!((svg.matches('M').count(), svg.matches('L').count(), svg.matches("limit").count()), (2, 1, 2));
    }
}
