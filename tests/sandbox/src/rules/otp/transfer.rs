//! A transfer's code: asked for by the phone that was endorsed, and tried in the same transaction that it approves.

use citizen_protocol::ledger::Hash;
use citizen_protocol::wire::{Code, Id, OtpChallenge, OtpContext, OtpPurpose, TransferOtpRequest};

use super::mask::masked;
use super::{Challenge, ensure_readable, send, verify};
use crate::rules::accounts::Account;
use crate::rules::tries::of_account;
use crate::work::{Ruling, Work};

/// Sends one to the account's own address. The old phone stands for the one that asks: it counts as the account's own, and strangers
/// who only know the number use up nothing of it.
pub(in crate::rules) fn for_transfer(
    work: &Work,
    phone: Id,
    account: &Account,
    request: TransferOtpRequest,
) -> Ruling<OtpChallenge> {
    let TransferOtpRequest { transfer: _, endorsement, channel, platform, model } = request;
    let context = OtpContext { device: model, place: None };
    ensure_readable(&context, &platform)?;
    let address = account.address(channel).ok_or(Code::ChannelUnavailable)?.to_owned();
    let fresh = Challenge {
        id: work.new_id()?,
        phone,
        purpose: OtpPurpose::Transfer,
        channel,
        subject: of_account(&account.number, true),
        masked: masked(channel, &address),
        address: Some(address),
        platform,
        context,
        bound_to: Some(endorsement.0),
    };
    send::first(work, &fresh)
}

/// Tries one, and uses it up if it is right.
pub(in crate::rules) fn take_for_transfer(
    work: &Work,
    phone: Id,
    challenge: Id,
    endorsement: &Hash,
    code: &str,
) -> Ruling<()> {
    verify::at_once(work, phone, challenge, OtpPurpose::Transfer, endorsement, code)
}
