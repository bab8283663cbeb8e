//! The page of a burst: what was told when, all measures over time, and the portrait. One file, nothing fetched.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use citizen_vision::{Compared, FaceMeasures, Portrait, SelfieHint, SelfieLook, SelfieProfile, limits};

use super::plot::Axis;
use super::report::{named, told};
use super::words;

/// What is kept of each frame.
#[derive(Default)]
pub(super) struct Page {
    rows: Vec<Row>,
}

struct Row {
    at: Duration,
    told: SelfieHint,
    due: SelfieHint,
    measures: Option<FaceMeasures>,
}

impl Page {
    pub(super) fn add(&mut self, at: Duration, look: &SelfieLook) {
        self.rows.push(Row { at, told: told(look), due: look.due, measures: look.measures });
    }
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:960px;margin:2em auto;padding:0 1em;color:#0d1b2a}\
svg{width:100%;display:block;margin:.3em 0;overflow:visible}svg text{font-size:13px;fill:#0d1b2a}svg .in{fill:#fff}\
svg .tick{font-size:11px;fill:#445}svg path{fill:none;stroke:#005fb8;stroke-width:1.6}\
svg .limit{stroke:#b3261e;stroke-dasharray:5 4}img{max-width:300px;border:1px solid #889}\
table{border-collapse:collapse}td,th{padding:.15em 1em .15em 0;text-align:left}";

pub(super) fn save(
    page: &Page,
    portrait: Option<&Portrait>,
    profile: SelfieProfile,
    name: &str,
    out: &Path,
) -> Result<()> {
    std::fs::write(out, html(page, portrait, profile, name))
        .with_context(|| format!("--report: can't write {}", out.display()))
}

fn html(page: &Page, portrait: Option<&Portrait>, profile: SelfieProfile, name: &str) -> String {
    let name = escaped(name);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"vi\"><meta charset=\"utf-8\"><title>{name}</title><style>{STYLE}</style>\n<h1>{name}</h1>\n"
    );
    let _ = writeln!(html, "{}", outcome(page, portrait));
    let axis = Axis::to(page.rows.last().map_or(Duration::ZERO, |row| row.at));
    let told = page.rows.iter().map(|row| (row.at, row.told)).collect();
    let due = page.rows.iter().map(|row| (row.at, row.due)).collect();
    let _ = writeln!(
        html,
        "<h2>Gợi ý / Hints</h2>\n{}",
        axis.timeline(&[("được báo / told", told), ("từng khung / each frame", due)])
    );
    let _ = writeln!(html, "<h2>Số đo / Measures</h2>");
    for (place, measure) in names(page).into_iter().enumerate() {
        let value = |row: &Row| row.measures.and_then(|measures| named(&measures)[place].1);
        let values: Vec<_> = page.rows.iter().map(|row| (row.at, value(row))).collect();
        let _ = writeln!(html, "{}", axis.measure(measure, &values, &limits_of(measure, profile)));
    }
    html + "</html>\n"
}

/// Where checks of a measure fail; on both sides where only its size counts.
fn limits_of(measure: &str, profile: SelfieProfile) -> Vec<f32> {
    let limits = limits(profile).filter(|limit| limit.compared.id() == measure);
    let either_side =
        |at: f32, compared| if matches!(compared, Compared::Roll | Compared::Yaw) { vec![-at, at] } else { vec![at] };
    limits.flat_map(|limit| either_side(limit.at, limit.compared)).collect()
}

/// Of the measures; none where no frame showed a face.
fn names(page: &Page) -> Vec<&'static str> {
    let measures = page.rows.iter().find_map(|row| row.measures);
    measures.iter().flat_map(|measures| named(measures).map(|(name, _)| name)).collect()
}

fn outcome(page: &Page, portrait: Option<&Portrait>) -> String {
    let Some(portrait) = portrait else {
        let last = page.rows.last().map_or(SelfieHint::NoFace, |row| row.told);
        return format!("<p><strong>Chưa chụp / Not taken.</strong> {}</p>", words::hint(last).join(" / "));
    };
    let at = page.rows.last().map_or(0.0, |row| row.at.as_secs_f32());
    let mut html = format!(
        "<p><strong>Đã chụp / Taken</strong> after {at:.1} s, {} x {} px.</p>\n<img alt=\"Ảnh chân dung / the portrait\" src=\"data:image/jpeg;base64,{}\">\n",
        portrait.width,
        portrait.height,
        base64(&portrait.jpeg)
    );
    html += "<table><tr><th>Không đạt / failed</th><th>s</th></tr>\n";
    for failed in &portrait.failed {
        let _ = writeln!(html, "<tr><td>{}</td><td>{:.1}</td></tr>", failed.check.id(), failed.seconds);
    }
    html + "</table>"
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// A folder's name is anybody's text.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of RFC 4648, section 10.
    #[test]
    fn base64_is_the_standards() {
        for (plain, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn a_name_is_no_markup() {
        let page = html(&Page::default(), None, SelfieProfile::Normal, "<script>");
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"));
    }
}
