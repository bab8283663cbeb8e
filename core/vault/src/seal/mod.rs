//! Sealed records: how each value lies on disk.
//!
//! | offset | length | field |
//! |---|---|---|
//! | 0 | 1 | version, 1 |
//! | 1 | 4 | epoch of the data key, u32 |
//! | 5 | 8 | counter: the generation of the commit that wrote it, u64 |
//! | 13 | 16 | salt of the record's own key |
//! | 29 | 12 | nonce |
//! | 41 | n | AES-256-GCM ciphertext and tag |
//!
//! AAD = "EIDS", the whole header, LP(tree), LP(sled key): a record that is moved, relabelled or changed by one bit is refused.

pub(crate) mod commit_record;
pub(crate) mod crypto;
pub(crate) mod head;
pub(crate) mod set_hash;

use zeroize::Zeroizing;

use crate::keys::Keyring;
use citizen_encoding::{Reader, Writer};
use crypto::{NONCE, Refused, TAG, decrypt, encrypt, random};

const VERSION: u8 = 1;
const HEADER: usize = 41;

/// What a record belongs to; sealed into it.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) tree: &'a str,
    pub(crate) key: &'a [u8],
}

/// The part of a record that is in the clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) epoch: u32,
    pub(crate) counter: u64,
    salt: [u8; 16],
    nonce: [u8; NONCE],
}

impl Header {
    pub(crate) fn read(record: &[u8]) -> Result<Self, Refused> {
        Self::split(record).map(|(header, _, _)| header)
    }

    /// The header, its bytes, and what follows them.
    fn split(record: &[u8]) -> Result<(Self, &[u8], &[u8]), Refused> {
        let (bytes, sealed) = record.split_at_checked(HEADER).ok_or(Refused)?;
        let mut reader = Reader::new(bytes);
        let mut parse = || {
            let version = reader.u8()?;
            let header =
                Self { epoch: reader.u32()?, counter: reader.u64()?, salt: reader.array()?, nonce: reader.array()? };
            (version == VERSION).then_some(header)
        };
        Ok((parse().ok_or(Refused)?, bytes, sealed))
    }

    fn write(&self) -> Vec<u8> {
        let Self { epoch, counter, salt, nonce } = self;
        Writer::default().u8(VERSION).u32(*epoch).u64(*counter).raw(salt).raw(nonce).done()
    }
}

/// Seals `text` for `place` under the newest data key. The text's own buffer becomes the ciphertext.
pub(crate) fn seal(
    keys: &Keyring,
    place: Place<'_>,
    counter: u64,
    mut text: Zeroizing<Vec<u8>>,
) -> Result<Vec<u8>, Refused> {
    let header = Header { epoch: keys.epoch(), counter, salt: random()?, nonce: random()? };
    let bytes = header.write();
    let key = keys.record_key(header.epoch, place.tree, &header.salt)?;
    text.reserve(TAG);
    encrypt(&key, header.nonce, &aad(&bytes, place), &mut text)?;
    Ok([&bytes[..], &text].concat())
}

/// The text of a record that lies at `place`.
pub(crate) fn open(keys: &Keyring, place: Place<'_>, record: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
    let (header, bytes, sealed) = Header::split(record)?;
    let key = keys.record_key(header.epoch, place.tree, &header.salt)?;
    let mut text = Zeroizing::new(sealed.to_vec());
    decrypt(&key, header.nonce, &aad(bytes, place), &mut text)?;
    Ok(text)
}

fn aad(header: &[u8], place: Place<'_>) -> Vec<u8> {
    Writer::default().raw(b"EIDS").raw(header).lp(place.tree.as_bytes()).lp(place.key).done()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLACE: Place<'static> = Place { tree: "drafts", key: b"key" };

    fn sealed(keys: &Keyring, text: &[u8]) -> Vec<u8> {
        seal(keys, PLACE, 7, Zeroizing::new(text.to_vec())).unwrap()
    }

    #[test]
    fn a_record_opens_at_its_own_place_only() {
        let keys = Keyring::for_tests();
        let record = sealed(&keys, b"text");
        assert_eq!(open(&keys, PLACE, &record).unwrap().as_slice(), b"text");
        assert_eq!(Header::read(&record).unwrap().counter, 7);
        assert_eq!(record.len(), 4 + HEADER + TAG);
        assert_eq!(open(&keys, Place { tree: "outbox", ..PLACE }, &record), Err(Refused));
        assert_eq!(open(&keys, Place { key: b"kez", ..PLACE }, &record), Err(Refused));
        assert_eq!(open(&Keyring::for_tests(), PLACE, &record), Err(Refused));
    }

    #[test]
    fn one_text_is_never_sealed_to_the_same_bytes() {
        let keys = Keyring::for_tests();
        assert_ne!(sealed(&keys, b"text"), sealed(&keys, b"text"));
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_any_flipped_bit_is_refused(text in prop::collection::vec(any::<u8>(), 0..300), bit: prop::sample::Index) {
            let keys = Keyring::for_tests();
            let mut record = sealed(&keys, &text);
            let opened = open(&keys, PLACE, &record).unwrap();
            prop_assert_eq!(opened.as_slice(), &text[..]);
            let bit = bit.index(record.len() * 8);
            record[bit / 8] ^= 1 << (bit % 8);
            prop_assert_eq!(open(&keys, PLACE, &record), Err(Refused));
        }

        #[test]
        fn any_bytes_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(open(&Keyring::for_tests(), PLACE, &bytes), Err(Refused));
        }
    }
}
