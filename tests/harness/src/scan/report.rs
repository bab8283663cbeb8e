//! What a scan found: a JSON line for programs, a table for people.

use std::fmt::{self, Write};
use std::time::Duration;

use citizen_card::{CardReading, Finding, Place};
use citizen_vision::{Corners, Look, Scan, ScanHint};
use serde::Serialize;

/// One line of `--json`.
#[derive(Serialize)]
pub(super) struct Report {
    file: String,
    /// Every QR text found, UTF-8 in hexadecimal.
    text_hex: Vec<String>,
    card: Option<CardReading>,
    /// Of the card's symbol, else of the first: top left, top right, bottom right, bottom left; empty without one.
    corners: Vec<[f32; 2]>,
    hint: Option<&'static str>,
    /// CPU time of the scan alone.
    ms: f64,
    /// Frames looked at, in a burst.
    #[serde(skip_serializing_if = "Option::is_none")]
    frames_used: Option<u32>,
    #[serde(skip)]
    texts: Vec<String>,
    #[serde(skip)]
    advice: Option<ScanHint>,
    #[serde(skip)]
    is_read: bool,
}

impl Report {
    pub(super) fn new(
        file: String,
        look: Option<&Look>,
        is_read: bool,
        spent: Duration,
        frames_used: Option<u32>,
    ) -> Self {
        let texts: Vec<String> = look.iter().flat_map(|look| &look.codes).map(|code| code.text.clone()).collect();
        let first = look.and_then(|look| look.codes.first()).map(|code| code.corners);
        let (card, corners, advice) = match look.map(|look| &look.scan) {
            Some(Scan::Card { reading, corners }) => (Some(reading.clone()), Some(*corners), None),
            Some(Scan::Hint { hint }) => (None, first, Some(hint.clone()).filter(|_| !is_read)),
            None => (None, None, None),
        };
        Self {
            file,
            text_hex: texts.iter().map(|text| hex(text)).collect(),
            card,
            corners: corners.map(points).unwrap_or_default(),
            hint: advice.as_ref().map(ScanHint::id),
            ms: (spent.as_secs_f64() * 1e6).round() / 1e3,
            frames_used,
            texts,
            advice,
            is_read,
        }
    }

    /// Whether what was asked for was read.
    pub(super) fn is_read(&self) -> bool {
        self.is_read
    }

    pub(super) fn corners(&self) -> &[[f32; 2]] {
        &self.corners
    }

    /// What was read, or what to change, as lines for people.
    pub(super) fn lines(&self) -> Vec<String> {
        if let Some(reading) = &self.card {
            return rows(reading).into_iter().map(|(label, value)| format!("{label}: {value}")).collect();
        }
        if self.is_read { self.texts.clone() } else { self.advice.iter().map(hint_text).collect() }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frames = self.frames_used.map(|n| format!(", {n} khung hình / frames")).unwrap_or_default();
        writeln!(f, "{}  ({:.1} ms{frames})", self.file, self.ms)?;
        let Some(reading) = &self.card else {
            return self.lines().iter().try_for_each(|line| writeln!(f, "  {line}"));
        };
        let rows = rows(reading);
        let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
        rows.iter().try_for_each(|(label, value)| writeln!(f, "  {label:<width$}  {value}"))
    }
}

fn rows(reading: &CardReading) -> Vec<(&'static str, String)> {
    let card = &reading.card;
    let mut rows = vec![
        ("Số định danh / Number", card.number().to_string()),
        ("Nơi đăng ký khai sinh / Birth registered", place_text(card.number().place())),
        ("Số CMND cũ / Old number", card.old_number().map_or_else(|| "–".into(), |old| old.to_string())),
        ("Họ và tên / Full name", card.name().into()),
        ("Ngày sinh / Date of birth", card.birth_date().to_string()),
        ("Giới tính / Sex", card.sex().to_string()),
        ("Nơi thường trú / Residence", card.address().into()),
        ("Ngày cấp / Issued", card.issue_date().to_string()),
    ];
    rows.extend(card.extra().iter().map(|text| ("Trường khác / Further field", text.clone())));
    rows.extend(reading.findings.iter().map(|finding| ("Lưu ý / Note", finding_text(finding))));
    rows
}

fn place_text(place: Place) -> String {
    match place {
        Place::Province { code, name } => format!("{name} ({code:03})"),
        Place::Abroad { code } => format!("nước ngoài / abroad ({code})"),
        Place::Unassigned { code } => format!("? ({code:03})"),
    }
}

fn finding_text(finding: &Finding) -> String {
    match finding {
        Finding::UnknownProvince { code } => format!("mã tỉnh {code} chưa được cấp / no province has code {code}"),
        Finding::BirthYearDiffers { number, card } => {
            format!(
                "năm sinh theo số là {number}, trên thẻ là {card} / born {number} by the number, {card} on the card"
            )
        }
        Finding::SexDiffers { number, card } => {
            format!("giới tính theo số là {number}, trên thẻ là {card} / {number} by the number, {card} on the card")
        }
    }
}

/// Vietnamese first, English second.
pub(super) fn hint_text(hint: &ScanHint) -> String {
    match hint {
        ScanHint::NothingFound => {
            "Không thấy mã QR: hướng máy ảnh vào mã trên thẻ / No QR code in view: point the camera at the card's code"
                .into()
        }
        ScanHint::TooDark => "Quá tối: bật đèn / Too dark: switch on a light".into(),
        ScanHint::ComeCloser => "Đưa thẻ lại gần hơn / Bring the card closer".into(),
        ScanHint::HoldStill => "Giữ yên thẻ / Hold the card still".into(),
        ScanHint::WrongField { problem } => format!("Kiểm tra thẻ / Check the card ({problem})"),
        ScanHint::WrongCode { why } => {
            format!("Mã QR này không phải của thẻ căn cước / This QR code is not a citizen card's ({why})")
        }
    }
}

fn points(corners: Corners) -> Vec<[f32; 2]> {
    corners.to_array().map(|point| [point.x, point.y]).to_vec()
}

fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
