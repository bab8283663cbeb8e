//! What a test does that stands beside the network: the officer's part, and counting.

use citizen_protocol::wire::{Code, Id, Reason};

use crate::embedded::Sandbox;
use crate::rules::desk::{self, IdentifiedInPerson, any};
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
