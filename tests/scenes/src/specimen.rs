//! The record of a card: what its QR symbol says and its face shows.

use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_pcg::Pcg64;

use crate::random::{Purpose, stream};

/// A card's record. The fields are plain text, so a test can also write a wrong one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Specimen {
    /// Personal ID number, 12 digits: province, century and sex, year of birth, six random digits.
    pub number: String,
    /// Old ID number, 9 digits; empty for those who never had one.
    pub old_number: String,
    /// Full name, NFC.
    pub name: String,
    /// `ddmmyyyy`
    pub birth_date: String,
    /// `Nam` (male) or `Nữ` (female)
    pub sex: String,
    /// Place of residence, NFC.
    pub address: String,
    /// `ddmmyyyy`
    pub issue_date: String,
    /// Fields behind the seven known ones, as cards from July 2024 on may carry.
    pub extra: Vec<String>,
}

/// No province has this code, so no invented number can be somebody's.
const UNASSIGNED_PROVINCE: &str = "000";
/// Share of cards without an old number: the 9-digit kind ended in 2021, the young never held one.
const WITHOUT_OLD_NUMBER: f64 = 0.25;

// Nobody is called so: the given names and places are the words for "test", "sample", "example", "supposed".
const FAMILY_NAMES: [&str; 4] = ["Nguyễn", "Trần", "Phạm", "Đặng"];
const MALE_MIDDLE_NAMES: [&str; 2] = ["Văn", "Hữu"];
const FEMALE_MIDDLE_NAMES: [&str; 2] = ["Thị", "Ngọc"];
const GIVEN_NAMES: [&str; 5] = ["Thử Nghiệm", "Mẫu", "Ví Dụ", "Giả Định", "Kiểm Thử"];
const STREETS: [&str; 5] = ["Số 1", "Thôn Mẫu", "Tổ 9 Khu Thử", "Ấp Ví Dụ", "123/45 Đường Kiểm Thử"];
const WARDS: [&str; 3] = ["Phường Giả Định", "Xã Mẫu", "Thị trấn Ví Dụ"];
const DISTRICTS: [&str; 3] = ["Quận Thử Nghiệm", "Huyện Mẫu", "Thành phố Giả Định"];
const PROVINCES: [&str; 2] = ["Tỉnh Ví Dụ", "Hà Mẫu"];

impl Specimen {
    /// Invents the record of `seed`. Its parts agree: the number with birth year and sex, the issue date (2021 to 2024) with
    /// the birth date (1950 to 2009). `extra` is empty.
    #[must_use]
    pub fn invent(seed: u64) -> Self {
        let rng = &mut stream(seed, Purpose::Specimen);
        let birth_year = rng.random_range(1950..2010);
        let male = rng.random_bool(0.5);
        let old_number = if rng.random_bool(WITHOUT_OLD_NUMBER) {
            String::new()
        } else {
            format!("{UNASSIGNED_PROVINCE}{}", six_digits(rng))
        };
        Self {
            number: number(rng, birth_year, male),
            old_number,
            name: name(rng, male),
            birth_date: date(rng, birth_year),
            sex: if male { "Nam" } else { "Nữ" }.to_owned(),
            address: [pick(rng, &STREETS), pick(rng, &WARDS), pick(rng, &DISTRICTS), pick(rng, &PROVINCES)].join(", "),
            issue_date: {
                let issue_year = rng.random_range(2021..2025);
                date(rng, issue_year)
            },
            extra: Vec::new(),
        }
    }

    /// The record of a card whose symbol says this; `None` where a field is missing. What stands in the fields is not looked at.
    #[must_use]
    pub fn of_payload(payload: &str) -> Option<Self> {
        let mut fields = payload.split('|').map(str::to_owned);
        Some(Self {
            number: fields.next()?,
            old_number: fields.next()?,
            name: fields.next()?,
            birth_date: fields.next()?,
            sex: fields.next()?,
            address: fields.next()?,
            issue_date: fields.next()?,
            extra: fields.collect(),
        })
    }

    /// What the symbol says: the seven fields and the extra ones, joined by `|`.
    #[must_use]
    pub fn payload(&self) -> String {
        let seven =
            [&self.number, &self.old_number, &self.name, &self.birth_date, &self.sex, &self.address, &self.issue_date];
        let fields: Vec<&str> = seven.into_iter().chain(&self.extra).map(String::as_str).collect();
        fields.join("|")
    }
}

/// The 12 digits for a birth in the 20th (0 male, 1 female) or 21st century (2, 3).
fn number(rng: &mut Pcg64, birth_year: u32, male: bool) -> String {
    let century = if birth_year < 2000 { 0 } else { 2 };
    let century_and_sex = century + u32::from(!male);
    format!("{UNASSIGNED_PROVINCE}{century_and_sex}{:02}{}", birth_year % 100, six_digits(rng))
}

fn name(rng: &mut Pcg64, male: bool) -> String {
    let middle_names = if male { &MALE_MIDDLE_NAMES } else { &FEMALE_MIDDLE_NAMES };
    [pick(rng, &FAMILY_NAMES), pick(rng, middle_names), pick(rng, &GIVEN_NAMES)].join(" ")
}

/// A date of `year` as `ddmmyyyy`; the day ends at 28, which every month has.
fn date(rng: &mut Pcg64, year: u32) -> String {
    let (day, month) = (rng.random_range(1..=28), rng.random_range(1..=12));
    format!("{day:02}{month:02}{year}")
}

fn six_digits(rng: &mut Pcg64) -> String {
    format!("{:06}", rng.random_range(0..1_000_000))
}

fn pick(rng: &mut Pcg64, words: &[&'static str]) -> &'static str {
    words.choose(rng).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEDS: std::ops::Range<u64> = 0..200;

    #[test]
    fn an_invented_payload_has_seven_fields() {
        for specimen in SEEDS.map(Specimen::invent) {
            assert_eq!(specimen.payload().split('|').count(), 7, "{specimen:?}");
        }
    }

    #[test]
    fn extra_fields_follow_the_seven() {
        let extra = vec!["8".to_owned(), String::new()];
        let payload = Specimen { extra, ..Specimen::invent(1) }.payload();
        assert!(payload.ends_with("|8|"));
        assert_eq!(payload.split('|').count(), 9);
    }

    #[test]
    fn a_payload_gives_its_record_back() {
        for specimen in SEEDS.map(Specimen::invent) {
            let extra = vec!["8".to_owned(), String::new()];
            for specimen in [Specimen { extra, ..specimen.clone() }, specimen] {
                assert_eq!(Specimen::of_payload(&specimen.payload()), Some(specimen));
            }
        }
        assert_eq!(Specimen::of_payload("1|2|3|4|5|6"), None);
    }

    #[test]
    fn the_number_agrees_with_birth_year_and_sex() {
        for specimen in SEEDS.map(Specimen::invent) {
            let year: u32 = specimen.birth_date[4..].parse().unwrap();
            let sex = u32::from(specimen.sex == "Nữ");
            let century = if year < 2000 { 0 } else { 2 };
            assert_eq!(specimen.number.len(), 12);
            assert_eq!(specimen.number[..6], format!("000{}{:02}", century + sex, year % 100));
        }
    }

    #[test]
    fn cards_are_issued_after_birth_and_before_2025() {
        for specimen in SEEDS.map(Specimen::invent) {
            let year = |date: &str| date[4..].parse::<u32>().unwrap();
            assert!(year(&specimen.birth_date) < year(&specimen.issue_date));
            assert!(year(&specimen.issue_date) < 2025);
        }
    }

    #[test]
    fn some_have_no_old_number() {
        let without = SEEDS.filter(|&seed| Specimen::invent(seed).old_number.is_empty()).count();
        // 50 expected of 200, deviation 6.
        assert!((26..=74).contains(&without), "{without}");
    }

    #[test]
    fn text_is_precomposed() {
        let combining = '\u{300}'..='\u{36f}';
        for specimen in SEEDS.map(Specimen::invent) {
            assert!(!specimen.payload().chars().any(|c| combining.contains(&c)), "{specimen:?}");
        }
    }
}
