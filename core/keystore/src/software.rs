//! A key store in files, for desktops: owner-only, but whoever reads the folder has the keys.

use std::collections::HashMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use zeroize::Zeroizing;

use crate::{AttestationFormat, CreatedKey, Deletion, DeviceKeystore, KeyLevel, KeyPolicy, KeystoreError, Prompt};

/// SPKI of an uncompressed P-256 point, up to the point (RFC 5480).
const SPKI_P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// Keys as files in a folder that only its owner may read. Every key says [`KeyLevel::Software`] and carries no attestation.
///
/// It never prompts: on a desktop there is nobody but the tester to ask.
pub struct SoftwareKeystore {
    folder: PathBuf,
    /// Held while files change: a call that was given up may still run beside the next one.
    changing: Mutex<()>,
    /// Keys that were read, with what told their files apart.
    read: Mutex<HashMap<PathBuf, (Stamp, Arc<EcdsaKeyPair>)>>,
}

/// Inode and time of change: another file of the same name is another key.
type Stamp = (u64, i64, i64);

impl SoftwareKeystore {
    /// The keys in `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// The folder can't be made or given to its owner only.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let folder = folder.into();
        DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
        Ok(Self { folder, changing: Mutex::default(), read: Mutex::default() })
    }

    /// Aliases come from the core, and still never lead out of the folder.
    fn path(&self, alias: &str, kind: &str) -> Result<PathBuf, KeystoreError> {
        let fits = (1..=64).contains(&alias.len())
            && alias.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'));
        if fits { Ok(self.folder.join(format!("{alias}.{kind}"))) } else { Err(KeystoreError::KeyMissing) }
    }

    /// A key that signs; parsing one takes longer than signing with it.
    fn signing_key(&self, alias: &str) -> Result<Arc<EcdsaKeyPair>, KeystoreError> {
        let path = self.path(alias, SIGNING)?;
        let file = fs::metadata(&path).map_err(|error| missing_or_unavailable(&error))?;
        let stamp = (file.ino(), file.mtime(), file.mtime_nsec());
        let mut known = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pair)) = known.get(&path).filter(|(known, _)| *known == stamp) {
            return Ok(Arc::clone(pair));
        }
        let pkcs8 = read(&path)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &pkcs8, &SystemRandom::new());
        let pair = Arc::new(pair.map_err(|_| KeystoreError::KeyMissing)?);
        known.insert(path, (stamp, Arc::clone(&pair)));
        Ok(pair)
    }

    fn wrapping_key(&self, alias: &str) -> Result<LessSafeKey, KeystoreError> {
        let key = read(&self.path(alias, WRAPPING)?)?;
        let key = UnboundKey::new(&AES_256_GCM, &key).map_err(|_| KeystoreError::KeyMissing)?;
        Ok(LessSafeKey::new(key))
    }
}

const SIGNING: &str = "pkcs8";
const WRAPPING: &str = "aes256";
/// A key that was being written when the process was killed.
const UNFINISHED: &str = "new";

impl DeviceKeystore for SoftwareKeystore {
    fn create(&self, alias: String, policy: KeyPolicy, _challenge: Vec<u8>) -> Result<CreatedKey, KeystoreError> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        self.remove(&alias)?;
        let random = SystemRandom::new();
        let spki = if policy == KeyPolicy::Wrapping {
            let mut key = Zeroizing::new([0; 32]);
            random.fill(&mut *key).map_err(|_| KeystoreError::HardwareUnavailable)?;
            write(&self.path(&alias, WRAPPING)?, &*key)?;
            Vec::new()
        } else {
            let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
            let pkcs8 =
                EcdsaKeyPair::generate_pkcs8(algorithm, &random).map_err(|_| KeystoreError::HardwareUnavailable)?;
            let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random)
                .map_err(|_| KeystoreError::HardwareUnavailable)?;
            write(&self.path(&alias, SIGNING)?, pkcs8.as_ref())?;
            [&SPKI_P256, pair.public_key().as_ref()].concat()
        };
        Ok(CreatedKey {
            spki,
            level: KeyLevel::Software,
            attestation: Vec::new(),
            format: AttestationFormat::Unattested,
        })
    }

    fn sign(&self, alias: String, message: Vec<u8>, _prompt: Option<Prompt>) -> Result<Vec<u8>, KeystoreError> {
        let signature = self
            .signing_key(&alias)?
            .sign(&SystemRandom::new(), &message)
            .map_err(|_| KeystoreError::HardwareUnavailable)?;
        Ok(signature.as_ref().to_vec())
    }

    /// Random nonce (12 bytes), ciphertext, tag.
    fn wrap(&self, alias: String, secret: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        let key = self.wrapping_key(&alias)?;
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| KeystoreError::HardwareUnavailable)?;
        let mut sealed = secret;
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(alias.as_bytes()), &mut sealed)
            .map_err(|_| KeystoreError::HardwareUnavailable)?;
        Ok([&nonce[..], &sealed].concat())
    }

    fn unwrap(&self, alias: String, wrapped: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        let key = self.wrapping_key(&alias)?;
        let (nonce, sealed) = wrapped.split_first_chunk::<NONCE_LEN>().ok_or(KeystoreError::Refused)?;
        let mut sealed = Zeroizing::new(sealed.to_vec());
        let secret = key
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(alias.as_bytes()), &mut sealed)
            .map_err(|_| KeystoreError::Refused)?;
        Ok(secret.to_vec())
    }

    fn delete(&self, alias: String) -> Result<Deletion, KeystoreError> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        self.remove(&alias)
    }
}

impl SoftwareKeystore {
    fn remove(&self, alias: &str) -> Result<Deletion, KeystoreError> {
        let mut deletion = Deletion::WasNotThere;
        self.read.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.path(alias, SIGNING)?);
        for kind in [SIGNING, WRAPPING, UNFINISHED] {
            match fs::remove_file(self.path(alias, kind)?) {
                Ok(()) => deletion = Deletion::Deleted,
                Err(error) if error.kind() == io::ErrorKind::NotFound => (),
                Err(_) => return Err(KeystoreError::HardwareUnavailable),
            }
        }
        sync_folder(&self.folder)?;
        Ok(deletion)
    }
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Zeroizing::new(bytes)),
        Err(error) => Err(missing_or_unavailable(&error)),
    }
}

fn missing_or_unavailable(error: &io::Error) -> KeystoreError {
    if error.kind() == io::ErrorKind::NotFound { KeystoreError::KeyMissing } else { KeystoreError::HardwareUnavailable }
}

/// Whole or not at all: a key cut short by a kill would be a key that never works.
fn write(path: &Path, key: &[u8]) -> Result<(), KeystoreError> {
    let fresh = path.with_extension(UNFINISHED);
    let written = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
        file.write_all(key)?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    written().map_err(|_| KeystoreError::HardwareUnavailable)?;
    path.parent().map_or(Ok(()), sync_folder)
}

fn sync_folder(folder: &Path) -> Result<(), KeystoreError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|_| KeystoreError::HardwareUnavailable)
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};

    use super::*;

    fn keystore() -> (tempfile::TempDir, SoftwareKeystore) {
        let folder = tempfile::tempdir().unwrap();
        let keystore = SoftwareKeystore::open(folder.path().join("keys")).unwrap();
        (folder, keystore)
    }

    #[test]
    fn a_signature_holds_under_the_public_key_of_its_creation() {
        let (_folder, keys) = keystore();
        let created = keys.create("dev".into(), KeyPolicy::Device, vec![]).unwrap();
        assert_eq!((created.spki.len(), created.level), (91, KeyLevel::Software));
        let signature = keys.sign("dev".into(), b"message".to_vec(), None).unwrap();
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &created.spki[SPKI_P256.len()..]);
        assert!(public.verify(b"message", &signature).is_ok());
        assert!(public.verify(b"another", &signature).is_err());
    }

    #[test]
    fn every_flipped_bit_of_a_wrapped_secret_is_refused() {
        let (_folder, keys) = keystore();
        keys.create("wrap".into(), KeyPolicy::Wrapping, vec![]).unwrap();
        let wrapped = keys.wrap("wrap".into(), b"secret".to_vec()).unwrap();
        assert_eq!(keys.unwrap("wrap".into(), wrapped.clone()), Ok(b"secret".to_vec()));
        for bit in 0..wrapped.len() * 8 {
            let mut flipped = wrapped.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(keys.unwrap("wrap".into(), flipped), Err(KeystoreError::Refused), "bit {bit}");
        }
        assert_eq!(keys.unwrap("wrap".into(), vec![]), Err(KeystoreError::Refused));
    }

    #[test]
    fn only_the_owner_may_read_keys() {
        let (folder, keys) = keystore();
        keys.create("dev".into(), KeyPolicy::Device, vec![]).unwrap();
        keys.create("wrap".into(), KeyPolicy::Wrapping, vec![]).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.path().join("keys")), 0o700);
        let files: Vec<_> = fs::read_dir(folder.path().join("keys")).unwrap().collect();
        assert_eq!(files.len(), 2);
        assert!(files.into_iter().all(|file| mode(&file.unwrap().path()) == 0o600));
    }

    #[test]
    fn a_deleted_key_is_missing_and_deleting_it_again_is_no_error() {
        let (_folder, keys) = keystore();
        keys.create("wrap".into(), KeyPolicy::Wrapping, vec![]).unwrap();
        let wrapped = keys.wrap("wrap".into(), vec![1]).unwrap();
        assert_eq!(keys.delete("wrap".into()), Ok(Deletion::Deleted));
        assert_eq!(keys.delete("wrap".into()), Ok(Deletion::WasNotThere));
        assert_eq!(keys.unwrap("wrap".into(), wrapped), Err(KeystoreError::KeyMissing));
    }

    #[test]
    fn a_key_that_was_never_finished_goes_with_its_alias() {
        let (folder, keys) = keystore();
        fs::write(folder.path().join("keys/vault.1.ab.new"), b"half a key").unwrap();
        keys.delete("vault.1.ab".into()).unwrap();
        assert_eq!(fs::read_dir(folder.path().join("keys")).unwrap().count(), 0);
    }

    /// Calls that were given up go on beside later ones.
    #[test]
    fn one_key_can_be_made_from_many_threads_at_once() {
        let (_folder, keys) = keystore();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        keys.create("wrap".into(), KeyPolicy::Wrapping, vec![]).unwrap();
                    }
                });
            }
        });
        keys.wrap("wrap".into(), vec![1]).unwrap();
    }

    #[test]
    fn no_alias_leads_out_of_the_folder() {
        let (folder, keys) = keystore();
        let long = "a".repeat(65);
        for alias in ["", "../out", "/etc/passwd", "a/b", "A", &long] {
            assert_eq!(keys.create(alias.into(), KeyPolicy::Wrapping, vec![]), Err(KeystoreError::KeyMissing));
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
