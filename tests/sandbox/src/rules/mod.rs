//! What the service does: each rule is a function of one transaction, the caller and the request.

pub(crate) mod accounts;
pub(crate) mod activations;
pub(crate) mod applications;
pub(crate) mod cleaning;
pub(crate) mod consents;
mod crypto;
mod day;
pub(crate) mod deletions;
pub(crate) mod desk;
pub(crate) mod devices;
pub(crate) mod enrol;
pub(crate) mod freezes;
mod identifications;
pub(crate) mod ledger;
pub(crate) mod links;
pub(crate) mod lost_phones;
pub(crate) mod otp;
mod outbox;
pub(crate) mod passwords;
mod personal_words;
pub(crate) mod policy;
pub(crate) mod portraits;
pub(crate) mod privacy;
mod records;
pub(crate) mod recoveries;
mod refusals;
pub(crate) mod rekeys;
pub(crate) mod sessions;
pub(crate) mod sign_in;
mod sql;
pub(crate) mod transfers;
mod tries;

#[cfg(test)]
mod effort;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

/// The tables of all rules; running it again changes nothing.
pub(crate) const TABLES: &str = include_str!("tables.sql");
