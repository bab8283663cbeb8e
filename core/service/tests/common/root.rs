//! An offline root for tests: signs pin sets.

use citizen_keystore::{DeviceKeystore, KeyPolicy, SoftwareKeystore};
use citizen_protocol::key::PublicKey;
use citizen_protocol::signature::fixed_from_der;
use citizen_protocol::trust::{Env, Period, Pin, PinRole, Set};
use citizen_protocol::wire::{SignedBytes, UnixTime};

/// The root's key.
pub(crate) struct Root {
    pub(crate) key: PublicKey,
    keystore: SoftwareKeystore,
    _folder: tempfile::TempDir,
}

impl Root {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keystore = SoftwareKeystore::open(folder.path()).unwrap();
        let created = keystore.create("root".into(), KeyPolicy::Device, Vec::new()).unwrap();
        Self { key: PublicKey::from_spki(&created.spki).unwrap(), keystore, _folder: folder }
    }

    /// A set of these pins, of all times: the first is the current one, the last of three the backup.
    pub(crate) fn pin_set(&self, version: u64, pins: &[[u8; 32]]) -> SignedBytes {
        let roles = [PinRole::Current, PinRole::Next, PinRole::Backup];
        let period = Period { from: UnixTime(0), to: UnixTime(u64::MAX) };
        let rows = pins.iter().zip(roles).map(|(pin, role)| Pin { spki_sha256: *pin, role, period }).collect();
        let sign =
            |bytes: &[u8]| fixed_from_der(&self.keystore.sign("root".into(), bytes.to_vec(), None).unwrap()).unwrap();
        Set { env: Env::Test, version, rows }.sign(sign).unwrap()
    }
}
