//! HTTP Message Signatures (RFC 9421) in one fixed profile, `eid-req/1`: what is covered, in which order, and how it is written leave
//! no choice, so that two readers can't differ.
//!
//! ```text
//! Signature-Input: eid=("@method" "@target-uri" "content-digest" "idempotency-key" "authorization")
//!     ;created=1760000000;expires=1760000060;nonce="SERVER.CLIENT";keyid="THUMBPRINT";alg="ecdsa-p256-sha256";tag="eid-req/1"
//! Signature: eid=:BASE64 of r||s:
//! ```
//! (one line each). `idempotency-key` and `authorization` are covered exactly if the request has them.

mod base;
mod covered;
mod der;
mod parameters;
mod profile;

pub use base::signature_base;
pub use covered::{Covered, IdempotencyKey, target_uri};
pub use der::fixed_from_der;
pub use parameters::{CLOCK_WINDOW_S, Nonce, Parameters, VALID_S};
pub use profile::{Headers, ProfileError, SignedRequest, ToSign};
