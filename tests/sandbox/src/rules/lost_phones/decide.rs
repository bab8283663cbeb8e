//! How a recovery goes on: the portrait is compared, the holder has time to object, the phone is bound.

use citizen_protocol::ledger::Kind;
use citizen_protocol::wire::{Code, Reason, ReasonCode, Remedy, WireField};
use rusqlite::params;

use super::store::{State, Stored};
use super::{HOLD_S, binding};
use crate::rules::accounts::Account;
use crate::rules::crypto::sha256;
use crate::rules::links;
use crate::rules::outbox::Notice;
use crate::rules::policy::Policy;
use crate::rules::records::{Comparison, compare_portrait};
use crate::rules::sql::at;
use crate::rules::transfers::retire;
use crate::work::{Ruling, Work};

/// Goes on with those whose time has come; `most` at a time.
pub(in crate::rules) fn decide_due(work: &Work, most: u32) -> Ruling<()> {
    let due = work.rows(
        "SELECT * FROM device_recoveries WHERE due <= ?1 AND is_for_officer = 0 LIMIT ?2",
        params![at(work.now), most],
        Stored::read,
    )?;
    due.into_iter().try_for_each(|mut stored| stored.settle(work))
}

impl Stored {
    /// Brings it up to now.
    pub(super) fn settle(&mut self, work: &Work) -> Ruling<()> {
        let is_due = self.due.is_some_and(|due| due <= work.now) && !self.is_for_officer;
        match self.state {
            State::Comparing if is_due => self.automatic(work),
            State::Held if is_due => self.carry_out(work),
            _ => Ok(()),
        }
    }

    /// By the comparison of portraits, or into an officer's queue.
    pub(super) fn automatic(&mut self, work: &Work) -> Ruling<()> {
        let account = Account::by_id(work, self.account)?.ok_or(Code::Internal)?;
        let reason = |code, remedy| vec![Reason { code, field: Some(WireField::Portrait), remedy, note: None }];
        match compare_portrait(work, &account.number)? {
            Comparison::Same => self.approve(work),
            Comparison::Differs => self.refuse(work, reason(ReasonCode::PortraitDiffers, Remedy::Office)),
            Comparison::Unusable => self.refuse(work, reason(ReasonCode::PortraitUnusable, Remedy::NewPortrait)),
            Comparison::Officer => {
                let expected_by = work.now.plus(Policy::OfficerReview.value(work)?);
                (self.is_for_officer, self.due) = (true, Some(expected_by));
                let given = params![self.id.0, at(expected_by)];
                work.change("UPDATE device_recoveries SET is_for_officer = 1, due = ?2 WHERE id = ?1", given).map(drop)
            }
        }
    }

    /// The portrait is the holder's. Every address hears of it, and there is time to object.
    pub(in crate::rules) fn approve(&mut self, work: &Work) -> Ruling<()> {
        let account = Account::by_id(work, self.account)?.ok_or(Code::Internal)?;
        account.ensure_open()?;
        self.enter(work, State::Held, Some(work.now.plus(HOLD_S)))?;
        links::warn(work, &account, Notice::RecoveryHeld, None)
    }

    /// Nothing changes.
    pub(in crate::rules) fn refuse(&mut self, work: &Work, reasons: Vec<Reason>) -> Ruling<()> {
        let account = Account::by_id(work, self.account)?.ok_or(Code::Internal)?;
        self.reasons = reasons;
        self.enter(work, State::Refused, None)?;
        links::warn(work, &account, Notice::PhoneRecoveryRefused, None)
    }

    /// Nobody objected: the phone that asked is the account's, and the old one may freeze for a while.
    fn carry_out(&mut self, work: &Work) -> Ruling<()> {
        let account = Account::by_id(work, self.account)?.ok_or(Code::Internal)?;
        // A card that expired meanwhile closed nothing; a phone that waited may be another account's by now.
        if account.ensure_open().is_err() || Account::of_phone(work, self.phone)?.is_some() {
            return self.enter(work, State::Superseded, None);
        }
        self.enter(work, State::Done, None)?;
        if let Some(old) = account.phone {
            retire(work, account.id, old)?;
        }
        let change = (Kind::Recovery, sha256(&self.id.0));
        binding::bind(work, &account, self.phone, change, HOLD_S)?;
        links::warn(work, &account, Notice::PhoneBound, None)
    }
}
