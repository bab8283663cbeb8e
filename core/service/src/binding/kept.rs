//! What the vault keeps of the phone's keys: names and public parts.

use std::sync::Arc;

use citizen_keystore::{DeviceKeystore, KeyPolicy};
use citizen_protocol::enrol;
use citizen_protocol::key::PublicKey;
use citizen_protocol::ledger::Hash;
use citizen_vault::{Changes, StoreError, Table, Tables, Vault};
use serde::{Deserialize, Serialize};

use super::{Binding, Bound};
use crate::error::ServiceError;
use crate::link::Link;
use crate::signer::Signer;

static BINDING: Table<Kept> = Table::new("binding");
const PHONE: &str = "phone";

/// How far the phone's binding is.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kept {
    /// Keys of these names are being made: after a kill they are deleted.
    Making { dev: String, auth: String },
    /// Made; the registration is in the outbox.
    Registering { keys: Keys },
    /// Registered.
    Bound { keys: Keys },
    /// Others are being made.
    MakingOthers { keys: Keys, dev: Option<String>, auth: String },
    /// Others are made; their request is in the outbox. `keys` are in force until it is answered.
    Rekeying { keys: Keys, others: Keys },
}

/// Both keys.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Keys {
    pub(super) dev: Key,
    pub(super) auth: Option<Key>,
}

/// A key by its name.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Key {
    pub(super) alias: String,
    #[serde(with = "spki")]
    pub(super) public: PublicKey,
    pub(super) policy: KeyPolicy,
}

impl Kept {
    /// The keys in force, or on their way to it.
    pub(super) fn keys(self) -> Option<Keys> {
        match self {
            Self::Making { .. } => None,
            Self::Registering { keys }
            | Self::Bound { keys }
            | Self::MakingOthers { keys, .. }
            | Self::Rekeying { keys, .. } => Some(keys),
        }
    }
}

impl Keys {
    pub(super) fn bound(&self) -> Bound {
        Bound { device: enrol::device_id(self.dev.public.spki()), approval: self.auth.as_ref().map(|auth| auth.policy) }
    }

    /// What the account's ledger names the phone by.
    pub(super) fn hash(&self) -> Hash {
        enrol::keys_hash(self.dev.public.spki(), self.auth.as_ref().map(|auth| &auth.public.spki()[..]))
    }

    pub(super) fn aliases(&self) -> impl Iterator<Item = String> {
        [Some(&self.dev), self.auth.as_ref()].into_iter().flatten().map(|key| key.alias.clone())
    }
}

impl Key {
    /// As the one that signs requests.
    pub(super) fn signer(&self, keystore: &Arc<dyn DeviceKeystore>) -> Signer {
        Signer { keystore: Arc::clone(keystore), alias: self.alias.clone(), keyid: self.public.thumbprint() }
    }
}

/// A public key as its DER.
mod spki {
    use citizen_protocol::key::PublicKey;
    use citizen_protocol::wire::Blob;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(key: &PublicKey, to: S) -> Result<S::Ok, S::Error> {
        Blob(key.spki().to_vec()).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PublicKey, D::Error> {
        PublicKey::from_spki(&Blob::deserialize(from)?.0).ok_or_else(|| D::Error::custom("no P-256 key"))
    }
}

/// The key that signs requests since before this start.
pub(crate) fn kept_signer(vault: &Vault, keystore: &Arc<dyn DeviceKeystore>) -> Result<Option<Signer>, StoreError> {
    let keys = vault.get(&BINDING, PHONE)?.and_then(Kept::keys);
    Ok(keys.map(|keys| keys.dev.signer(keystore)))
}

impl Link {
    /// Whether the ledger's holder is this phone: by its keys in force, or by those that are replacing them.
    pub(crate) async fn is_own(&self, keys: Option<Hash>) -> Result<bool, ServiceError> {
        let own = match self.storage.get(&BINDING, PHONE).await? {
            Some(Kept::Rekeying { keys, others }) => vec![keys.hash(), others.hash()],
            Some(kept) => kept.keys().map(|keys| keys.hash()).into_iter().collect(),
            None => Vec::new(),
        };
        Ok(keys.is_some_and(|keys| own.contains(&keys)))
    }
}

impl Binding {
    pub(super) async fn kept(&self) -> Result<Option<Kept>, ServiceError> {
        Ok(self.link.storage.get(&BINDING, PHONE).await?)
    }

    pub(super) fn keep(kept: &Kept, changes: Changes) -> Result<Changes, ServiceError> {
        Ok(changes.put(&BINDING, PHONE, kept)?)
    }

    pub(super) fn drop_kept(changes: Changes) -> Changes {
        changes.delete(&BINDING, PHONE)
    }

    pub(super) async fn commit(&self, changes: Changes) -> Result<(), ServiceError> {
        Ok(self.link.storage.commit(changes).await?)
    }
}
