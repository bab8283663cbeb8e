//! What the service's database must look like after registrations, whatever the network did.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use anyhow::Result;
use citizen_protocol::wire::Id;
use rusqlite::{Connection, OpenFlags};

/// What is counted, and what must be 0.
pub(crate) struct Findings {
    applications: u64,
    accounts: u64,
    /// What must not be, with how many there are.
    wrong: Vec<(&'static str, u64)>,
}

/// Each counts rows that must not be. The database's own constraints forbid some as well: here is what a registration means.
const WRONG: [(&str, &str); 9] = [
    (
        "numbers with two applications",
        "SELECT count(*) FROM (SELECT 1 FROM applications GROUP BY number HAVING count(*) > 1)",
    ),
    ("numbers with two accounts", "SELECT count(*) FROM (SELECT 1 FROM accounts GROUP BY number HAVING count(*) > 1)"),
    ("applications that are not decided", "SELECT count(*) FROM applications WHERE state <> 'approved'"),
    (
        "approved applications without their account",
        "SELECT count(*) FROM applications p WHERE state = 'approved' AND NOT EXISTS
         (SELECT 1 FROM accounts a WHERE a.id = p.account AND a.number = p.number AND a.phone = p.phone)",
    ),
    (
        "accounts without an approved application",
        "SELECT count(*) FROM accounts a WHERE NOT EXISTS
         (SELECT 1 FROM applications p WHERE p.account = a.id AND p.state = 'approved')",
    ),
    (
        "accounts without a phone in force",
        "SELECT count(*) FROM accounts a WHERE NOT EXISTS (SELECT 1 FROM phones p WHERE p.id = a.phone AND p.is_in_force = 1)",
    ),
    (
        "accounts whose ledger has not one entry",
        "SELECT count(*) FROM accounts WHERE (SELECT count(*) FROM ledger WHERE account = id) <> 1",
    ),
    (
        "accounts without a password or an address",
        "SELECT count(*) FROM accounts WHERE coalesce(length(password), 0) = 0 OR sms IS NULL",
    ),
    (
        "codes used up by nothing",
        "SELECT count(*) FROM otp_challenges c WHERE state = 'used' AND NOT EXISTS
         (SELECT 1 FROM applications p WHERE p.phone = c.phone)",
    ),
];

/// Looks at the database of a service that was stopped. `done`: applications that phones were told of, by ID number.
pub(crate) fn database(path: &Path, done: &BTreeMap<String, Id>) -> Result<Findings> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, u64>(0));
    let mut wrong = Vec::new();
    for (what, sql) in WRONG {
        wrong.push((what, count(sql)?));
    }
    let mut known = db.prepare("SELECT count(*) FROM applications WHERE number = ?1 AND id = ?2")?;
    let mut unknown = 0;
    for (number, id) in done {
        let rows: u64 = known.query_row((number, id.0), |row| row.get(0))?;
        unknown += u64::from(rows != 1);
    }
    wrong.push(("applications that phones were told of and are not there", unknown));
    Ok(Findings {
        applications: count("SELECT count(*) FROM applications")?,
        accounts: count("SELECT count(*) FROM accounts")?,
        wrong,
    })
}

impl Findings {
    pub(crate) fn is_good(&self) -> bool {
        self.wrong.iter().all(|(_, count)| *count == 0)
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "database       {} applications, {} accounts", self.applications, self.accounts)?;
        self.wrong.iter().try_for_each(|(what, count)| write!(out, "\n  {count:5}      {what}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A database in which everything is wrong that can be: each query sees its own fault.
    #[test]
    fn each_query_finds_what_it_looks_for() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE TABLE applications (id, phone, number, state, account);
             CREATE TABLE accounts (id, number, phone, password, sms);
             CREATE TABLE phones (id, is_in_force);
             CREATE TABLE ledger (account, seq);
             CREATE TABLE otp_challenges (phone, state);
             INSERT INTO applications VALUES (1, 1, 'a', 'approved', NULL), (2, 2, 'a', 'in_review', NULL);
             INSERT INTO accounts VALUES (7, 'b', 9, x'', NULL), (8, 'b', 9, x'01', '+84');
             INSERT INTO otp_challenges VALUES (5, 'used');",
        )
        .unwrap();
        for (what, sql) in WRONG {
            let found: u64 = db.query_row(sql, [], |row| row.get(0)).unwrap();
            assert!(found > 0, "{what}");
        }
    }
}
