//! The population database: what the state has on record, in the service's own database.

use rusqlite::{Connection, params};

use citizen_card::CalendarDate;

use super::{Citizen, Kind, Population, names};

/// Writes the records of the first `count` citizens into a database that has none yet.
pub(crate) fn fill(db: &mut Connection, count: u32) -> rusqlite::Result<()> {
    if db.query_row("SELECT EXISTS (SELECT 1 FROM records)", [], |row| row.get(0))? {
        return Ok(());
    }
    let transaction = db.transaction()?;
    seed(&transaction, &Population::default(), count)?;
    transaction.commit()
}

/// The same for any population; those that are there already stay as they are.
pub(crate) fn seed(db: &Connection, population: &Population, count: u32) -> rusqlite::Result<()> {
    population.citizens().take(count as usize).try_for_each(|citizen| add(db, &citizen))
}

/// Writes a citizen's record, unless there shall be none.
fn add(db: &Connection, citizen: &Citizen) -> rusqlite::Result<()> {
    if citizen.kind == Kind::Absent {
        return Ok(());
    }
    let mut insert = db.prepare_cached(
        "INSERT OR IGNORE INTO records (number, old_number, name, birth_date, sex, address, issue_date, expiry_date, \
         is_foreigner, is_deceased, portrait_outcome, email, phone) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    insert.execute(params![
        citizen.number,
        citizen.old_number,
        recorded_name(citizen),
        recorded_birth(citizen).to_string(),
        citizen.sex.to_string(),
        recorded_address(citizen),
        citizen.issue_date.to_string(),
        citizen.expiry_date.map(|day| day.to_string()),
        citizen.kind == Kind::Foreigner,
        citizen.kind == Kind::Deceased,
        citizen.kind.portrait_outcome().name(),
        citizen.email,
        citizen.phone,
    ])?;
    Ok(())
}

fn recorded_name(citizen: &Citizen) -> String {
    if citizen.kind == Kind::NameDiffers { names::changed_name(&citizen.name) } else { citizen.name.clone() }
}

/// Another day and another month, so that it reads as no slip of the finger; the year stays, as the number holds it.
fn recorded_birth(citizen: &Citizen) -> CalendarDate {
    if citizen.kind != Kind::BirthDiffers {
        return citizen.birth_date;
    }
    let iso = citizen.birth_date.to_string();
    let part = |range| iso.get(range).and_then(|digits: &str| digits.parse::<u8>().ok()).unwrap_or(1);
    let (month, day) = (part(5..7) % 12 + 1, part(8..10) % 28 + 1);
    CalendarDate::new(citizen.birth_date.year(), month, day).unwrap_or(citizen.birth_date)
}

fn recorded_address(citizen: &Citizen) -> String {
    if citizen.kind == Kind::AddressDiffers {
        format!("Tổ Mới, {}", citizen.address)
    } else {
        citizen.address.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use citizen_card::parse;

    use super::super::{MIXED, SIZE};
    use super::*;
    use crate::rules::testing;

    fn day(year: u16) -> CalendarDate {
        CalendarDate::new(year, 1, 1).unwrap()
    }

    #[test]
    fn every_card_reads_and_its_number_fits_birth_and_sex() {
        let population = Population::seeded(7);
        for citizen in population.citizens().step_by(7) {
            let reading = parse(&citizen.payload(), day(2026)).unwrap();
            let foreign = citizen.kind == Kind::Foreigner;
            assert!(reading.findings.is_empty(), "{} {foreign}: {:?}", citizen.index, reading.findings);
            assert_eq!(reading.card.number().to_string(), citizen.number);
            assert_eq!(reading.card.name(), citizen.name);
        }
    }

    #[test]
    fn no_two_citizens_share_a_number_a_phone_or_an_email() {
        let all: Vec<_> = Population::seeded(3).citizens().collect();
        let distinct = |of: fn(&Citizen) -> &str| all.iter().map(of).collect::<HashSet<_>>().len();
        let expected = SIZE as usize;
        assert_eq!(
            (distinct(|c| &c.number), distinct(|c| &c.phone), distinct(|c| &c.email)),
            (expected, expected, expected)
        );
    }

    #[test]
    fn each_kind_is_found_by_kind_and_the_load_meets_only_plain_ones() {
        let population = Population::seeded(1);
        for kind in Kind::ALL {
            // 8 of 20 of the mixed are plain, and all behind them.
            let most = if kind == Kind::Plain { SIZE - MIXED + 2_000 } else { Kind::EACH };
            let citizens = (0..most).map(|nth| population.of(kind, nth));
            let distinct: HashSet<_> =
                citizens.filter(|citizen| citizen.kind == kind).map(|citizen| citizen.index).collect();
            assert_eq!(distinct.len(), most as usize, "{kind:?}");
        }
        assert!((MIXED..SIZE).all(|index| population.citizen(index).kind == Kind::Plain));
    }

    #[test]
    fn ages_and_expiries_are_what_the_kinds_say_from_2026_to_2033() {
        let population = Population::seeded(5);
        for citizen in population.citizens().take(MIXED as usize) {
            for year in [2026, 2033] {
                let adult = citizen.birth_date.age_on(day(year)) >= Some(14);
                assert_eq!(adult, citizen.kind != Kind::Minor, "{}", citizen.index);
                let expired = citizen.expiry_date.is_some_and(|last| last < day(year));
                assert_eq!(expired, citizen.kind == Kind::ExpiredCard, "{}", citizen.index);
            }
            assert!(citizen.issue_date > citizen.birth_date && citizen.issue_date < day(2026));
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_citizens_and_another_seed_others() {
        let name = |seed| Population::seeded(seed).citizen(17);
        assert_eq!(name(1), name(1));
        assert_ne!(name(1).number, name(2).number);
    }

    #[test]
    fn records_are_written_once_and_absent_citizens_have_none() {
        let db = testing::empty_database();
        let population = Population::seeded(1);
        for _ in 0..2 {
            seed(&db, &population, 200).unwrap();
        }
        let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap();
        // One of 20 is absent.
        assert_eq!(count("SELECT COUNT(*) FROM records"), 190);
        assert_eq!(count("SELECT COUNT(*) FROM records WHERE is_foreigner"), 10);
    }
}
