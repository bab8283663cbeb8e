//! The vault's export on its way: cut into chunks, named by a manifest, sealed one by one, put together in any order.
//!
//! - manifest = LP("EID-XFER-MANIFEST/1"), then without lengths: transfer id, total u32, SHA-256 of each chunk's text
//! - chunk: AES-256-GCM(`K_vault`), nonce = 8 zero bytes and index u32, AAD = LP of transfer id, index, total, `manifest_hash`
//!
//! N needs no manifest: its hash comes with `K_vault`, and N works it out again from the chunks.

use std::fmt;

use citizen_encoding::Writer;
use zeroize::Zeroizing;

use super::aead::{self, TAG};
use super::keys::VaultKey;
use super::messages::VaultGrant;
use crate::enrol::sha256;
use crate::ledger::Hash;
use crate::wire::Id;

const MANIFEST: &[u8] = b"EID-XFER-MANIFEST/1";
/// Bytes of a chunk's text: of each but the last.
pub const CHUNK: usize = 48 << 10;
/// The most chunks of an export.
pub const MAX_CHUNKS: u32 = 64;
/// The longest export, in bytes: 3 MiB.
pub const MAX_EXPORT: usize = CHUNK * MAX_CHUNKS as usize;
/// The longest sealed chunk, in bytes.
pub const MAX_SEALED: usize = CHUNK + TAG;

/// Why chunks do not become an export, or the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// No bytes, or over [`MAX_EXPORT`].
    #[error("1 to {MAX_EXPORT} bytes can travel")]
    Size,
    /// No such number of chunks, or none of this number.
    #[error("no such chunk")]
    Index,
    /// Not as long as a chunk of this number is.
    #[error("of another length")]
    Length,
    /// It does not open: of another transfer, another place, another manifest, or changed.
    #[error(transparent)]
    Refused(#[from] aead::Refused),
    /// Another text for a number that is there.
    #[error("another text for the same chunk")]
    Conflict,
    /// Chunks are missing.
    #[error("not complete")]
    Incomplete,
    /// The chunks are not those of the manifest.
    #[error("not the chunks of the manifest")]
    OtherManifest,
}

/// What all chunks of one export share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipment {
    transfer: Id,
    total: u32,
    manifest: Hash,
}

impl Shipment {
    /// As N learns of it: how many chunks the service has, and the hash that came with the key.
    ///
    /// # Errors
    /// `Index` unless there are 1 to [`MAX_CHUNKS`].
    pub fn new(transfer: Id, total: u32, manifest: Hash) -> Result<Self, ChunkError> {
        if (1..=MAX_CHUNKS).contains(&total) { Ok(Self { transfer, total, manifest }) } else { Err(ChunkError::Index) }
    }

    /// How many chunks there are.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.total
    }

    /// SHA-256 of the manifest.
    #[must_use]
    pub fn manifest(&self) -> Hash {
        self.manifest
    }

    /// Opens a chunk.
    ///
    /// # Errors
    /// `Index`, `Length` or `Refused`.
    pub fn open(&self, key: &VaultKey, index: u32, sealed: &[u8]) -> Result<Chunk, ChunkError> {
        let length = sealed.len().checked_sub(TAG).ok_or(ChunkError::Length)?;
        self.check(index, length)?;
        Ok(Chunk { index, text: aead::open(key.bytes(), index, &self.aad(index), sealed)? })
    }

    /// A chunk that was opened before, from the vault. Whether it is the right one, [`Arrivals::join`] says.
    ///
    /// # Errors
    /// `Index` or `Length`.
    pub fn kept(&self, index: u32, text: &[u8]) -> Result<Chunk, ChunkError> {
        self.check(index, text.len())?;
        Ok(Chunk { index, text: Zeroizing::new(text.to_vec()) })
    }

    fn check(&self, index: u32, length: usize) -> Result<(), ChunkError> {
        let fits = match index.checked_add(1) {
            Some(number) if number < self.total => length == CHUNK,
            Some(number) if number == self.total => (1..=CHUNK).contains(&length),
            _ => return Err(ChunkError::Index),
        };
        if fits { Ok(()) } else { Err(ChunkError::Length) }
    }

    fn aad(&self, index: u32) -> Vec<u8> {
        let writer = Writer::default().lp(&self.transfer.0).lp(&index.to_be_bytes());
        writer.lp(&self.total.to_be_bytes()).lp(&self.manifest).done()
    }
}

fn manifest_hash(transfer: Id, total: u32, texts: &[&[u8]]) -> Hash {
    let head = Writer::default().lp(MANIFEST).raw(&transfer.0).u32(total);
    sha256(&texts.iter().fold(head, |writer, text| writer.raw(&sha256(text))).done())
}

/// An export, cut: on O, frozen once its key is given away.
pub struct Export {
    text: Zeroizing<Vec<u8>>,
    key: VaultKey,
    shipment: Shipment,
}

impl Export {
    /// Cuts an export. Another text takes another key: with this one it would share nonces.
    ///
    /// # Errors
    /// `Size`.
    pub fn new(transfer: Id, key: VaultKey, text: Zeroizing<Vec<u8>>) -> Result<Self, ChunkError> {
        let texts: Vec<&[u8]> = text.chunks(CHUNK).collect();
        let total = u32::try_from(texts.len()).map_err(|_| ChunkError::Size)?;
        let manifest = manifest_hash(transfer, total, &texts);
        let shipment = Shipment::new(transfer, total, manifest).map_err(|_| ChunkError::Size)?;
        Ok(Self { text, key, shipment })
    }

    /// What all its chunks share.
    #[must_use]
    pub fn shipment(&self) -> &Shipment {
        &self.shipment
    }

    /// What N needs to open and to check it: slot o2n/2.
    #[must_use]
    pub fn grant(&self) -> VaultGrant {
        VaultGrant { key: self.key.clone(), manifest_hash: self.shipment.manifest }
    }

    /// One chunk, sealed. The same bytes each time: the text of a number never changes.
    ///
    /// # Errors
    /// `Index`.
    pub fn sealed(&self, index: u32) -> Result<Vec<u8>, ChunkError> {
        let at = usize::try_from(index).map_err(|_| ChunkError::Index)?;
        let text = self.text.chunks(CHUNK).nth(at).ok_or(ChunkError::Index)?;
        Ok(aead::seal(self.key.bytes(), index, &self.shipment.aad(index), text)?)
    }
}

impl fmt::Debug for Export {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Export({} chunks)", self.shipment.total)
    }
}

/// A chunk's text, in its place.
#[derive(Clone, PartialEq, Eq)]
pub struct Chunk {
    index: u32,
    text: Zeroizing<Vec<u8>>,
}

impl Chunk {
    /// Its number, from 0.
    #[must_use]
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Its text, to be kept before the next is fetched.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }
}

impl fmt::Debug for Chunk {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Chunk({}, {} bytes)", self.index, self.text.len())
    }
}

/// Chunks on N, in whatever order they come.
#[derive(Debug)]
pub struct Arrivals {
    shipment: Shipment,
    places: Vec<Option<Chunk>>,
}

impl Arrivals {
    /// None yet.
    #[must_use]
    pub fn new(shipment: Shipment) -> Self {
        Self { shipment, places: (0..shipment.total).map(|_| None).collect() }
    }

    /// Puts a chunk into its place; the same again changes nothing.
    ///
    /// # Errors
    /// `Index`, or `Conflict`: what is there stays.
    pub fn put(&mut self, chunk: Chunk) -> Result<(), ChunkError> {
        let place = usize::try_from(chunk.index).ok().and_then(|index| self.places.get_mut(index));
        match place.ok_or(ChunkError::Index)? {
            Some(there) if *there != chunk => Err(ChunkError::Conflict),
            place => {
                *place = Some(chunk);
                Ok(())
            }
        }
    }

    /// Numbers that are still to come, in order.
    pub fn missing(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.places).filter(|(_, place)| place.is_none()).map(|(index, _)| index)
    }

    /// The export, if the chunks are those of the manifest.
    ///
    /// # Errors
    /// `Incomplete` or `OtherManifest`.
    pub fn join(&self) -> Result<Zeroizing<Vec<u8>>, ChunkError> {
        let texts: Option<Vec<&[u8]>> = self.places.iter().map(|place| place.as_ref().map(Chunk::text)).collect();
        let texts = texts.ok_or(ChunkError::Incomplete)?;
        let Shipment { transfer, total, manifest } = self.shipment;
        if manifest_hash(transfer, total, &texts) != manifest {
            return Err(ChunkError::OtherManifest);
        }
        Ok(Zeroizing::new(texts.concat()))
    }
}
