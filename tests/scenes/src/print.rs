//! Draws a card's face. It has the proportions, tones and narrow quiet zone of a real one, which is what a reader sees, and no
//! emblem or flag; a red mark says in two languages that it is a specimen.

use image::RgbImage;

use crate::card::{CARD_SIZE, CODE_AT, CODE_SIDE, QUIET_ZONE};
use crate::code::Code;
use crate::letters::{Ink, Letters};
use crate::paint::Paper;
use crate::specimen::Specimen;

/// Tones of the symbol: print on laminate is neither black nor white.
const DARK: [u8; 3] = [38, 38, 40];
const LIGHT: [u8; 3] = [228, 228, 228];
const TEXT: Ink = Ink::opaque([44, 46, 58]);
const LABEL: Ink = Ink::opaque([70, 92, 110]);
const HEADING: Ink = Ink::opaque([150, 40, 44]);
const MARK: Ink = Ink { colour: [200, 30, 40], opacity: 0.3 };

/// Where the fields start, and where those below the symbol must end, mm.
const FIELDS_LEFT: f32 = 27.5;
const FIELDS_RIGHT: f32 = 82.0;
/// Sizes of type, mm for an em.
const LABEL_EM: f32 = 2.0;
const VALUE_EM: f32 = 2.9;
const NUMBER_EM: f32 = 4.2;
/// From one baseline of the address to the next, mm.
const LINE: f32 = 3.9;

/// The face at a scale. The symbol comes last: nothing covers it.
pub(crate) fn face(specimen: &Specimen, code: &Code, texels_per_mm: f32) -> RgbImage {
    let mut paper = Paper::new(CARD_SIZE, texels_per_mm);
    ground(&mut paper);
    heading(&mut paper);
    portrait(&mut paper);
    fields(&mut paper, specimen);
    paper.turned_text([43.5, 38.0], -16.0, &Letters::bold(9.5), MARK, "SPECIMEN / MẪU");
    symbol(&mut paper, code);
    paper.image
}

/// A phone's screen: the symbol on white.
pub(crate) fn screen(code: &Code, texels_per_mm: f32) -> RgbImage {
    let mut paper = Paper::new(CARD_SIZE, texels_per_mm);
    paper.rectangle([0.0; 2], CARD_SIZE, LIGHT);
    symbol(&mut paper, code);
    paper.image
}

/// Pale green that turns to blue and pink from left to right, under two families of wavy lines.
fn ground(paper: &mut Paper) {
    const STOPS: [[f32; 3]; 3] = [[200.0, 222.0, 204.0], [204.0, 218.0, 228.0], [230.0, 212.0, 214.0]];
    /// How much darker the middle of a line is, grey levels.
    const INK: f32 = 17.0;
    let px_per_mm = paper.px_per_mm;
    let middle = |i: u32| (i as f32 + 0.5) / px_per_mm;
    // What a column knows alone: its place, how it bends the lying lines (period 28 mm), and its colour.
    let columns: Vec<(f32, f32, [f32; 3])> = (0..paper.image.width())
        .map(middle)
        .map(|x| (x, 1.7 * (0.22 * x).sin(), between(&STOPS, x / CARD_SIZE[0])))
        .collect();
    for (y, row) in (0..).map(middle).zip(paper.image.rows_mut()) {
        // Upright lines are bent with a period of 18 mm.
        let bend = 2.2 * (0.35 * y).sin();
        for (pixel, (x, lying_bend, colour)) in row.zip(&columns) {
            // Pitches of 2.4 and 2.1 mm; the eighth power leaves a thin line of a cosine.
            let ink = INK * ((2.6 * x + bend).cos().powi(8) + (3.0 * y + lying_bend).cos().powi(8));
            pixel.0 = colour.map(|value| (value - ink + 0.5) as u8);
        }
    }
}

/// The colour a `part` (0 to 1) of the way over three stops.
fn between(stops: &[[f32; 3]; 3], part: f32) -> [f32; 3] {
    let half = part.clamp(0.0, 1.0) * 2.0;
    let (from, to, part) = if half < 1.0 { (stops[0], stops[1], half) } else { (stops[1], stops[2], half - 1.0) };
    std::array::from_fn(|channel| from[channel] + (to[channel] - from[channel]) * part)
}

fn heading(paper: &mut Paper) {
    paper.text([5.0, 7.6], &Letters::bold(4.0), HEADING, "THẺ MẪU / SPECIMEN CARD");
    paper.text([5.0, 11.4], &Letters::regular(2.2), LABEL, "Dữ liệu bịa đặt để thử phần mềm, không có giá trị");
    paper.text([5.0, 14.4], &Letters::regular(2.2), LABEL, "Invented data for testing software, not valid");
}

/// A flat bust instead of a face.
fn portrait(paper: &mut Paper) {
    const FRAME: [[f32; 2]; 2] = [[4.0, 18.0], [24.5, 46.0]];
    const BACK: [u8; 3] = [186, 198, 208];
    const CLOTHES: [u8; 3] = [92, 104, 124];
    const SKIN: [u8; 3] = [176, 162, 152];
    paper.rectangle(FRAME[0], FRAME[1], BACK);
    paper.ellipse([14.25, 47.0], [9.4, 10.6], FRAME, CLOTHES);
    paper.ellipse([14.25, 29.5], [4.9, 6.6], FRAME, SKIN);
}

fn fields(paper: &mut Paper, specimen: &Specimen) {
    let (label, value) = (Letters::regular(LABEL_EM), Letters::regular(VALUE_EM));
    let mut row = |labels: &str, at: [f32; 2], letters: &Letters, text: &str| {
        let [x, y] = at;
        paper.text(at, &label, LABEL, labels);
        paper.text([x, y + letters_below(letters)], letters, TEXT, text);
    };
    row("Số / No.", [FIELDS_LEFT, 19.0], &Letters::bold(NUMBER_EM), &specimen.number);
    row("Họ và tên / Full name", [FIELDS_LEFT, 27.0], &Letters::bold(VALUE_EM), &specimen.name);
    row("Ngày sinh / Date of birth", [FIELDS_LEFT, 33.7], &value, &with_slashes(&specimen.birth_date));
    row("Giới tính / Sex", [60.0, 33.7], &value, &specimen.sex);
    row("Nơi thường trú / Place of residence", [FIELDS_LEFT, 40.4], &value, "");
    for (line, text) in value.wrapped(&specimen.address, FIELDS_RIGHT - FIELDS_LEFT).iter().enumerate() {
        paper.text([FIELDS_LEFT, 40.4 + letters_below(&value) + LINE * line as f32], &value, TEXT, text);
    }
    paper.text([4.0, 48.8], &Letters::regular(1.6), LABEL, "Ngày cấp / Date of issue");
    paper.text([4.0, 51.4], &Letters::regular(2.2), TEXT, &with_slashes(&specimen.issue_date));
}

/// From a label's baseline to that of its value, mm: an em of the value and a little air.
fn letters_below(letters: &Letters) -> f32 {
    letters.em() + 0.5
}

/// `ddmmyyyy` as `dd/mm/yyyy`; anything else as it is.
fn with_slashes(date: &str) -> String {
    match (date.get(..2), date.get(2..4), date.get(4..)) {
        (Some(day), Some(month), Some(year)) => format!("{day}/{month}/{year}"),
        _ => date.to_owned(),
    }
}

fn symbol(paper: &mut Paper, code: &Code) {
    let module = CODE_SIDE / code.side() as f32;
    let quiet = QUIET_ZONE * module;
    paper.rectangle(CODE_AT.map(|edge| edge - quiet), CODE_AT.map(|edge| edge + CODE_SIDE + quiet), LIGHT);
    paper.fill(CODE_AT, CODE_AT.map(|edge| edge + CODE_SIDE), |[x, y]| {
        let [column, row] = [(x - CODE_AT[0]) / module, (y - CODE_AT[1]) / module].map(|i| i.max(0.0) as usize);
        code.is_dark(column, row).then_some(DARK)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_is_none_is_shown_as_it_is() {
        assert_eq!(with_slashes("01022003"), "01/02/2003");
        assert_eq!(with_slashes("Nữ"), "Nữ");
    }
}
