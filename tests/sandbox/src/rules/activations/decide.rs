//! How an activation is decided: by the comparison of portraits, or by an officer.

use citizen_protocol::ledger::Kind;
use citizen_protocol::wire::{
    AccountLevel, ActivationReason, ActivationReasonCode, ActivationState, Code, Id, OtpChannel, Remedy, TransferEnd,
};
use rusqlite::params;

use super::store::Stored;
use crate::rules::accounts::Account;
use crate::rules::crypto::sha256;
use crate::rules::identifications::Identification;
use crate::rules::outbox::{Notice, send, tell, tell_holder};
use crate::rules::policy::Policy;
use crate::rules::records::{Comparison, compare_portrait};
use crate::rules::sign_in::COOL_DOWN_S;
use crate::rules::sql::{at, name};
use crate::rules::tries::{Tries, of_account};
use crate::rules::{consents, ledger, links, lost_phones, recoveries, transfers};
use crate::work::{Ruling, Work};

/// Decides what has waited for the comparison of portraits long enough; `most` at a time.
pub(in crate::rules) fn decide_due(work: &Work, most: u32) -> Ruling<()> {
    let due = work.rows(
        "SELECT * FROM activations WHERE state = 'comparing' AND is_for_officer = 0 AND expected_by <= ?1 LIMIT ?2",
        params![at(work.now), most],
        Stored::read,
    )?;
    due.into_iter().try_for_each(|mut stored| stored.automatic(work))
}

impl Stored {
    /// By the comparison of portraits, or into an officer's queue: also if the account was locked meanwhile.
    pub(super) fn automatic(&mut self, work: &Work) -> Ruling<()> {
        use ActivationReasonCode::{PortraitDiffers, PortraitUnusable};
        let reason = |code, remedy| vec![ActivationReason { code, remedy }];
        let is_locked = Account::by_number(work, &self.number)?.is_some_and(|account| account.ensure_open().is_err());
        match compare_portrait(work, &self.number)? {
            Comparison::Differs => self.refuse(work, reason(PortraitDiffers, Remedy::Office)),
            Comparison::Unusable => self.refuse(work, reason(PortraitUnusable, Remedy::NewPortrait)),
            Comparison::Same if !is_locked => self.approve(work),
            Comparison::Same | Comparison::Officer => {
                let expected_by = work.now.plus(Policy::OfficerReview.value(work)?);
                (self.is_for_officer, self.expected_by) = (true, Some(expected_by));
                let given = params![self.id.0, at(expected_by)];
                work.change("UPDATE activations SET is_for_officer = 1, expected_by = ?2 WHERE id = ?1", given)
                    .map(drop)
            }
        }
    }

    /// Level 2, unless something speaks against it by now.
    pub(in crate::rules) fn approve(&mut self, work: &Work) -> Ruling<()> {
        if let Some(reason) = self.against(work)? {
            return self.refuse(work, vec![reason]);
        }
        // By now this phone is somebody else's.
        if Account::of_phone(work, self.phone)?.is_some_and(|account| account.number != self.number) {
            let (code, remedy) = (ActivationReasonCode::OnAnotherPhone, Remedy::Office);
            return self.refuse(work, vec![ActivationReason { code, remedy }]);
        }
        let account = match Account::by_number(work, &self.number)? {
            Some(account) => self.raise(work, &account)?,
            None => self.make(work)?,
        };
        Identification::forget(work, &self.number)?;
        consents::pass_on(work, self.id, account)?;
        self.account = Some(account);
        self.end(work, ActivationState::Done, Vec::new())
    }

    /// Nothing changes.
    pub(in crate::rules) fn refuse(&mut self, work: &Work, reasons: Vec<ActivationReason>) -> Ruling<()> {
        tell(work, self.on(OtpChannel::Sms), self.on(OtpChannel::Email), Notice::ActivationRefused)?;
        consents::forget(work, self.id)?;
        self.end(work, ActivationState::Refused, reasons)
    }

    /// The proven address, if it is of this channel.
    fn on(&self, channel: OtpChannel) -> Option<&str> {
        (self.channel == channel).then_some(self.address.as_str())
    }

    fn make(&self, work: &Work) -> Ruling<Id> {
        let (account, password) = (work.new_id()?, self.password.as_ref().ok_or(Code::Internal)?);
        work.change(
            "INSERT INTO accounts (id, number, level, salt, password, sms, email, phone, made_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                account.0,
                self.number,
                name(&AccountLevel::Level2)?,
                password.salt,
                password.hash,
                self.on(OtpChannel::Sms),
                self.on(OtpChannel::Email),
                self.phone.0,
                at(work.now),
            ],
        )?;
        self.bind(work, account)?;
        tell(work, self.on(OtpChannel::Sms), self.on(OtpChannel::Email), Notice::Activated)?;
        Ok(account)
    }

    /// What the account had before ends with it: sessions, wrong tries, an open recovery. Its earlier addresses hear of it, too.
    fn raise(&self, work: &Work, account: &Account) -> Ruling<Id> {
        account.ensure_open()?;
        let password = self.password.as_ref().ok_or(Code::Internal)?;
        let is_new_phone = account.phone != Some(self.phone);
        if account.address(self.channel) != Some(&self.address) {
            links::keep_former_address(work, account, self.channel)?;
        }
        let cool_down_until =
            if is_new_phone { Some(account.cools_down(work.now, COOL_DOWN_S)) } else { account.cool_down_until };
        work.change(
            "UPDATE accounts SET level = ?2, salt = ?3, password = ?4, sms = COALESCE(?5, sms), email = COALESCE(?6, email), \
             phone = ?7, cool_down_until = ?8 WHERE id = ?1",
            params![
                account.id.0,
                name(&AccountLevel::Level2)?,
                password.salt,
                password.hash,
                self.on(OtpChannel::Sms),
                self.on(OtpChannel::Email),
                self.phone.0,
                cool_down_until.map(at),
            ],
        )?;
        if is_new_phone {
            self.bind(work, account.id)?;
        }
        account.end_sessions(work)?;
        work.change("DELETE FROM passwords WHERE account = ?1", [account.id.0])?;
        for is_own_phone in [false, true] {
            Tries { subject: &of_account(&self.number, is_own_phone), purpose: "password" }.succeeded(work)?;
        }
        recoveries::overtaken(work, account.id)?;
        transfers::end_open(work, account.id, TransferEnd::Superseded)?;
        lost_phones::end_open(work, account.id)?;
        tell_holder(work, account, Notice::Activated)?;
        if account.address(self.channel) != Some(&self.address) {
            send(work, self.channel, self.address.as_str(), &Notice::Activated.body())?;
        }
        Ok(account.id)
    }

    /// An officer stood for it, in person.
    fn bind(&self, work: &Work, account: Id) -> Ruling<()> {
        let keys = ledger::keys_hash_of(work, self.phone)?;
        ledger::append(work, account, Kind::Office, Some(keys), sha256(&self.id.0)).map(drop)
    }
}
