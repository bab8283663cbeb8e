//! Signing in with number and password (row R13), and binding a phone to an account that has none.

use citizen_card::PersonalNumber;
use citizen_protocol::ledger::Kind;
use citizen_protocol::wire::{Code, Id, OtpPurpose, SignIn, SignInRequest, UnixTime, WireField};
use rusqlite::params;

use super::accounts::Account;
use super::crypto::sha256;
use super::outbox::{Notice, tell_holder};
use super::refusals::{fields, phone};
use super::sql::at;
use super::tries::of_account;
use super::{ledger, otp, passwords, sessions};
use crate::work::{Caller, Ruling, Work};

/// A new phone cools down: so long no contact change and no transfer.
pub(super) const COOL_DOWN_S: u64 = 24 * 3_600;

/// Signs in. What is wrong with the account is said only to who knows its password.
pub(crate) fn sign_in(work: &Work, caller: &Caller, request: SignInRequest) -> Ruling<SignIn> {
    let phone = phone(caller)?;
    let SignInRequest { id_number, password, otp_challenge } = request;
    let number = PersonalNumber::parse(&id_number).ok_or_else(|| fields(&[WireField::IdNumber]))?.to_string();
    let account = Account::by_number(work, &number)?;
    let is_own_phone = account.as_ref().is_some_and(|account| account.phone == Some(phone));
    let subject = of_account(&number, is_own_phone);
    passwords::compare(work, &subject, account.as_ref().map(|account| &account.password), password.reveal())?;
    let account = account.ok_or(Code::WrongCredentials)?;
    account.ensure_open()?;
    match (account.phone, otp_challenge) {
        (Some(bound), _) if bound == phone => signed_in(work, &account, phone),
        (Some(_), _) => Err(Code::OnAnotherPhone.into()),
        (None, None) => Ok(SignIn::OtpNeeded { channels: account.channels() }),
        (None, Some(challenge)) => {
            let account = bind(work, account, phone, challenge)?;
            signed_in(work, &account, phone)
        }
    }
}

fn signed_in(work: &Work, account: &Account, phone: Id) -> Ruling<SignIn> {
    let session = sessions::begin(work, account, phone)?;
    Ok(SignIn::SignedIn { session, account: account.summary(work.now) })
}

/// Binds the phone: password and code were right, and no other phone is bound. A phone serves one account; for another it needs
/// new keys.
fn bind(work: &Work, account: Account, phone: Id, challenge: Id) -> Ruling<Account> {
    let proven = otp::take(work, phone, challenge, OtpPurpose::SignIn)?;
    if !proven.is_for(&account.number) {
        return Err(Code::OtpGone.into());
    }
    if Account::of_phone(work, phone)?.is_some() {
        return Err(Code::KeyInUse.into());
    }
    let cool_down_until: UnixTime = work.now.plus(COOL_DOWN_S);
    work.change(
        "UPDATE accounts SET phone = ?2, cool_down_until = ?3 WHERE id = ?1",
        params![account.id.0, phone.0, at(cool_down_until)],
    )?;
    let keys = ledger::keys_hash_of(work, phone)?;
    ledger::append(work, account.id, Kind::Enrol, Some(keys), sha256(&challenge.0))?;
    tell_holder(work, &account, Notice::PhoneBound)?;
    Ok(Account { phone: Some(phone), cool_down_until: Some(cool_down_until), ..account })
}
