//! What speaks against an activation, but for the portrait.
//!
//! Whatever goes beyond the office's own note is said only to who has proven the address that was given there, or the account's own.

use citizen_protocol::wire::{AccountLevel, ActivationReason, ActivationReasonCode, Remedy};

use super::store::Stored;
use crate::rules::accounts::Account;
use crate::rules::identifications::Identification;
use crate::work::{Ruling, Work};

impl Stored {
    /// The first thing; none: it can go on.
    pub(super) fn against(&self, work: &Work) -> Ruling<Option<ActivationReason>> {
        use ActivationReasonCode::{AddressDiffers, AlreadyActive, NotIdentified, OnAnotherPhone, RequestExpired};
        let account = Account::by_number(work, &self.number)?;
        let identified = Identification::of(work, &self.number)?;
        let active = account.as_ref().filter(|account| account.level == AccountLevel::Level2);
        let is_own = active.is_some_and(|account| account.address(self.channel) == Some(&self.address));
        let other_phone = account.as_ref().and_then(|account| account.phone).filter(|bound| *bound != self.phone);
        let found = match identified {
            _ if is_own => Some((AlreadyActive, Remedy::SignIn)),
            None => Some((NotIdentified, Remedy::Office)),
            Some(office) if office.address(self.channel) != Some(&self.address) => {
                Some((AddressDiffers, Remedy::CorrectEntry))
            }
            Some(office) if office.expires_at <= work.now => Some((RequestExpired, Remedy::Office)),
            Some(_) if active.is_some() => Some((AlreadyActive, Remedy::SignIn)),
            Some(_) if other_phone.is_some() => Some((OnAnotherPhone, Remedy::Office)),
            Some(_) => None,
        };
        Ok(found.map(|(code, remedy)| ActivationReason { code, remedy }))
    }
}
