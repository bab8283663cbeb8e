//! What must never be written down: passwords, codes, PINs; and the portrait until the service has it.

use std::collections::BTreeMap;
use std::sync::Arc;

use citizen_protocol::wire::Secret;
use zeroize::Zeroizing;

/// Where a secret is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// A one-time code.
    Code,
    /// A password.
    Password,
    /// The same again.
    PasswordAgain,
    /// The app's PIN.
    Pin,
    /// The same again.
    PinAgain,
}

/// Secrets by their slot: in memory only, erased when they go. After a kill the slots are empty, and pages say so.
///
/// The portrait is here too, because it is large and must not be in the model; the runtime keeps it sealed until the service has it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Held {
    secrets: BTreeMap<Slot, Secret>,
    portrait: Option<Arc<Zeroizing<Vec<u8>>>>,
}

impl Held {
    /// What is held there.
    #[must_use]
    pub fn get(&self, slot: Slot) -> Option<&Secret> {
        self.secrets.get(&slot)
    }

    /// Whether nothing is held there.
    #[must_use]
    pub fn is_empty(&self, slot: Slot) -> bool {
        self.get(slot).is_none_or(|secret| secret.reveal().is_empty())
    }

    /// The portrait.
    #[must_use]
    pub fn portrait(&self) -> Option<&Arc<Zeroizing<Vec<u8>>>> {
        self.portrait.as_ref()
    }

    /// Puts a portrait in: the runtime, after a start.
    pub fn put_portrait(&mut self, jpeg: Vec<u8>) {
        self.portrait = Some(Arc::new(Zeroizing::new(jpeg)));
    }

    pub(crate) fn drop_portrait(&mut self) {
        self.portrait = None;
    }

    pub(crate) fn put(&mut self, slot: Slot, secret: Secret) {
        self.secrets.insert(slot, secret);
    }

    pub(crate) fn drop(&mut self, slots: &[Slot]) {
        for slot in slots {
            self.secrets.remove(slot);
        }
    }

    pub(crate) fn drop_secrets(&mut self) {
        self.secrets.clear();
    }
}

impl std::fmt::Debug for Held {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_list().entries(self.secrets.keys()).finish()
    }
}
