//! What a test does that stands beside the network: the officer's part, and counting.

use citizen_protocol::wire::{Code, Id, Reason, Secret};

use crate::embedded::Sandbox;
use crate::rules::desk::{self, IdentifiedInPerson, OfAccount, any};
use crate::work::{Ruling, Work};

/// The desk did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the desk refuses: {0:?}")]
pub struct DeskError(pub Code);

impl Sandbox {
    /// Cases that wait for an officer: applications, recoveries, activations; the oldest first.
    #[must_use]
    pub fn waiting(&self) -> Vec<Id> {
        self.service.read(any::waiting).unwrap_or_default()
    }

    /// Approves a case that waits.
    ///
    /// # Errors
    /// It does not wait, or can't be approved.
    pub fn approve(&self, case: Id) -> Result<(), DeskError> {
        self.at_desk(move |work| any::approve(work, case))
    }

    /// Refuses a case that waits; an activation only for its portrait.
    ///
    /// # Errors
    /// It does not wait, or the reasons lead nowhere.
    pub fn reject(&self, case: Id, reasons: Vec<Reason>) -> Result<(), DeskError> {
        self.at_desk(move |work| any::reject(work, case, reasons))
    }

    /// An officer identifies a citizen who gives this phone number or email address: the request to activate goes there.
    ///
    /// # Errors
    /// No such citizen, or no such address.
    pub fn identify_in_person(&self, number: &str, address: &str) -> Result<(), DeskError> {
        let (id_number, address) = (number.to_owned(), address.to_owned());
        let (phone, email) = if address.contains('@') { (None, Some(address)) } else { (Some(address), None) };
        self.at_desk(move |work| desk::identified(work, IdentifiedInPerson { id_number, phone, email }).map(drop))
    }

    /// A code that binds the holder's new phone, as an officer shows it in person.
    ///
    /// # Errors
    /// No such account.
    pub fn phone_code(&self, number: &str) -> Result<Secret, DeskError> {
        let request = OfAccount { id_number: number.to_owned() };
        let made = self.service.write_blocking(move |work| desk::phone_code(work, request)).map_err(DeskError)?;
        Ok(made.code)
    }

    /// Sets an account free from its phone, in person; a freeze ends with it.
    ///
    /// # Errors
    /// No such account, or it has no phone and is not frozen.
    pub fn reset_device(&self, number: &str) -> Result<(), DeskError> {
        let request = OfAccount { id_number: number.to_owned() };
        self.at_desk(move |work| desk::reset_device(work, request).map(drop))
    }

    /// The one phone that a number's account is served on; none: it has none, or is frozen.
    #[must_use]
    pub fn served_device(&self, number: &str) -> Option<Id> {
        self.service.read(|work| any::served(work, number)).ok().flatten()
    }

    /// Applications for a number; one that gave way to another is none.
    #[must_use]
    pub fn applications_of(&self, number: &str) -> usize {
        self.service.read(|work| any::applications_of(work, number)).unwrap_or_default()
    }

    /// Phones that applied or activated for a number, or were ever bound to its account.
    #[must_use]
    pub fn devices_of(&self, number: &str) -> usize {
        self.service.read(|work| any::phones_of(work, number)).unwrap_or_default()
    }

    /// All registered phones, also those that never applied for anything.
    #[must_use]
    pub fn devices(&self) -> usize {
        self.service.read(any::phones).unwrap_or_default()
    }

    fn at_desk(&self, rule: impl FnOnce(&Work<'_>) -> Ruling<()> + Send + 'static) -> Result<(), DeskError> {
        self.service.write_blocking(rule).map_err(DeskError)
    }
}
