//! Making keys, and getting rid of them.

use std::sync::Arc;

use super::Binding;
use super::kept::Key;
use crate::error::{BodyFault, ServiceError};
use crate::link::random;
use crate::signer::ask;
use citizen_keystore::{CreatedKey, DeviceKeystore, KeyPolicy, KeystoreError};
use citizen_protocol::enrol::{self, KeyRole};
use citizen_protocol::key::PublicKey;
use citizen_protocol::wire::{Blob, EnrolChallenge, EnrolChallengeRequest, KeyEvidence};

/// `K_auth`'s policies, the strictest first. Without any the account's password stands in: never a dead end.
const APPROVAL: [KeyPolicy; 2] = [KeyPolicy::Biometric, KeyPolicy::DeviceCredential];

impl Binding {
    /// A fresh challenge of the service.
    pub(super) async fn challenge(&self) -> Result<[u8; 32], ServiceError> {
        let EnrolChallenge { challenge, .. } = self.link.call(&EnrolChallengeRequest {}).await?;
        challenge.0.try_into().map_err(|_| ServiceError::BadBody(BodyFault::Content))
    }

    /// Makes a `K_dev`.
    pub(super) async fn make_dev(&self, alias: &str, challenge: &[u8; 32]) -> Result<(Key, KeyEvidence), ServiceError> {
        let challenge = enrol::key_challenge(challenge, KeyRole::Dev);
        Ok(create(&self.link.keystore, alias, KeyPolicy::Device, challenge).await?)
    }

    /// Makes a `K_auth` of the strictest policy that the phone allows.
    pub(super) async fn make_auth(
        &self,
        alias: &str,
        challenge: &[u8; 32],
    ) -> Result<Option<(Key, KeyEvidence)>, ServiceError> {
        let challenge = enrol::key_challenge(challenge, KeyRole::Auth);
        for policy in APPROVAL {
            match create(&self.link.keystore, alias, policy, challenge).await {
                Ok(made) => return Ok(Some(made)),
                Err(KeystoreError::NotEnrolled) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Ok(None)
    }

    /// Deletes keys that nothing needs. One that can't be deleted now stays behind, and signs nothing.
    pub(super) async fn delete(&self, aliases: impl IntoIterator<Item = String>) {
        for alias in aliases {
            let _ = ask(&self.link.keystore, move |keystore| keystore.delete(alias)).await;
        }
    }
}

/// A name that no key had before: a new key never takes the place of one in force.
pub(super) fn alias(role: &str) -> Result<String, ServiceError> {
    Ok(format!("{role}-{:032x}", u128::from_be_bytes(random()?)))
}

async fn create(
    keystore: &Arc<dyn DeviceKeystore>,
    alias: &str,
    policy: KeyPolicy,
    challenge: [u8; 32],
) -> Result<(Key, KeyEvidence), KeystoreError> {
    let name = alias.to_owned();
    let made = ask(keystore, move |keystore| keystore.create(name, policy, challenge.to_vec())).await?;
    let CreatedKey { spki, level, attestation, format } = made;
    // What a shell hands over is checked like everything from outside.
    let public = PublicKey::from_spki(&spki).ok_or(KeystoreError::Unexpected)?;
    let key = Key { alias: alias.to_owned(), public, policy };
    Ok((key, KeyEvidence { spki: Blob(spki), level, format, attestation: Blob(attestation) }))
}
