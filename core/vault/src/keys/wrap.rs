//! A new key of the key store, made and tried before anything depends on it.

use citizen_keystore::{DeviceKeystore, KeyPolicy, KeystoreError};
use zeroize::Zeroizing;

use super::aliases::{fresh_alias, note};
use super::file::Wrapped;
use crate::OpenError;
use crate::folder::Folder;

/// Makes a key for `epoch` and wraps `bundle` under it. What comes back was unwrapped once and is the bundle: a key store that can't do that
/// must not be trusted with the only copy.
pub(crate) fn wrap(
    folder: &Folder,
    keystore: &dyn DeviceKeystore,
    epoch: u32,
    bundle: &[u8],
) -> Result<Wrapped, OpenError> {
    let alias = fresh_alias(epoch)?;
    note(folder, &alias)?;
    keystore.create(alias.clone(), KeyPolicy::Wrapping, Vec::new())?;
    let wrapped = keystore.wrap(alias.clone(), bundle.to_vec())?;
    let unwrapped = Zeroizing::new(keystore.unwrap(alias.clone(), wrapped.clone())?);
    if unwrapped.as_slice() != bundle {
        return Err(KeystoreError::Unexpected.into());
    }
    Ok(Wrapped { epoch, alias, bundle: wrapped })
}
