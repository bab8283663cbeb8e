//! One invented citizen: card, phone, address book entry, and what the record says instead.

use citizen_card::{CalendarDate, Sex};
use citizen_protocol::wire::{CardDetails, CardSource};
use rand::RngExt;
use rand_pcg::Pcg32;

use super::{Kind, Population, names, province};

/// A citizen as a tester holds one: the card in hand, a phone, an email address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citizen {
    /// Which of the population.
    pub index: u32,
    /// What a registration meets.
    pub kind: Kind,
    /// 12 digits.
    pub number: String,
    /// 9 digits, where there was an older card.
    pub old_number: Option<String>,
    /// Name, as on the card.
    pub name: String,
    /// Day of birth, as on the card.
    pub birth_date: CalendarDate,
    /// Sex.
    pub sex: Sex,
    /// Address, as on the card.
    pub address: String,
    /// The day of the card's issue.
    pub issue_date: CalendarDate,
    /// The card's last day; `None` for one that does not end (from 60 on).
    pub expiry_date: Option<CalendarDate>,
    /// Mobile number, E.164.
    pub phone: String,
    /// Email address.
    pub email: String,
}

impl Citizen {
    /// The card as a registration sends it.
    #[must_use]
    pub fn details(&self, source: CardSource) -> CardDetails {
        CardDetails {
            id_number: self.number.clone(),
            old_id_number: self.old_number.clone(),
            name: self.name.clone(),
            birth_date: self.birth_date.to_string(),
            sex: self.sex.to_string(),
            address: self.address.clone(),
            issue_date: self.issue_date.to_string(),
            source,
        }
    }

    /// The text of the card's QR.
    #[must_use]
    pub fn payload(&self) -> String {
        let day = |date: CalendarDate| date.to_string().split('-').rev().collect::<String>();
        [
            self.number.clone(),
            self.old_number.clone().unwrap_or_default(),
            self.name.clone(),
            day(self.birth_date),
            self.sex.to_string(),
            self.address.clone(),
            day(self.issue_date),
        ]
        .join("|")
    }
}

/// Neither is a multiple of 2 or 5: indices below a power of ten stay apart when multiplied modulo that power.
const NUMBER_STEP: u64 = 314_159;
const PHONE_STEP: u64 = 2_718_281;

pub(super) fn invent(population: &Population, index: u32, kind: Kind) -> Citizen {
    let mut random = Pcg32::new(population.seed, index.into());
    let sex = if random.random_bool(0.5) { Sex::Male } else { Sex::Female };
    let (birth_date, issue_date, expiry_date) = days(&mut random, kind);
    let place =
        population.provinces.get(random.random_range(0..population.provinces.len().max(1))).copied().unwrap_or(1);
    let name = if kind == Kind::Foreigner { names::foreign_name(&mut random) } else { names::name(&mut random, sex) };
    let address = names::address(&mut random, province(place).unwrap_or_default());
    let old = random.random_bool(0.4) && birth_date.year() < 1990;
    Citizen {
        index,
        kind,
        number: number(population.seed, index, if kind == Kind::Foreigner { 999 } else { place }, birth_date, sex),
        old_number: old.then(|| format!("{:09}", random.random_range(10_000_000..400_000_000_u32))),
        name,
        birth_date,
        sex,
        address,
        issue_date,
        expiry_date,
        phone: format!("+8490{:07}", (u64::from(index) * PHONE_STEP + population.seed % 9_973) % 10_000_000),
        email: format!("{}.{index}@example.vn", if sex == Sex::Male { "ong" } else { "ba" }),
    }
}

/// Circular 59/2021/TT-BCA, article 4: place, century and sex, year, six digits, here the index in disguise.
fn number(seed: u64, index: u32, place: u16, birth: CalendarDate, sex: Sex) -> String {
    let century = (birth.year() - 1900) / 100 * 2 + u16::from(sex == Sex::Female);
    let tail = (u64::from(index) * NUMBER_STEP + seed % 999_983) % 1_000_000;
    format!("{place:03}{century}{:02}{tail:06}", birth.year() % 100)
}

/// Birth, issue and expiry. A card ends at 14, 25, 40 and 60, and one issued in the two years before lasts until the next of these
/// (Law 26/2023/QH15, article 21); so the years below are chosen with the ends that follow from them.
fn days(random: &mut Pcg32, kind: Kind) -> (CalendarDate, CalendarDate, Option<CalendarDate>) {
    let (births, issues, end) = match kind {
        Kind::Minor => (2020..=2022, 2024..=2025, Some(14)),
        Kind::ExpiredCard => (1999..=2000, 2021..=2021, Some(25)),
        _ => match random.random_range(0..3_u8) {
            0 => (1997..=2000, 2024..=2025, Some(40)),
            1 => (1977..=1985, 2024..=2025, Some(60)),
            _ => (1940..=1962, 2021..=2025, None),
        },
    };
    // Days up to 28: every month has them, also at the card's end.
    let day = |random: &mut Pcg32| (random.random_range(1..=12_u8), random.random_range(1..=28_u8));
    let (year, (month, of_month)) = (random.random_range(births), day(random));
    let (issue_year, (issue_month, issue_day)) = (random.random_range(issues), day(random));
    let date = |year, month, day| CalendarDate::new(year, month, day).expect("the ranges above hold days that exist");
    let expiry = end.map(|age| date(year + age, month, of_month));
    (date(year, month, of_month), date(issue_year, issue_month, issue_day), expiry)
}
