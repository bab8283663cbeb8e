//! The officer's desk: what the app's user never sees. Whether the caller is an officer was checked before.

mod accounts;
pub(crate) mod any;
pub(super) mod cases;
mod citizens;
mod identified;
mod messages;

pub(crate) use accounts::{
    EnrolInPerson, LockAccount, OfAccount, UnlockAccount, enrol_in_person, lock, phone_code, reset_device, unlock,
};
pub(crate) use cases::{
    Decide, Reject, RejectActivation, approve_activation, approve_application, approve_device_recovery,
    approve_recovery, portrait, queue, reject_activation, reject_application, reject_device_recovery, reject_recovery,
};
pub(crate) use citizens::{CitizenSearch, UpdateRecord, search, update_record};
pub(crate) use identified::{IdentifiedInPerson, identified};
pub(crate) use messages::{Message, MessagesRequest, messages};
