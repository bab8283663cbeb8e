//! From afar: two methods of different kinds and a portrait, from the new phone.

use citizen_card::PersonalNumber;
use citizen_protocol::wire::{
    Code, CurrentDeviceRecoveryRequest, DeviceRecovery, DeviceRecoveryRequest, DeviceRecoveryStatusRequest, Id,
    OtpChannel, OtpPurpose, Reason, ReasonCode, RecoveryMethod, Remedy, WireField,
};
use rusqlite::params;

use super::binding::ensure_free;
use super::saved_code;
use super::store::{State, Stored};
use crate::rules::accounts::Account;
use crate::rules::policy::Policy;
use crate::rules::refusals::{fields, phone};
use crate::rules::{otp, portraits};
use crate::work::{Caller, Ruling, Work};

/// Asks for it. Codes and portrait are used up by it, all or none; only a wrong code on paper counts.
pub(crate) fn recover(work: &Work, caller: &Caller, request: &DeviceRecoveryRequest) -> Ruling<DeviceRecovery> {
    let phone = phone(caller)?;
    let number = PersonalNumber::parse(&request.id_number).ok_or_else(|| fields(&[WireField::IdNumber]))?.to_string();
    let account = proven(work, phone, &number, &request.methods)?;
    account.ensure_open()?;
    match Stored::open_for(work, account.id)? {
        Some(open) if open.phone == phone => return open.view(),
        Some(_) => return Err(Code::ApplicationOpen.into()),
        None => (),
    }
    ensure_free(work, phone)?;
    portraits::cite(work, phone, request.portrait)?;
    let wait = Policy::AutomaticReview.value(work)?;
    let mut stored = Stored {
        id: work.new_id()?,
        phone,
        account: account.id,
        state: State::Comparing,
        portrait: Some(request.portrait),
        reasons: Vec::new(),
        since: work.now,
        due: Some(work.now.plus(wait)),
        is_for_officer: false,
    };
    stored.insert(work)?;
    if account.recovery_vetoed_at.is_some() {
        // Who has the old phone has objected: from afar nobody can tell the two apart any more.
        stored.reasons = vec![Reason { code: ReasonCode::Other, field: None, remedy: Remedy::Office, note: None }];
        stored.enter(work, State::Refused, None)?;
    } else if wait == 0 {
        stored.automatic(work)?;
    }
    stored.view()
}

/// The account whose two methods these are. A code that reached an address comes first: who has none learns nothing about the account.
fn proven(work: &Work, phone: Id, number: &str, methods: &[RecoveryMethod]) -> Ruling<Account> {
    let [first, second] = methods else { return Err(Code::BadRequest.into()) };
    let (mut channels, mut on_paper): (Vec<OtpChannel>, _) = (Vec::new(), None);
    for method in [first, second] {
        match method {
            RecoveryMethod::SavedCode { code } => on_paper = Some(code),
            RecoveryMethod::OneTimeCode { otp_challenge } => {
                let proven = otp::proven(work, phone, *otp_challenge, OtpPurpose::RecoverDevice)?;
                if !proven.is_for(number) {
                    return Err(Code::OtpGone.into());
                }
                channels.push(proven.channel);
            }
        }
    }
    let differ = match (channels.as_slice(), on_paper) {
        ([_], Some(_)) => true,
        ([one, other], None) => one != other,
        _ => false,
    };
    if !differ {
        return Err(Code::BadRequest.into());
    }
    let account = Account::by_number(work, number)?.ok_or(Code::OtpGone)?;
    if let Some(code) = on_paper {
        saved_code::take(work, &account, code.reveal())?;
    }
    for method in methods {
        if let RecoveryMethod::OneTimeCode { otp_challenge } = method {
            otp::take(work, phone, *otp_challenge, OtpPurpose::RecoverDevice)?;
        }
    }
    Ok(account)
}

/// How far one is: for the phone that asked, and the account's.
pub(crate) fn status(work: &Work, caller: &Caller, request: DeviceRecoveryStatusRequest) -> Ruling<DeviceRecovery> {
    let phone = phone(caller)?;
    let mut stored = Stored::by_id(work, request.recovery)?.ok_or(Code::NotFound)?;
    stored.ensure_of(work, phone)?;
    stored.settle(work)?;
    stored.view()
}

/// The one that this phone asked for, or that is about its account: the open one, else the newest.
pub(crate) fn current(work: &Work, caller: &Caller, _request: CurrentDeviceRecoveryRequest) -> Ruling<DeviceRecovery> {
    let phone = phone(caller)?;
    let account = Account::of_phone(work, phone)?.map(|account| account.id.0);
    let found = work.row(
        "SELECT * FROM device_recoveries WHERE phone = ?1 OR account = ?2 \
         ORDER BY state IN ('comparing', 'held') DESC, since DESC LIMIT 1",
        params![phone.0, account],
        Stored::read,
    )?;
    let mut stored = found.ok_or(Code::NotFound)?;
    stored.settle(work)?;
    stored.view()
}

impl Stored {
    /// Nobody else is told anything.
    pub(super) fn ensure_of(&self, work: &Work, phone: Id) -> Ruling<()> {
        let is_its_accounts = || Ok::<_, crate::work::Refusal>(bound(work, self.account)? == Some(phone));
        if self.phone == phone || is_its_accounts()? { Ok(()) } else { Err(Code::NotFound.into()) }
    }
}

/// The account's phone.
pub(super) fn bound(work: &Work, account: Id) -> Ruling<Option<Id>> {
    Ok(Account::by_id(work, account)?.and_then(|account| account.phone))
}
