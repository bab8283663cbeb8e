//! A locked account (row R16): who locked it, since when, and where it is unlocked: where it was locked, and in person.

use citizen_protocol::wire::{AccountLock, LockedBy};
use citizen_text::Value;

use crate::ids::Act;
use crate::page::Page;
use crate::see::{Draft, See};
use crate::shared::otp::Titles;
use crate::support::Stop;

/// `lock` is missing where the service did not say whose it is.
pub(crate) fn page(see: See, titles: Titles, lock: Option<AccountLock>) -> Page {
    let draft = see.page(titles.page, titles.title).primary(Act::InPerson);
    facts(draft, see, lock).cancel(Act::Home).done()
}

/// What it is, and what to do.
pub(crate) fn facts<'a>(draft: Draft<'a>, see: See<'a>, lock: Option<AccountLock>) -> Draft<'a> {
    let draft = draft.stop(Stop::AccountLocked);
    match lock {
        Some(AccountLock { by, since }) => {
            let since = [("since-time", Value::Time(since.0))];
            let (who, whence) = match by {
                LockedBy::Holder => (see.say_with("account-lock-holder-text", &since), "account-lock-in-person-text"),
                LockedBy::Office => (see.say_with("account-lock-office-text", &since), "account-lock-same-office-text"),
                LockedBy::Hotline => (see.say_with("account-lock-hotline-text", &since), "account-lock-in-person-text"),
                LockedBy::Authority => (see.say_with("account-lock-authority-text", &since), "account-lock-write-text"),
                LockedBy::Expiry => (see.say_with("account-lock-expiry-text", &since), "account-lock-card-text"),
            };
            draft.said(who).text(whence)
        }
        None => draft.text("account-lock-in-person-text"),
    }
}
