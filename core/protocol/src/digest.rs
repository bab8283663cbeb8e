//! Content-Digest (RFC 9530) with SHA-256, and nothing beside it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};

/// The header's value for a body; a request without one has the digest of the empty body.
#[must_use]
pub fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(digest(&SHA256, body)))
}

/// Whether `header` is this body's digest, in the form that [`content_digest`] writes.
#[must_use]
pub fn matches(header: &str, body: &[u8]) -> bool {
    // Both are public: no need to compare in constant time.
    header == content_digest(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9530, appendix B.1 and B.2 (with and without the line's end), and the empty body.
    #[test]
    fn digests_of_the_rfc() {
        assert_eq!(
            content_digest(b"{\"hello\": \"world\"}\n"),
            "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
        );
        assert_eq!(content_digest(b"{\"hello\": \"world\"}"), "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
        assert_eq!(content_digest(b""), "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
    }
}
