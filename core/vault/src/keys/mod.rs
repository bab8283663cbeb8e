//! The keys of a vault while it is open: a data key for each epoch, a subkey for each tree, one for names and one for the set hash.

pub(crate) mod aliases;
mod file;
pub(crate) mod wrap;

pub(crate) use file::{KeyFile, Wrapped};

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use ring::hmac;
use zeroize::Zeroizing;

use crate::seal::crypto::{Key, Refused, derive, mac, random};
use citizen_encoding::{Reader, length};

/// All keys of an open vault. The newest epoch seals; older ones open what is not yet re-sealed.
pub(crate) struct Keyring {
    epochs: BTreeMap<u32, DataKey>,
    secrets: Secrets,
    names: hmac::Key,
    set: hmac::Key,
}

/// The keys that outlive an epoch.
#[derive(Clone)]
struct Secrets {
    names: Key,
    set: Key,
}

struct DataKey {
    key: Key,
    /// Derived once for each tree.
    subkeys: RefCell<HashMap<String, Key>>,
}

impl Keyring {
    /// A keyring of fresh keys, in its first epoch.
    pub(crate) fn generate() -> Result<Self, Refused> {
        Ok(Self::of(Secrets { names: fresh()?, set: fresh()? }, 1, fresh()?))
    }

    /// What the key store gave back for `epoch`.
    pub(crate) fn unwrap(epoch: u32, bundle: &[u8]) -> Result<Self, Refused> {
        let (secrets, data) = unbundle(bundle).ok_or(Refused)?;
        Ok(Self::of(secrets, epoch, data))
    }

    fn of(secrets: Secrets, epoch: u32, data: Key) -> Self {
        let hmac = |key: &Key| hmac::Key::new(hmac::HMAC_SHA256, &**key);
        let (names, set) = (hmac(&secrets.names), hmac(&secrets.set));
        let epochs = BTreeMap::from([(epoch, DataKey { key: data, subkeys: RefCell::default() })]);
        Self { epochs, secrets, names, set }
    }

    /// Adds what the key store gave back for another epoch of the same vault.
    pub(crate) fn add(&mut self, epoch: u32, bundle: &[u8]) -> Result<(), Refused> {
        let (secrets, key) = unbundle(bundle).ok_or(Refused)?;
        let same = *secrets.names == *self.secrets.names && *secrets.set == *self.secrets.set;
        same.then_some(()).ok_or(Refused)?;
        self.epochs.insert(epoch, DataKey { key, subkeys: RefCell::default() });
        Ok(())
    }

    /// The epoch that seals.
    pub(crate) fn epoch(&self) -> u32 {
        self.epochs.keys().next_back().copied().unwrap_or_default()
    }

    /// Epochs whose keys are still needed to open something, the oldest first, without the one that seals.
    pub(crate) fn older_epochs(&self) -> Vec<u32> {
        let newest = self.epoch();
        self.epochs.keys().copied().filter(|epoch| *epoch != newest).collect()
    }

    pub(crate) fn forget_older(&mut self) {
        let newest = self.epoch();
        self.epochs.retain(|epoch, _| *epoch == newest);
    }

    /// What the key store is to wrap for the newest epoch: data key, name key, set key.
    pub(crate) fn bundle(&self) -> Result<Zeroizing<Vec<u8>>, Refused> {
        let newest = self.epochs.values().next_back().ok_or(Refused)?;
        Ok(self.bundle_with(&newest.key))
    }

    /// A bundle with a fresh data key, for the next epoch.
    pub(crate) fn next_bundle(&self) -> Result<Zeroizing<Vec<u8>>, Refused> {
        Ok(self.bundle_with(&fresh()?))
    }

    fn bundle_with(&self, data: &Key) -> Zeroizing<Vec<u8>> {
        let mut bundle = Zeroizing::new(Vec::with_capacity(BUNDLE));
        for key in [data, &self.secrets.names, &self.secrets.set] {
            bundle.extend_from_slice(&**key);
        }
        bundle
    }

    /// Where sled keeps the row `name` of `tree`: a keyed hash, so that no name is on disk.
    pub(crate) fn sled_key(&self, tree: &str, name: &str) -> [u8; 32] {
        let (tree, name) = (tree.as_bytes(), name.as_bytes());
        mac(&self.names, &[&length(tree), tree, &length(name), name])
    }

    pub(crate) fn set_key(&self) -> &hmac::Key {
        &self.set
    }

    /// HKDF(subkey of the tree, salt of the record, "EIDS/1 rec").
    pub(crate) fn record_key(&self, epoch: u32, tree: &str, salt: &[u8; 16]) -> Result<Key, Refused> {
        let data = self.epochs.get(&epoch).ok_or(Refused)?;
        let mut subkeys = data.subkeys.borrow_mut();
        if !subkeys.contains_key(tree) {
            let mut subkey = Key::default();
            derive(&*data.key, &[], &[b"EIDS/1 tree", &length(tree.as_bytes()), tree.as_bytes()], &mut *subkey)?;
            subkeys.insert(tree.to_owned(), subkey);
        }
        let subkey = subkeys.get(tree).ok_or(Refused)?;
        let mut key = Key::default();
        derive(&**subkey, salt, &[b"EIDS/1 rec"], &mut *key)?;
        Ok(key)
    }

    #[cfg(test)]
    pub(crate) fn for_tests() -> Self {
        Self::generate().unwrap()
    }
}

const BUNDLE: usize = 96;

fn unbundle(bundle: &[u8]) -> Option<(Secrets, Key)> {
    let mut reader = Reader::new(bundle);
    let data = Zeroizing::new(reader.array()?);
    let secrets = Secrets { names: Zeroizing::new(reader.array()?), set: Zeroizing::new(reader.array()?) };
    reader.end()?;
    Some((secrets, data))
}

fn fresh() -> Result<Key, Refused> {
    random().map(Zeroizing::new)
}
