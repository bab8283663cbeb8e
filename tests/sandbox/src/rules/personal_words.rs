//! What the service itself knows of a phone's holder: words that a new password must not be made of, whatever the app names.

use citizen_protocol::wire::{Id, Secret};
use rusqlite::params;

use super::accounts::Account;
use super::records::Record;
use super::tries::number_in;
use crate::work::{Ruling, Work};

/// Proven codes that are looked at, the newest first. With the record of each they stay below the 64 words that count.
const MOST: u32 = 6;

/// Addresses that the phone has proven, and the records of the account it is bound to and of one that it recovers. A code that was only
/// asked for does not count: refusals would tell a stranger what a record says.
pub(super) fn of_phone(work: &Work, phone: Id) -> Ruling<Vec<Secret>> {
    let account = Account::of_phone(work, phone)?;
    let proven = work.rows(
        "SELECT subject, address FROM otp_challenges WHERE phone = ?1 AND state IN ('verified', 'used') \
         ORDER BY expires_at DESC LIMIT ?2",
        params![phone.0, MOST],
        |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)),
    )?;
    let mut numbers: Vec<&str> = proven.iter().filter_map(|(subject, _)| number_in(subject)).collect();
    numbers.extend(account.as_ref().map(|account| account.number.as_str()));
    numbers.sort_unstable();
    numbers.dedup();
    let mut words = Vec::new();
    for number in numbers {
        if let Some(record) = Record::of(work, number)? {
            words.extend(of_record(record));
        }
    }
    words.extend(account.into_iter().flat_map(|account| account.sms.into_iter().chain(account.email)));
    words.extend(proven.into_iter().filter_map(|(_, address)| address));
    Ok(words.into_iter().map(Secret::new).collect())
}

fn of_record(record: Record) -> impl Iterator<Item = String> {
    let Record { number, old_number, name, birth_date, address, email, phone, .. } = record;
    [number, name, birth_date.to_string(), address, email, phone].into_iter().chain(old_number)
}
