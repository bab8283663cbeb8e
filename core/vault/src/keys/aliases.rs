//! Which keys the key store holds for vaults of this folder: noted before each is made, struck off once it is deleted.
//!
//! So a kill, a damaged key file or a key store that does not play along leaves no key behind for good. One name a line.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::sync::{Mutex, PoisonError};

use citizen_keystore::{DeviceKeystore, KeystoreError};

use crate::OpenError;
use crate::folder::{Folder, exists, read_own, write_atomic};
use crate::seal::crypto::{Refused, random};

/// Reading and writing the list is one step, whoever does it.
static LIST: Mutex<()> = Mutex::new(());

/// A name that was never used and never will be: a call to the key store that comes late can't touch a key that is in use. It carries the
/// epoch.
pub(crate) fn fresh_alias(epoch: u32) -> Result<String, Refused> {
    let mut alias = format!("vault.{epoch}.");
    for byte in random::<16>()? {
        let _ = write!(alias, "{byte:02x}");
    }
    Ok(alias)
}

/// Notes a key that is about to be made.
pub(crate) fn note(folder: &Folder, alias: &str) -> io::Result<()> {
    change(folder, |aliases| {
        aliases.insert(alias.to_owned());
    })
}

/// Those noted and not in `used`.
pub(crate) fn unused(folder: &Folder, used: &BTreeSet<String>) -> io::Result<Vec<String>> {
    let _list = LIST.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(read(folder)?.difference(used).cloned().collect())
}

/// Deletes keys and strikes them off. One that can't be deleted now stays on the list; the others go.
pub(crate) fn delete(folder: &Folder, keystore: &dyn DeviceKeystore, unused: Vec<String>) -> Result<(), OpenError> {
    let mut outcome = Ok(());
    for alias in unused {
        match keystore.delete(alias.clone()) {
            Ok(_) | Err(KeystoreError::KeyMissing | KeystoreError::Invalidated | KeystoreError::Refused) => {
                strike_off(folder, &alias)?;
            }
            Err(error) => outcome = Err(OpenError::Keystore(error)),
        }
    }
    outcome
}

/// A list that is gone has nothing to strike off: everything was destroyed meanwhile.
fn strike_off(folder: &Folder, alias: &str) -> io::Result<()> {
    if !exists(&folder.aliases()) {
        return Ok(());
    }
    change(folder, |aliases| {
        aliases.remove(alias);
    })
}

fn change(folder: &Folder, change: impl FnOnce(&mut BTreeSet<String>)) -> io::Result<()> {
    let _list = LIST.lock().unwrap_or_else(PoisonError::into_inner);
    let mut aliases = read(folder)?;
    change(&mut aliases);
    let lines: String = aliases.into_iter().flat_map(|alias| [alias, "\n".to_owned()]).collect();
    write_atomic(&folder.aliases(), lines.as_bytes())
}

/// Only names as the vault gives them: a line that was slipped in must not delete another key.
fn read(folder: &Folder) -> io::Result<BTreeSet<String>> {
    let text = read_own(&folder.aliases())?.unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    Ok(text.lines().filter(|line| is_ours(line)).map(str::to_owned).collect())
}

fn is_ours(alias: &str) -> bool {
    let parts = alias.strip_prefix("vault.").and_then(|rest| rest.split_once('.'));
    parts.is_some_and(|(epoch, random)| {
        epoch.parse::<u32>().is_ok() && random.len() == 32 && random.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use citizen_keystore::{Fault, KeyPolicy, ScriptedKeystore, SoftwareKeystore};

    use super::*;

    #[test]
    fn a_key_that_can_not_be_deleted_now_keeps_no_other_from_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::create(&dir.path().join("vault")).unwrap();
        let software = Arc::new(SoftwareKeystore::open(dir.path().join("keys")).unwrap());
        let aliases: Vec<_> = (1..=3).map(|epoch| fresh_alias(epoch).unwrap()).collect();
        for alias in &aliases {
            note(&folder, alias).unwrap();
            software.create(alias.clone(), KeyPolicy::Wrapping, vec![]).unwrap();
        }
        std::fs::write(folder.aliases(), format!("{}\n../dev\nvault.ABC\n", aliases.join("\n"))).unwrap();
        let fails = Fault::Fails(KeystoreError::HardwareUnavailable);
        let keys = ScriptedKeystore::new(software, [fails]);
        let all = unused(&folder, &BTreeSet::new()).unwrap();
        assert_eq!(all.len(), 3);
        let outcome = delete(&folder, &keys, all);
        assert_eq!(outcome, Err(OpenError::Keystore(KeystoreError::HardwareUnavailable)));
        let left = unused(&folder, &BTreeSet::new()).unwrap();
        assert_eq!(left.len(), 1);
        delete(&folder, &keys, left).unwrap();
        assert_eq!(unused(&folder, &BTreeSet::new()).unwrap(), Vec::<String>::new());
        assert_eq!(std::fs::read_dir(dir.path().join("keys")).unwrap().count(), 0);
    }
}
