//! Machines that several journeys share.

pub(crate) mod account_lock;
pub(crate) mod card;
pub(crate) mod case;
pub(crate) mod contact;
pub(crate) mod gather;
pub(crate) mod locking;
pub(crate) mod otp;
pub(crate) mod password;
pub(crate) mod selfie;
pub(crate) mod sending;
pub(crate) mod waiting;
pub(crate) mod work;
