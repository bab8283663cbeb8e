//! A vault in a folder of its own, with a software key store beside it.
#![allow(dead_code, missing_docs, unreachable_pub)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use citizen_keystore::{DeviceKeystore, Fault, KeystoreError, ScriptedKeystore, SoftwareKeystore};
use citizen_vault::{Bytes, Changes, Config, Damage, OpenError, Opened, Schema, Store, Table, Tables, Vault};
use zeroize::Zeroizing;

pub const DRAFTS: Table<String> = Table::new("drafts");
pub const PORTRAITS: Table<Bytes> = Table::new("portraits");
pub const FIRST: Schema = Schema::new(&[]);

pub struct Phone {
    pub dir: tempfile::TempDir,
    pub keys: Arc<SoftwareKeystore>,
}

impl Phone {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let keys = Arc::new(SoftwareKeystore::open(dir.path().join("keys")).unwrap());
        Self { dir, keys }
    }

    pub fn folder(&self) -> PathBuf {
        self.dir.path().join("vault")
    }

    pub fn config(&self, schema: Schema) -> Config {
        Config { folder: self.folder(), schema }
    }

    pub fn try_open(&self) -> Result<Opened, OpenError> {
        Vault::open(&self.config(FIRST), Arc::clone(&self.keys) as _)
    }

    pub fn opened(&self) -> Opened {
        self.try_open().unwrap()
    }

    /// The vault, which is whole.
    pub fn open(&self) -> Vault {
        let opened = self.opened();
        assert_eq!(opened.losses, []);
        opened.vault
    }

    pub fn open_schema(&self, schema: Schema) -> Result<Opened, OpenError> {
        Vault::open(&self.config(schema), Arc::clone(&self.keys) as _)
    }

    /// With a key store whose next calls go as the script says.
    pub fn open_scripted(&self, script: impl IntoIterator<Item = Fault>) -> Result<Opened, OpenError> {
        let scripted = ScriptedKeystore::new(Arc::clone(&self.keys) as _, script);
        Vault::open(&self.config(FIRST), Arc::new(scripted))
    }

    /// What opening says of a store that was just damaged; afterwards the vault is empty and works.
    pub fn damage_found(&self) -> Damage {
        let Opened { vault, losses } = self.opened();
        assert_eq!(losses.len(), 1, "{losses:?}");
        assert_eq!(vault.all(&DRAFTS).unwrap().len(), 0);
        put(&vault, "after", "the loss");
        vault.told(&losses).unwrap();
        vault.close();
        assert_eq!(get(&self.open(), "after").as_deref(), Some("the loss"));
        losses[0].damage
    }

    /// How many keys its key store holds.
    pub fn keys_held(&self) -> usize {
        all_files(&self.dir.path().join("keys")).len()
    }

    pub fn store(&self) -> PathBuf {
        self.folder().join("store")
    }
}

/// A closed vault with ten rows.
pub fn filled() -> Phone {
    let phone = Phone::new();
    let vault = phone.open();
    for row in 0..10 {
        put(&vault, &row.to_string(), "text");
    }
    vault.close();
    phone
}

pub fn put(vault: &Vault, name: &str, text: &str) -> u64 {
    vault.commit(Changes::new().put(&DRAFTS, name, &text.to_owned()).unwrap()).unwrap()
}

pub fn get(vault: &Vault, name: &str) -> Option<String> {
    vault.get(&DRAFTS, name).unwrap()
}

pub fn bytes(length: usize, fill: u8) -> Bytes {
    Bytes(Zeroizing::new(vec![fill; length]))
}

pub fn put_bytes(vault: &Vault, name: &str, value: &Bytes) {
    vault.commit(Changes::new().put(&PORTRAITS, name, value).unwrap()).unwrap();
}

pub fn copy_dir(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_dir(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Puts a copy in the place of a folder.
pub fn restore(from: &Path, to: &Path) {
    fs::remove_dir_all(to).unwrap();
    copy_dir(from, to);
}

pub fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(all_files(&path)) } else { files.push(path) }
    }
    files
}

/// A key store that has lost all its keys.
pub fn no_keys() -> (tempfile::TempDir, Arc<dyn DeviceKeystore>) {
    let dir = tempfile::tempdir().unwrap();
    let keys = SoftwareKeystore::open(dir.path()).unwrap();
    (dir, Arc::new(keys))
}

pub fn fails(error: KeystoreError) -> [Fault; 1] {
    [Fault::Fails(error)]
}
