//! What a sealed row says: its name, and its value or where that is.
//!
//! `kind` (0 inline, 1 file, 2 lost), LP(name), then the value, or the sealed file's length (u64) and SHA-256, or nothing.

use zeroize::Zeroizing;

use crate::seal::crypto::{TAG, sha256};
use crate::store::Value;
use citizen_encoding::{Reader, Writer};

const INLINE: u8 = 0;
const FILE: u8 = 1;
const LOST: u8 = 2;

/// A row without its key.
pub(crate) struct Body<'a> {
    pub(crate) name: &'a str,
    pub(crate) content: Content<'a>,
}

/// The value, or the file that holds it, or that it was lost with its file before the row was sealed again.
pub(crate) enum Content<'a> {
    Inline(&'a [u8]),
    File(FileHash),
    Lost,
}

/// What a file of a large value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileHash {
    pub(crate) length: u64,
    pub(crate) sha256: [u8; 32],
}

impl FileHash {
    pub(crate) fn of(sealed: &[u8]) -> Self {
        Self { length: sealed.len() as u64, sha256: sha256(sealed) }
    }
}

impl Body<'_> {
    pub(crate) fn encode(&self) -> Value {
        let file;
        let (kind, value) = match self.content {
            Content::Inline(value) => (INLINE, value),
            Content::File(FileHash { length, sha256 }) => {
                file = Writer::default().u64(length).raw(&sha256).done();
                (FILE, &file[..])
            }
            Content::Lost => (LOST, &[][..]),
        };
        let start = Writer::default().u8(kind).lp(self.name.as_bytes()).done();
        // Room for the tag: sealing must not move the text, which would leave a copy behind.
        let mut text = Zeroizing::new(Vec::with_capacity(start.len() + value.len() + TAG));
        text.extend_from_slice(&start);
        text.extend_from_slice(value);
        text
    }
}

impl<'a> Body<'a> {
    pub(crate) fn decode(text: &'a [u8]) -> Option<Self> {
        let mut reader = Reader::new(text);
        let (kind, name) = (reader.u8()?, reader.text()?);
        let content = match kind {
            INLINE => Content::Inline(reader.rest()),
            FILE => {
                let hash = FileHash { length: reader.u64()?, sha256: reader.array()? };
                reader.end()?;
                Content::File(hash)
            }
            LOST => {
                reader.end()?;
                Content::Lost
            }
            _ => return None,
        };
        Some(Self { name, content })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn decoding_is_the_reverse_of_encoding(name in ".{0,20}", value in prop::collection::vec(any::<u8>(), 0..50)) {
            let text = Body { name: &name, content: Content::Inline(&value) }.encode();
            let body = Body::decode(&text).unwrap();
            prop_assert_eq!(body.name, name);
            prop_assert!(matches!(body.content, Content::Inline(inline) if inline == value));
        }

        #[test]
        fn a_file_is_named_by_length_and_hash(length: u64, sha256: [u8; 32]) {
            let hash = FileHash { length, sha256 };
            let text = Body { name: "portrait", content: Content::File(hash) }.encode();
            prop_assert!(matches!(Body::decode(&text).unwrap().content, Content::File(read) if read == hash));
            prop_assert!(Body::decode(&text[..text.len() - 1]).is_none());
        }

        #[test]
        fn any_bytes_decode_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = Body::decode(&bytes);
        }
    }
}
