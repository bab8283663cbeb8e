//! Signing and verifying a request in the profile.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::base::signature_base;
use super::covered::Covered;
use super::parameters::Parameters;
use crate::key::PublicKey;

const LABEL: &str = "eid=";

/// A request that is ready to be signed.
pub struct ToSign {
    parameters: String,
    base: String,
}

/// The two headers of a signed request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headers {
    /// Signature-Input.
    pub signature_input: String,
    /// Signature.
    pub signature: String,
}

impl ToSign {
    /// Lays out what is signed; none if a value has a character that a header can't carry.
    #[must_use]
    pub fn new(covered: &Covered, parameters: &Parameters) -> Option<Self> {
        let parameters = parameters.write(covered);
        let base = signature_base(covered.components(), &parameters);
        covered.is_clean().then_some(Self { parameters, base })
    }

    /// The bytes to sign.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// With the signature, r||s.
    #[must_use]
    pub fn signed(&self, signature: &[u8; 64]) -> Headers {
        Headers {
            signature_input: format!("{LABEL}{}", self.parameters),
            signature: format!("{LABEL}:{}:", STANDARD.encode(signature)),
        }
    }
}

/// Why a request is not in the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// Signature-Input is not what the profile writes for this request.
    #[error("Signature-Input is not in the profile eid-req/1")]
    Input,
    /// Signature is not `eid=:88 characters of base64:`.
    #[error("Signature is not in the profile eid-req/1")]
    Signature,
}

/// A request in the profile, not yet verified.
#[derive(Debug)]
pub struct SignedRequest {
    parameters: Parameters,
    base: String,
    signature: [u8; 64],
}

impl SignedRequest {
    /// Reads the two headers of a request.
    ///
    /// # Errors
    /// [`ProfileError`]: another list, order, label, parameter or way to write it.
    pub fn read(covered: &Covered, headers: &Headers) -> Result<Self, ProfileError> {
        let input =
            headers.signature_input.strip_prefix(LABEL).filter(|_| covered.is_clean()).ok_or(ProfileError::Input)?;
        let parameters = Parameters::read(input, covered).ok_or(ProfileError::Input)?;
        let signature = headers.signature.strip_prefix(LABEL).and_then(binary).ok_or(ProfileError::Signature)?;
        Ok(Self { base: signature_base(covered.components(), input), parameters, signature })
    }

    /// Who says to have signed it, when, with which nonce.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Whether `key` is the one it names, and signed it.
    #[must_use]
    pub fn is_by(&self, key: &PublicKey) -> bool {
        key.thumbprint() == self.parameters.keyid && key.verify(self.base.as_bytes(), &self.signature)
    }
}

/// A byte sequence of RFC 9651, 3.3.5, of 64 bytes.
fn binary(text: &str) -> Option<[u8; 64]> {
    let base64 = text.strip_prefix(':')?.strip_suffix(':')?;
    STANDARD.decode(base64).ok()?.try_into().ok()
}
