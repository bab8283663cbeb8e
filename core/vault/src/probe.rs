//! For the fuzzer: the parsers of what lies on disk, on any bytes.

use crate::engine::body::Body;
use crate::keys::KeyFile;
use crate::seal::Header;
use crate::seal::commit_record::CommitRecord;
use crate::seal::crypto::sha256;

/// Runs every parser; whatever the bytes are, none may panic.
pub fn parse(bytes: &[u8]) {
    let _ = Header::read(bytes);
    let _ = CommitRecord::decode(bytes);
    let _ = Body::decode(bytes);
    let _ = KeyFile::decode(bytes);
    let hash = sha256(bytes);
    let _ = KeyFile::decode(&[bytes, &hash].concat());
}
